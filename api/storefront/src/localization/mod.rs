//! Where a buyer is and what they read: what became of the country and the language that they asked for, and what else is offered.

mod country;
mod currency;
mod language;
mod market;

use std::sync::Arc;

use mcom_kit::{Args, Cx, Error, Registry};
use mcom_store::{Settings, markets, settings};

use country::Country;
use language::Language;
pub(crate) use market::{Market, by_ids as markets_by_ids};

/// What was resolved.
pub struct Localization {
    it: markets::Localization,
    settings: Arc<Settings>,
}

mcom_kit::record!(Localization as "Localization" {
    "availableCountries" => Localization::countries,
    "availableLanguages" => Localization::languages,
    "country" => Localization::country,
    "language" => Localization::language,
    "market" => Localization::market,
});

pub(crate) fn register(registry: &mut Registry) {
    registry.query("localization", localization);
}

async fn localization(cx: &Cx, _: Args) -> Result<Localization, Error> {
    Ok(Localization { it: markets::Localization::of(cx).await?, settings: settings::get(cx).await? })
}

impl Localization {
    fn countries(&self) -> Vec<Country> {
        let all = self.settings.markets.iter();
        let of_market = |market: &Arc<markets::Market>| {
            let of = |code: &&'static str| Country::of(code, market, &self.settings);
            market.countries.iter().map(of).collect::<Vec<_>>()
        };
        let mut countries: Vec<Country> = all.flat_map(of_market).collect();
        countries.sort_by(|a, b| a.name().cmp(b.name()));
        countries
    }

    fn languages(&self) -> Vec<Language> {
        Language::offered(&self.it.market, &self.settings)
    }

    fn country(&self) -> Country {
        Country::of(self.it.country, &self.it.market, &self.settings)
    }

    fn language(&self) -> Language {
        Language(self.it.language)
    }

    fn market(&self) -> Market {
        Market::of(self.it.market.clone())
    }
}
