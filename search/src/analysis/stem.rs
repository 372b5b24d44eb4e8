//! Stemming: forms of a word in the store's language become one term.

use frostem::{Algorithm, Stemmer};

/// Makes terms of one language.
pub struct Analyzer(Option<Stemmer>);

impl Analyzer {
    /// For texts in the language with this ISO 639-1 code, in either case; words of languages without a stemmer stay as they are.
    pub fn of(language: &str) -> Self {
        let code = language.get(..2).unwrap_or_default().to_ascii_lowercase();
        Analyzer(algorithm(&code).map(Stemmer::new))
    }

    /// The stem of a folded word. Folding comes first, so that those who type without accents find the same.
    pub fn stem(&self, word: &str) -> String {
        match &self.0 {
            Some(stemmer) => stemmer.stem(word).into_owned(),
            None => word.to_owned(),
        }
    }
}

fn algorithm(code: &str) -> Option<Algorithm> {
    Some(match code {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "nl" => Algorithm::Dutch,
        "en" => Algorithm::English,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nb" | "nn" | "no" => Algorithm::Norwegian,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "es" => Algorithm::Spanish,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::Analyzer;

    #[test]
    fn forms_of_a_word_are_one_term_in_their_language() {
        let english = Analyzer::of("EN");
        assert_eq!(english.stem("mugs"), english.stem("mug"));
        assert_eq!(english.stem("running"), english.stem("runs"));
        let german = Analyzer::of("de");
        assert_eq!(german.stem("tassen"), german.stem("tasse"));
        assert_eq!(Analyzer::of("xx").stem("mugs"), "mugs");
        assert_eq!(Analyzer::of("").stem("mugs"), "mugs");
    }
}
