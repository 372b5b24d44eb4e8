//! Languages by the codes of the published APIs, with their English names and what they call themselves.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language(&'static (&'static str, &'static str, &'static str));

impl Language {
    /// What is spoken where nothing else is known.
    pub const ENGLISH: Language = Language(&("EN", "English", "English"));

    /// The language with this code: an ISO 639 code in upper case, some with a region, such as `EN` or `PT_BR`.
    pub fn parse(code: &str) -> Option<Self> {
        let place = LANGUAGES.binary_search_by_key(&code, |(known, ..)| known).ok()?;
        LANGUAGES.get(place).map(Language)
    }

    /// The language that a tag of BCP 47 means, as browsers send it: `de-AT` is German, `pt-BR` Brazilian Portuguese.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let code = tag.trim().to_ascii_uppercase().replace('-', "_");
        let base = code.split('_').next().unwrap_or_default();
        let script = match code.as_str() {
            "ZH_HANS" | "ZH_HANS_CN" | "ZH_SG" => Some("ZH_CN"),
            "ZH_HANT" | "ZH_HANT_TW" | "ZH_HK" => Some("ZH_TW"),
            _ => None,
        };
        Language::parse(script.unwrap_or(&code)).or_else(|| Language::parse(base))
    }

    /// Its code.
    pub const fn code(self) -> &'static str {
        self.0.0
    }

    /// Its tag of BCP 47: `pt-BR`.
    pub fn tag(self) -> String {
        match self.code().split_once('_') {
            Some((language, region)) => format!("{}-{region}", language.to_ascii_lowercase()),
            None => self.code().to_ascii_lowercase(),
        }
    }

    /// Its English name.
    pub const fn name(self) -> &'static str {
        self.0.1
    }

    /// What those call it who speak it.
    pub const fn endonym(self) -> &'static str {
        self.0.2
    }

    /// Its code without a region: Brazilian Portuguese is Portuguese.
    pub fn base(self) -> &'static str {
        self.code().split('_').next().unwrap_or_default()
    }
}

/// As its code.
impl Serialize for Language {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let code = String::deserialize(from)?;
        Language::parse(&code).ok_or_else(|| de::Error::custom(format!("there is no language «{code}»")))
    }
}

/// Code, English name and endonym, in the order of the codes.
static LANGUAGES: &[(&str, &str, &str)] = &[
    ("AF", "Afrikaans", "Afrikaans"),
    ("AK", "Akan", "Akan"),
    ("AM", "Amharic", "አማርኛ"),
    ("AR", "Arabic", "العربية"),
    ("AS", "Assamese", "অসমীয়া"),
    ("AZ", "Azerbaijani", "azərbaycan"),
    ("BE", "Belarusian", "беларуская"),
    ("BG", "Bulgarian", "български"),
    ("BM", "Bambara", "bamanakan"),
    ("BN", "Bangla", "বাংলা"),
    ("BO", "Tibetan", "བོད་སྐད་"),
    ("BR", "Breton", "brezhoneg"),
    ("BS", "Bosnian", "bosanski"),
    ("CA", "Catalan", "català"),
    ("CE", "Chechen", "нохчийн"),
    ("CKB", "Central Kurdish", "کوردیی ناوەندی"),
    ("CS", "Czech", "čeština"),
    ("CU", "Church Slavic", "церковнослове́нский"),
    ("CY", "Welsh", "Cymraeg"),
    ("DA", "Danish", "dansk"),
    ("DE", "German", "Deutsch"),
    ("DZ", "Dzongkha", "རྫོང་ཁ"),
    ("EE", "Ewe", "Eʋegbe"),
    ("EL", "Greek", "Ελληνικά"),
    ("EN", "English", "English"),
    ("EO", "Esperanto", "esperanto"),
    ("ES", "Spanish", "español"),
    ("ET", "Estonian", "eesti"),
    ("EU", "Basque", "euskara"),
    ("FA", "Persian", "فارسی"),
    ("FF", "Fula", "Pulaar"),
    ("FI", "Finnish", "suomi"),
    ("FIL", "Filipino", "Filipino"),
    ("FO", "Faroese", "føroyskt"),
    ("FR", "French", "français"),
    ("FY", "Western Frisian", "Frysk"),
    ("GA", "Irish", "Gaeilge"),
    ("GD", "Scottish Gaelic", "Gàidhlig"),
    ("GL", "Galician", "galego"),
    ("GU", "Gujarati", "ગુજરાતી"),
    ("GV", "Manx", "Gaelg"),
    ("HA", "Hausa", "Hausa"),
    ("HE", "Hebrew", "עברית"),
    ("HI", "Hindi", "हिन्दी"),
    ("HR", "Croatian", "hrvatski"),
    ("HU", "Hungarian", "magyar"),
    ("HY", "Armenian", "հայերեն"),
    ("IA", "Interlingua", "interlingua"),
    ("ID", "Indonesian", "Indonesia"),
    ("IG", "Igbo", "Igbo"),
    ("II", "Sichuan Yi", "ꆈꌠꉙ"),
    ("IS", "Icelandic", "íslenska"),
    ("IT", "Italian", "italiano"),
    ("JA", "Japanese", "日本語"),
    ("JV", "Javanese", "Jawa"),
    ("KA", "Georgian", "ქართული"),
    ("KI", "Kikuyu", "Gikuyu"),
    ("KK", "Kazakh", "қазақ тілі"),
    ("KL", "Kalaallisut", "kalaallisut"),
    ("KM", "Khmer", "ខ្មែរ"),
    ("KN", "Kannada", "ಕನ್ನಡ"),
    ("KO", "Korean", "한국어"),
    ("KS", "Kashmiri", "کٲشُر"),
    ("KU", "Kurdish", "kurdî (kurmancî)"),
    ("KW", "Cornish", "kernewek"),
    ("KY", "Kyrgyz", "кыргызча"),
    ("LA", "Latin", "Latina"),
    ("LB", "Luxembourgish", "Lëtzebuergesch"),
    ("LG", "Ganda", "Luganda"),
    ("LN", "Lingala", "lingála"),
    ("LO", "Lao", "ລາວ"),
    ("LT", "Lithuanian", "lietuvių"),
    ("LU", "Luba-Katanga", "Tshiluba"),
    ("LV", "Latvian", "latviešu"),
    ("MG", "Malagasy", "Malagasy"),
    ("MI", "Māori", "Māori"),
    ("MK", "Macedonian", "македонски"),
    ("ML", "Malayalam", "മലയാളം"),
    ("MN", "Mongolian", "монгол"),
    ("MO", "Moldavian", "moldovenească"),
    ("MR", "Marathi", "मराठी"),
    ("MS", "Malay", "Melayu"),
    ("MT", "Maltese", "Malti"),
    ("MY", "Burmese", "မြန်မာ"),
    ("NB", "Norwegian Bokmål", "norsk bokmål"),
    ("ND", "North Ndebele", "isiNdebele"),
    ("NE", "Nepali", "नेपाली"),
    ("NL", "Dutch", "Nederlands"),
    ("NN", "Norwegian Nynorsk", "norsk nynorsk"),
    ("NO", "Norwegian", "norsk"),
    ("OM", "Oromo", "Oromoo"),
    ("OR", "Odia", "ଓଡ଼ିଆ"),
    ("OS", "Ossetic", "ирон"),
    ("PA", "Punjabi", "ਪੰਜਾਬੀ"),
    ("PL", "Polish", "polski"),
    ("PS", "Pashto", "پښتو"),
    ("PT", "Portuguese", "português"),
    ("PT_BR", "Portuguese (Brazil)", "português (Brasil)"),
    ("PT_PT", "Portuguese (Portugal)", "português (Portugal)"),
    ("QU", "Quechua", "Runasimi"),
    ("RM", "Romansh", "rumantsch"),
    ("RN", "Rundi", "Ikirundi"),
    ("RO", "Romanian", "română"),
    ("RU", "Russian", "русский"),
    ("RW", "Kinyarwanda", "Ikinyarwanda"),
    ("SA", "Sanskrit", "संस्कृत भाषा"),
    ("SC", "Sardinian", "sardu"),
    ("SD", "Sindhi", "سنڌي"),
    ("SE", "Northern Sami", "davvisámegiella"),
    ("SG", "Sango", "Sängö"),
    ("SH", "Serbo-Croatian", "srpskohrvatski"),
    ("SI", "Sinhala", "සිංහල"),
    ("SK", "Slovak", "slovenčina"),
    ("SL", "Slovenian", "slovenščina"),
    ("SN", "Shona", "chiShona"),
    ("SO", "Somali", "Soomaali"),
    ("SQ", "Albanian", "shqip"),
    ("SR", "Serbian", "српски"),
    ("SU", "Sundanese", "Basa Sunda"),
    ("SV", "Swedish", "svenska"),
    ("SW", "Swahili", "Kiswahili"),
    ("TA", "Tamil", "தமிழ்"),
    ("TE", "Telugu", "తెలుగు"),
    ("TG", "Tajik", "тоҷикӣ"),
    ("TH", "Thai", "ไทย"),
    ("TI", "Tigrinya", "ትግርኛ"),
    ("TK", "Turkmen", "türkmen dili"),
    ("TO", "Tongan", "lea fakatonga"),
    ("TR", "Turkish", "Türkçe"),
    ("TT", "Tatar", "татар"),
    ("UG", "Uyghur", "ئۇيغۇرچە"),
    ("UK", "Ukrainian", "українська"),
    ("UR", "Urdu", "اردو"),
    ("UZ", "Uzbek", "o‘zbek"),
    ("VI", "Vietnamese", "Tiếng Việt"),
    ("VO", "Volapük", "Volapük"),
    ("WO", "Wolof", "Wolof"),
    ("XH", "Xhosa", "IsiXhosa"),
    ("YI", "Yiddish", "ייִדיש"),
    ("YO", "Yoruba", "Èdè Yorùbá"),
    ("ZH", "Chinese", "中文"),
    ("ZH_CN", "Chinese (Simplified)", "简体中文"),
    ("ZH_TW", "Chinese (Traditional)", "繁體中文"),
    ("ZU", "Zulu", "isiZulu"),
];

#[cfg(test)]
mod tests {
    use super::{LANGUAGES, Language};

    #[test]
    fn every_language_is_found_by_its_code() {
        for (code, name, endonym) in LANGUAGES {
            let found = Language::parse(code).unwrap();
            assert_eq!((found.code(), found.name(), found.endonym()), (*code, *name, *endonym));
        }
        assert_eq!(Language::parse("DE").map(Language::endonym), Some("Deutsch"));
        assert_eq!((Language::parse("de"), Language::parse("XX")), (None, None));
    }

    #[test]
    fn what_browsers_send_is_understood() {
        let code = |tag| Language::of_tag(tag).map(Language::code);
        assert_eq!(
            (code("de-AT"), code("pt-br"), code("zh-Hant")),
            (Some("DE"), Some("PT_BR"), Some("ZH_TW"))
        );
        assert_eq!((code("EN"), code("xx-XX"), code("*"), code("")), (Some("EN"), None, None, None));
    }
}
