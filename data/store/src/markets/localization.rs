//! Where a buyer is and which language they read: what a request says, as far as the store goes along with it.

use std::sync::Arc;

use mcom_data::{Cx, Locale, Result};
use mcom_schema::{Language, country};

use super::Market;
use crate::settings::{self, Settings};

/// What became of a request's country and language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Localization {
    /// ISO 3166-1 alpha-2.
    pub country: &'static str,
    /// The language of texts.
    pub language: Language,
    /// Whether it is another than the one that the merchant writes in.
    pub is_translated: bool,
    /// The market that the country is in.
    pub market: Arc<Market>,
}

impl Localization {
    /// Of the context's caller.
    ///
    /// # Errors
    /// Those of reading the settings.
    pub async fn of(cx: &Cx) -> Result<Self> {
        Ok(Localization::resolve(&*settings::get(cx).await?, cx.locale()))
    }

    /// What `asked` comes to in a store. Countries that are in no market are in the primary one; languages that are not offered there are
    /// answered in the store's own.
    pub fn resolve(settings: &Settings, asked: &Locale) -> Self {
        let markets = &settings.markets;
        let there =
            asked.country.as_deref().and_then(|code| Some((country::code(code)?, markets.of_country(code)?)));
        let (country, market) = there.unwrap_or_else(|| (settings.home(), markets.primary()));
        let own = settings.language();
        let offered = |wanted: &Language| *wanted == own || market.languages.contains(wanted);
        let language = asked.languages.iter().find_map(|wanted| {
            // Portuguese is offered to whoever reads the Brazilian one, and the other way round.
            let akin = || {
                [own]
                    .into_iter()
                    .chain(market.languages.iter().copied())
                    .find(|it| it.base() == wanted.base())
            };
            Some(*wanted).filter(offered).or_else(akin)
        });
        let language = language.unwrap_or(own);
        Localization { country, language, is_translated: language != own, market: market.clone() }
    }
}

#[cfg(test)]
mod tests {
    use mcom_data::Locale;
    use mcom_schema::Language;

    use super::Localization;
    use crate::settings::Settings;

    fn resolve(country: Option<&str>, languages: &[&str]) -> (&'static str, String, &'static str) {
        let settings = Settings::example();
        let languages = languages.iter().filter_map(|code| Language::parse(code)).collect();
        let asked = Locale { country: country.map(str::to_owned), languages, ..Locale::default() };
        let found = Localization::resolve(&settings, &asked);
        (found.country, found.market.handle.clone(), found.language.code())
    }

    #[test]
    fn a_country_is_in_its_market_or_else_in_the_primary_one() {
        assert_eq!(resolve(Some("GB"), &[]), ("GB", "uk".to_owned(), "EN"));
        for elsewhere in [None, Some("JP"), Some("XX")] {
            assert_eq!(resolve(elsewhere, &[]), ("DE", "home".to_owned(), "EN"));
        }
    }

    #[test]
    fn the_first_language_that_is_offered_is_taken() {
        assert_eq!(resolve(None, &["FR", "DE", "EN"]).2, "DE");
        assert_eq!(resolve(None, &["PT_PT"]).2, "PT_BR");
        assert_eq!(resolve(Some("GB"), &["DE"]).2, "EN");
        assert_eq!(resolve(None, &["FR"]).2, "EN");
    }
}
