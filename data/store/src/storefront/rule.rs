//! What can be said of a store.

use mcom_schema::{Handle, Refusal, refuse};

use super::{Brand, BrandColors, CARD_BRANDS, ColorPair, DIGITAL_WALLETS, Storefront};
use crate::content::some;

const LONGEST_SLOGAN: usize = 255;
const LONGEST_DESCRIPTION: usize = 1_000;
const LONGEST_NAME: usize = 255;
const LONGEST_URL: usize = 2_048;
const LONGEST_TEXT: usize = 5_000;
const MOST_TEXTS: usize = 1_000;
const MOST_COLORS: usize = 20;

impl Storefront {
    /// The same without outer spaces, with colors in one spelling, and with each card brand and wallet once.
    ///
    /// # Errors
    /// Refuses what [`set`](super::set) does, except for files, which it does not look at.
    pub fn checked(&self) -> Result<Self, Refusal> {
        let brand = Brand {
            slogan: short("brand.slogan", self.brand.slogan.as_deref(), LONGEST_SLOGAN)?,
            short_description: short(
                "brand.shortDescription",
                self.brand.short_description.as_deref(),
                LONGEST_DESCRIPTION,
            )?,
            colors: BrandColors {
                primary: pairs("primary", &self.brand.colors.primary)?,
                secondary: pairs("secondary", &self.brand.colors.secondary)?,
            },
            ..self.brand
        };
        let url = some(self.customer_account_url.as_deref());
        if url.as_ref().is_some_and(|url| !is_address(url)) {
            let told = "The address of the customers' pages is not on the web";
            return Err(refuse("customerAccounts.url", "INVALID", told));
        }
        let texts = &self.customer_account_texts;
        let is_wrong = |text: &String| text.chars().count() > LONGEST_TEXT;
        if texts.len() > MOST_TEXTS || texts.keys().chain(texts.values()).any(is_wrong) {
            let told = format!("At most {MOST_TEXTS} texts of {LONGEST_TEXT} characters each");
            return Err(refuse("customerAccounts.texts", "TOO_LONG", told));
        }
        Ok(Storefront {
            brand,
            card_brands: known("payments.cardBrands", &self.card_brands, &CARD_BRANDS)?,
            payments_account: short("payments.account", self.payments_account.as_deref(), LONGEST_NAME)?,
            social_logins: services(&self.social_logins)?,
            digital_wallets: known("payments.wallets", &self.digital_wallets, &DIGITAL_WALLETS)?,
            customer_account_url: url,
            customer_account_texts: texts.clone(),
        })
    }
}

/// Whether what a brand names as pictures are some.
pub(super) fn shows_pictures(brand: &Brand, pictures: &[i64]) -> Result<(), Refusal> {
    let named = [("logo", brand.logo), ("squareLogo", brand.square_logo), ("coverImage", brand.cover_image)];
    let wrong = named.into_iter().find(|(_, id)| id.is_some_and(|id| !pictures.contains(&id.0)));
    match wrong {
        Some((field, _)) => {
            let told = "There is no such picture among the files of the store";
            Err(refuse(&format!("brand.{field}"), "INVALID", told))
        }
        None => Ok(()),
    }
}

fn short(field: &str, text: Option<&str>, longest: usize) -> Result<Option<String>, Refusal> {
    let text = some(text);
    if text.as_ref().is_some_and(|text| text.chars().count() > longest) {
        return Err(refuse(field, "TOO_LONG", format!("Is too long (maximum is {longest} characters)")));
    }
    Ok(text)
}

fn is_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.is_empty() && url.len() <= LONGEST_URL && !url.contains([' ', '"', '<', '>'])
    })
}

fn pairs(rank: &str, pairs: &[ColorPair]) -> Result<Vec<ColorPair>, Refusal> {
    if pairs.len() > MOST_COLORS {
        let told = format!("At most {MOST_COLORS} pairs of colors");
        return Err(refuse(&format!("brand.colors.{rank}"), "TOO_MANY", told));
    }
    let pair = |(index, pair): (usize, &ColorPair)| {
        let read = |field: &str, text: &Option<String>| {
            let told = || {
                let path = format!("brand.colors.{rank}.{index}.{field}");
                refuse(&path, "INVALID", "A color is written like #1E90FF")
            };
            text.as_deref().map(|text| color(text).ok_or_else(told)).transpose()
        };
        let (background, foreground) =
            (read("background", &pair.background)?, read("foreground", &pair.foreground)?);
        Ok(ColorPair { background, foreground })
    };
    pairs.iter().enumerate().map(pair).collect()
}

/// Names of services, each once.
fn services(names: &[String]) -> Result<Vec<String>, Refusal> {
    let mut found: Vec<String> = vec![];
    for name in names {
        let handle = String::from(Handle::parse(name).map_err(|refusal| Refusal {
            field: vec!["customerAccounts".to_owned(), "socialLogins".to_owned()],
            ..refusal
        })?);
        if !found.contains(&handle) {
            found.push(handle);
        }
    }
    Ok(found)
}

/// `#RRGGBB` in capitals.
fn color(text: &str) -> Option<String> {
    let digits = text.trim().strip_prefix('#')?;
    let is_color = digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    is_color.then(|| format!("#{}", digits.to_ascii_uppercase()))
}

/// Names of a list, each once.
fn known(field: &str, names: &[String], list: &[&str]) -> Result<Vec<String>, Refusal> {
    let mut found = vec![];
    for (index, name) in names.iter().enumerate() {
        if !list.contains(&name.as_str()) {
            let told = format!("«{name}» is none of {}", list.join(", "));
            return Err(refuse(&format!("{field}.{index}"), "INVALID", told));
        }
        if !found.contains(name) {
            found.push(name.clone());
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use mcom_schema::id::FileId;

    use super::{Brand, BrandColors, ColorPair, Storefront, shows_pictures};

    #[test]
    fn colors_and_names_are_kept_in_one_spelling() {
        let pair = ColorPair { background: Some(" #1e90ff ".to_owned()), foreground: None };
        let colors = BrandColors { primary: vec![pair], secondary: vec![] };
        let said = Storefront {
            brand: Brand { slogan: Some("  ".to_owned()), colors, ..Brand::default() },
            card_brands: vec!["VISA".to_owned(), "VISA".to_owned()],
            ..Storefront::default()
        };
        let checked = said.checked().unwrap();
        assert_eq!(checked.brand.colors.primary[0].background.as_deref(), Some("#1E90FF"));
        assert_eq!((checked.brand.slogan, checked.card_brands), (None, vec!["VISA".to_owned()]));
    }

    #[test]
    fn a_refusal_names_the_entry() {
        let field = |said: Storefront| said.checked().unwrap_err().field.join(".");
        let cards = Storefront { card_brands: vec!["SEASHELLS".to_owned()], ..Storefront::default() };
        assert_eq!(field(cards), "payments.cardBrands.0");
        let pair = ColorPair { background: None, foreground: Some("red".to_owned()) };
        let colors = BrandColors { primary: vec![], secondary: vec![pair] };
        let brand = Brand { colors, ..Brand::default() };
        assert_eq!(
            field(Storefront { brand, ..Storefront::default() }),
            "brand.colors.secondary.0.foreground"
        );
        let url = Some("javascript:alert(1)".to_owned());
        assert_eq!(
            field(Storefront { customer_account_url: url, ..Storefront::default() }),
            "customerAccounts.url"
        );
    }

    #[test]
    fn a_brand_shows_pictures_of_the_store() {
        let brand = Brand { logo: Some(FileId(7)), ..Brand::default() };
        assert!(shows_pictures(&brand, &[7]).is_ok());
        assert_eq!(shows_pictures(&brand, &[8]).unwrap_err().field, ["brand", "logo"]);
    }
}
