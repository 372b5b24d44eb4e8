//! Languages that texts are offered in.

use mcom_store::{Settings, markets::Market};

/// A language.
#[derive(Clone, Copy)]
pub struct Language(pub(super) mcom_schema::Language);

mcom_kit::record!(Language as "Language" {
    "endonymName" => Language::endonym,
    "isoCode" => Language::code,
    "name" => Language::name,
});

impl Language {
    /// Those of a market, the one first in which the merchant writes.
    pub(super) fn offered(market: &Market, settings: &Settings) -> Vec<Self> {
        let own = settings.language();
        let others = market.languages.iter().copied().filter(|language| *language != own);
        [own].into_iter().chain(others).map(Language).collect()
    }

    fn code(&self) -> &'static str {
        self.0.code()
    }

    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn endonym(&self) -> &'static str {
        self.0.endonym()
    }
}
