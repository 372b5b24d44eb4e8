//! What is known about a store.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use mcom_data::{Error, Result};
use mcom_schema::{Currency, Language, country};
use mcom_tables::store_settings;
use serde::{Deserialize, Serialize};

use crate::{
    markets::{Home, MarketRow, Markets},
    taxes::TaxSettings,
};

/// The settings of a store.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// What the store is called.
    pub name: String,
    /// What it says about itself.
    pub description: Option<String>,
    /// Where the merchant is reached.
    pub email: String,
    /// The one currency in which prices are kept.
    pub currency: Currency,
    /// ISO 639-1 code of the language in which texts are kept, upper case.
    pub language: String,
    /// ISO 3166-1 alpha-2 code of the country it sells from.
    pub country: String,
    /// How weights are shown; they are kept in grams.
    pub weight_unit: WeightUnit,
    /// IANA name of its time zone.
    pub timezone: String,
    /// Countries shipped to; empty: everywhere.
    pub ships_to: Vec<String>,
    /// What an order's number begins with.
    pub order_prefix: String,
    /// Groups of phrases that buyers use for the same thing: whoever searches for one finds the others too.
    pub synonyms: Arc<Vec<Vec<String>>>,
    /// Which taxes it charges where.
    pub taxes: Arc<TaxSettings>,
    /// Where it sells, and in which currencies and languages.
    pub markets: Markets,
    /// When the store was opened.
    pub created_at: DateTime<Utc>,
    /// When a setting was last changed.
    pub updated_at: DateTime<Utc>,
}

impl Settings {
    /// The language in which texts are kept.
    pub fn language(&self) -> Language {
        Language::parse(&self.language).unwrap_or(Language::ENGLISH)
    }

    /// The country of buyers of whom nothing is known, ISO 3166-1 alpha-2.
    pub fn home(&self) -> &'static str {
        let primary = &self.markets.primary().countries;
        let own = country::code(&self.country);
        own.filter(|code| primary.contains(code)).or_else(|| primary.first().copied()).or(own).unwrap_or("ZZ")
    }

    /// Whether orders are sent to this country (ISO 3166-1 alpha-2).
    pub fn ships_to(&self, country: &str) -> bool {
        self.ships_to.is_empty() || self.ships_to.iter().any(|known| known == country)
    }
}

/// A unit in which weights are shown, spelled as the published APIs do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum WeightUnit {
    /// 1 g.
    Grams,
    /// 1,000 g.
    Kilograms,
    /// 28.349523125 g.
    Ounces,
    /// 453.59237 g.
    Pounds,
}

impl WeightUnit {
    /// The name in the database and in the APIs.
    pub const fn name(self) -> &'static str {
        match self {
            WeightUnit::Grams => "GRAMS",
            WeightUnit::Kilograms => "KILOGRAMS",
            WeightUnit::Ounces => "OUNCES",
            WeightUnit::Pounds => "POUNDS",
        }
    }

    /// The unit with this name.
    pub fn parse(name: &str) -> Option<Self> {
        use WeightUnit::{Grams, Kilograms, Ounces, Pounds};
        [Grams, Kilograms, Ounces, Pounds].into_iter().find(|unit| unit.name() == name)
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = store_settings, check_for_backend(diesel::pg::Pg))]
pub(super) struct SettingsRow {
    tenant_id: i64,
    name: String,
    description: Option<String>,
    email: String,
    currency: String,
    language: String,
    country: String,
    weight_unit: String,
    timezone: String,
    ships_to: Vec<String>,
    order_prefix: String,
    synonyms: serde_json::Value,
    taxes: serde_json::Value,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl SettingsRow {
    pub(super) fn read(self, markets: Vec<MarketRow>) -> Result<Settings> {
        let unknown = |what: &str| Error::bug(format!("settings hold an unknown {what}"));
        let currency = Currency::parse(&self.currency).ok_or_else(|| unknown("currency"))?;
        let (country, ships_to) = (&self.country, &self.ships_to);
        let home = Home { store: self.tenant_id, country, ships_to, currency };
        Ok(Settings {
            markets: Markets::read(markets, &home)?,
            name: self.name,
            description: self.description,
            email: self.email,
            currency,
            language: self.language,
            country: self.country,
            weight_unit: WeightUnit::parse(&self.weight_unit).ok_or_else(|| unknown("weight unit"))?,
            timezone: self.timezone,
            ships_to: self.ships_to,
            order_prefix: self.order_prefix,
            synonyms: Arc::new(serde_json::from_value(self.synonyms)?),
            taxes: Arc::new(serde_json::from_value(self.taxes)?),
            created_at: self.created_at,
            updated_at: self.updated_at,
        })
    }
}

#[cfg(test)]
impl Settings {
    /// A store in Germany with two markets, for tests of what depends on them.
    pub(crate) fn example() -> Self {
        let markets = serde_json::json!([
            { "id": 1, "handle": "home", "name": "Home", "enabled": true, "primary": true, "countries": ["DE"],
              "languages": ["DE", "PT_BR"], "currency": "EUR", "rate": 1_000_000_000, "ending": null, "priced": false },
            { "id": 2, "handle": "uk", "name": "UK", "enabled": true, "primary": false, "countries": ["GB"],
              "languages": [], "currency": "GBP", "rate": 860_000_000, "ending": 99, "priced": false },
        ]);
        let row = SettingsRow {
            tenant_id: 7,
            name: "Demo".to_owned(),
            description: None,
            email: "owner@demo.example".to_owned(),
            currency: "EUR".to_owned(),
            language: "EN".to_owned(),
            country: "DE".to_owned(),
            weight_unit: "KILOGRAMS".to_owned(),
            timezone: "Europe/Berlin".to_owned(),
            ships_to: vec![],
            order_prefix: "#".to_owned(),
            synonyms: serde_json::json!([]),
            taxes: serde_json::json!({}),
            created_at: DateTime::<Utc>::UNIX_EPOCH,
            updated_at: DateTime::<Utc>::UNIX_EPOCH,
        };
        let markets = serde_json::from_value(markets).expect("markets");
        row.read(markets).expect("settings")
    }
}
