//! Markets as they are kept and read.

use std::sync::Arc;

use mcom_data::{Error, Result};
use mcom_schema::{Currency, Exchange, Language, Rate, Rounding, country, id::MarketId};
use serde::Deserialize;

use super::{FixedPrice, MarketInput, MarketPrice};

/// A market.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Market {
    /// Its id.
    pub id: MarketId,
    /// Its name in programs.
    pub handle: String,
    /// Its name for people.
    pub name: String,
    /// Whether buyers are in it.
    pub enabled: bool,
    /// Whether it is the one for everybody else.
    pub primary: bool,
    /// ISO 3166-1 alpha-2 codes, in their order.
    pub countries: Vec<&'static str>,
    /// What texts are offered in beside the store's own language.
    pub languages: Vec<Language>,
    /// From the store's currency to its own.
    pub exchange: Exchange,
    /// Whether some of its prices are not converted.
    pub has_prices: bool,
}

impl Market {
    /// The currency of its prices.
    pub fn currency(&self) -> Currency {
        self.exchange.to
    }

    /// Whether everything costs in it what it costs in the store.
    pub fn is_plain(&self) -> bool {
        self.exchange.is_none() && !self.has_prices
    }

    /// What something costs in it that costs this much in the store: as the merchant says, or converted.
    pub fn price(&self, minor: i64, compare_at_minor: Option<i64>, fixed: Option<FixedPrice>) -> FixedPrice {
        fixed.unwrap_or_else(|| FixedPrice {
            price_minor: self.exchange.price(minor),
            compare_at_minor: compare_at_minor.map(|minor| self.exchange.price(minor)),
        })
    }

    /// It as it would be declared with these prices.
    pub fn input(&self, prices: Vec<MarketPrice>) -> MarketInput {
        MarketInput {
            handle: self.handle.clone(),
            name: self.name.clone(),
            enabled: self.enabled,
            primary: self.primary,
            countries: self.countries.iter().map(|code| (*code).to_owned()).collect(),
            languages: self.languages.iter().map(|language| language.code().to_owned()).collect(),
            currency: self.exchange.to,
            rate: self.exchange.rate,
            rounding: self.exchange.rounding,
            prices,
        }
    }
}

/// The open markets of a store, the primary one first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Markets(Vec<Arc<Market>>);

/// What is known of a store that has declared no primary market.
pub(crate) struct Home<'a> {
    pub(crate) store: i64,
    pub(crate) country: &'a str,
    pub(crate) ships_to: &'a [String],
    pub(crate) currency: Currency,
}

impl Markets {
    /// Reads what was found. A store that declares no primary market has one all the same: what is not said to be otherwise is so
    /// everywhere.
    pub(crate) fn read(rows: Vec<MarketRow>, home: &Home<'_>) -> Result<Self> {
        let all: Result<Vec<Market>> = rows.into_iter().map(|row| row.read(home.currency)).collect();
        let mut open: Vec<Arc<Market>> = all?.into_iter().filter(|it| it.enabled).map(Arc::new).collect();
        if !open.first().is_some_and(|first| first.primary) {
            open.insert(0, Arc::new(home.market(&open)));
        }
        Ok(Markets(open))
    }

    /// The one for everybody of whom nothing is known.
    pub fn primary(&self) -> &Arc<Market> {
        &self.0[0]
    }

    /// The one that this country is in.
    pub fn of_country(&self, country: &str) -> Option<&Arc<Market>> {
        self.0.iter().find(|market| market.countries.contains(&country))
    }

    /// All of them, the primary one first.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Market>> {
        self.0.iter()
    }

    /// The one with this id.
    pub fn find(&self, id: MarketId) -> Option<&Arc<Market>> {
        self.0.iter().find(|market| market.id == id)
    }

    /// Every country that something is sold to, in the order of their codes.
    pub fn countries(&self) -> Vec<&'static str> {
        let mut countries: Vec<&'static str> =
            self.iter().flat_map(|it| it.countries.iter().copied()).collect();
        countries.sort_unstable();
        countries
    }

    /// The currencies of all markets, each once, that of the store first.
    pub fn currencies(&self) -> Vec<Currency> {
        let mut currencies = vec![self.primary().currency()];
        for market in self.iter() {
            if !currencies.contains(&market.currency()) {
                currencies.push(market.currency());
            }
        }
        currencies
    }
}

impl Home<'_> {
    fn market(&self, others: &[Arc<Market>]) -> Market {
        let elsewhere = |code: &&str| others.iter().any(|market| market.countries.contains(code));
        let reaches =
            |code: &&str| self.ships_to.is_empty() || self.ships_to.iter().any(|known| known == code);
        let home = country::code(self.country);
        Market {
            id: MarketId(self.store),
            handle: self.country.to_lowercase(),
            name: country::name(self.country).unwrap_or(self.country).to_owned(),
            enabled: true,
            primary: true,
            countries: country::codes()
                .filter(|code| (reaches(code) || Some(*code) == home) && !elsewhere(code))
                .collect(),
            languages: vec![],
            exchange: Exchange::none(self.currency),
            has_prices: false,
        }
    }
}

/// A market as the database tells of it.
#[derive(Debug, Deserialize)]
pub(crate) struct MarketRow {
    id: i64,
    handle: String,
    name: String,
    enabled: bool,
    primary: bool,
    countries: Vec<String>,
    languages: Vec<String>,
    currency: String,
    rate: i64,
    ending: Option<i64>,
    priced: bool,
}

impl MarketRow {
    /// The market of a store that reckons in `from`.
    pub(super) fn read(self, from: Currency) -> Result<Market> {
        let unknown = |what: &str| Error::bug(format!("market {} has an unknown {what}", self.id));
        let to = Currency::parse(&self.currency).ok_or_else(|| unknown("currency"))?;
        let rate = Rate::of_billionths(self.rate).ok_or_else(|| unknown("rate"))?;
        let rounding = self.ending.map_or(Rounding::Exact, Rounding::Ending);
        Ok(Market {
            id: MarketId(self.id),
            enabled: self.enabled,
            primary: self.primary,
            countries: self.countries.iter().filter_map(|code| country::code(code)).collect(),
            languages: self.languages.iter().filter_map(|code| Language::parse(code)).collect(),
            exchange: Exchange { from, to, rate, rounding },
            has_prices: self.priced,
            handle: self.handle,
            name: self.name,
        })
    }
}
