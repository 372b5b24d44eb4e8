//! Countries that something is sold to.

use std::sync::Arc;

use mcom_schema::country;
use mcom_store::{Settings, markets};

use super::{Market, currency::Currency, language::Language};

/// A country.
pub struct Country {
    code: &'static str,
    market: Arc<markets::Market>,
    languages: Vec<Language>,
    default_language: Language,
}

mcom_kit::record!(Country as "Country" {
    "availableLanguages" = languages,
    "currency" => Country::currency,
    "defaultLanguage" = default_language,
    "isoCode" = code,
    "market" => Country::market,
    "name" => Country::name,
    "unitSystem" => Country::unit_system,
});

/// Where weights are told in pounds.
const IMPERIAL: [&str; 3] = ["LR", "MM", "US"];

impl Country {
    /// A country of `market`.
    pub(super) fn of(code: &'static str, market: &Arc<markets::Market>, settings: &Settings) -> Self {
        let default_language = Language(settings.language());
        Country {
            code,
            languages: Language::offered(market, settings),
            default_language,
            market: market.clone(),
        }
    }

    pub(super) fn name(&self) -> &'static str {
        country::name(self.code).unwrap_or(self.code)
    }

    fn currency(&self) -> Currency {
        Currency(self.market.currency())
    }

    fn market(&self) -> Option<Market> {
        Some(Market::of(self.market.clone()))
    }

    fn unit_system(&self) -> &'static str {
        if IMPERIAL.contains(&self.code) { "IMPERIAL_SYSTEM" } else { "METRIC_SYSTEM" }
    }
}
