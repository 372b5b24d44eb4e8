//! The store's terms: what of its settings a sale depends on. Fetched before a transaction begins, for a cold cache reads by itself.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use mcom_data::{Cx, Origin, Result};
use mcom_schema::{Currency, Money};
use mcom_store::{Settings, ShippingRate, settings, shipping};

use crate::discounts::{self, Discount};

/// Settings, shipping rates and discounts of one store at one instant.
pub(crate) struct Terms {
    pub(crate) settings: Arc<Settings>,
    rates: Arc<[ShippingRate]>,
    /// Discounts that apply by themselves.
    pub(crate) automatic: Arc<[Discount]>,
    /// When it is.
    pub(crate) now: DateTime<Utc>,
    origin: Origin,
}

impl Terms {
    /// Those of the context's store, from memory if they are known.
    pub(crate) async fn of(cx: &Cx) -> Result<Self> {
        let (settings, rates) = (settings::get(cx).await?, shipping::all(cx).await?);
        let automatic = discounts::automatic(cx).await?;
        Ok(Terms { settings, rates, automatic, now: cx.now(), origin: cx.origin() })
    }

    /// The currency in which everything is priced.
    pub(crate) fn currency(&self) -> Currency {
        self.settings.currency
    }

    /// An amount in the store's currency.
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
