//! The store's terms: what of its settings a sale depends on. Fetched before a transaction begins, for a cold cache reads by itself.

use std::sync::{Arc, OnceLock};

use chrono::{DateTime, Utc};
use mcom_catalog::live::Memory;
use mcom_data::{Cx, Origin, Result};
use mcom_schema::{Currency, Exchange, Language, Money};
use mcom_store::{
    Settings, ShippingRate,
    locations::{self, Location},
    markets::Market,
    settings, shipping,
};

use crate::{
    discounts::{self, Discount},
    selling_plans::{self, SellingPlans},
};

/// Settings, shipping rates and discounts of one store at one instant, for buyers in one market.
pub(crate) struct Terms {
    pub(crate) settings: Arc<Settings>,
    rates: Arc<[ShippingRate]>,
    /// Discounts that apply by themselves.
    pub(crate) automatic: Arc<[Discount]>,
    /// In which other ways the goods are sold.
    pub(crate) plans: Arc<SellingPlans>,
    /// Where buyers pick up.
    pub(crate) pickup: Arc<Vec<Arc<Location>>>,
    /// What is remembered of the goods.
    pub(crate) memory: Memory,
    /// What the buyer reads, if that is known.
    pub(crate) language: Option<Language>,
    /// When it is.
    pub(crate) now: DateTime<Utc>,
    origin: Origin,
    /// In which the buyer is. Rates and discounts are in its currency.
    pub(crate) market: Arc<Market>,
    /// The same for the other markets, in the order of the settings; made when somebody there buys.
    abroad: Box<[OnceLock<Box<Terms>>]>,
}

impl Terms {
    /// Those of the context's store in its primary market, from memory if they are known.
    pub(crate) async fn of(cx: &Cx) -> Result<Self> {
        let (settings, rates) = (settings::get(cx).await?, shipping::all(cx).await?);
        let (automatic, pickup) = (discounts::automatic(cx).await?, locations::pickup(cx).await?);
        let plans = selling_plans::all(cx).await?;
        let (memory, now, origin) = (Memory::of(cx)?, cx.now(), cx.origin());
        let language = cx.locale().languages.first().copied();
        let market = settings.markets.primary().clone();
        let abroad = settings.markets.iter().skip(1).map(|_| OnceLock::new()).collect();
        Ok(Terms { settings, rates, automatic, plans, pickup, memory, language, now, origin, market, abroad })
    }

    /// The same for a buyer in this country.
    pub(crate) fn within(&self, country: Option<&str>) -> &Terms {
        let in_it = |market: &&Arc<Market>| country.is_some_and(|code| market.countries.contains(&code));
        let mut others = self.settings.markets.iter().skip(1).zip(&self.abroad);
        match others.find(|(market, _)| in_it(market)) {
            Some((market, cell)) if !market.is_plain() => {
                cell.get_or_init(|| Box::new(self.moved_to(market)))
            }
            _ => self,
        }
    }

    fn moved_to(&self, market: &Arc<Market>) -> Terms {
        let exchange = &market.exchange;
        Terms {
            settings: self.settings.clone(),
            rates: self.rates.iter().map(|rate| rate.exchanged(exchange)).collect(),
            automatic: self.automatic.iter().map(|it| it.clone().exchanged(exchange)).collect(),
            plans: self.plans.clone(),
            pickup: self.pickup.clone(),
            memory: self.memory.clone(),
            language: self.language,
            now: self.now,
            origin: self.origin.clone(),
            market: market.clone(),
            abroad: Box::default(),
        }
    }

    /// From the store's currency to that in which everything is priced.
    pub(crate) fn exchange(&self) -> &Exchange {
        &self.market.exchange
    }

    /// The currency in which everything is priced.
    pub(crate) fn currency(&self) -> Currency {
        self.market.currency()
    }

    /// An amount in the currency in which everything is priced.
    pub(crate) fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.currency())
    }

    /// How goods worth `subtotal_minor` can be sent to `country`; empty if the store does not ship there.
    pub(crate) fn rates(&self, country: &str, subtotal_minor: i64) -> Vec<ShippingRate> {
        if !self.settings.ships_to(country) {
            return vec![];
        }
        shipping::applicable(&self.rates, country, subtotal_minor)
    }

    /// An address of the store that a buyer can open.
    pub(crate) fn url(&self, path: &str) -> String {
        self.origin.url(path)
    }
}
