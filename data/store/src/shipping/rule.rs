//! Which rates apply to which parcel.

use diesel::prelude::*;
use mcom_schema::Exchange;
use mcom_tables::shipping_rates;

/// What one way of shipping costs, and when it is offered.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = shipping_rates, check_for_backend(diesel::pg::Pg))]
pub struct ShippingRate {
    /// Its name for machines, unique in the store.
    pub handle: String,
    /// Its name for buyers.
    pub title: String,
    /// What buyers should know about it.
    pub description: Option<String>,
    /// The only country it applies to; `None`: all.
    pub country: Option<String>,
    /// What it costs, in minor units of the store's currency.
    pub price_minor: i64,
    /// Offered from this subtotal on.
    pub min_subtotal_minor: i64,
    /// Offered up to and including this subtotal; `None`: no end.
    pub max_subtotal_minor: Option<i64>,
}

impl ShippingRate {
    /// The same rate for goods that are priced in another currency.
    #[must_use]
    pub fn exchanged(&self, exchange: &Exchange) -> Self {
        ShippingRate {
            price_minor: exchange.amount(self.price_minor),
            min_subtotal_minor: exchange.amount(self.min_subtotal_minor),
            max_subtotal_minor: self.max_subtotal_minor.map(|most| exchange.amount(most)),
            ..self.clone()
        }
    }

    fn applies(&self, country: &str, subtotal_minor: i64) -> bool {
        self.country.as_deref().is_none_or(|only| only == country)
            && self.min_subtotal_minor <= subtotal_minor
            && self.max_subtotal_minor.is_none_or(|max| subtotal_minor <= max)
    }
}

/// Those of `rates` that apply to goods worth `subtotal_minor` sent to `country`, in the same order.
pub fn applicable(rates: &[ShippingRate], country: &str, subtotal_minor: i64) -> Vec<ShippingRate> {
    rates.iter().filter(|rate| rate.applies(country, subtotal_minor)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::{ShippingRate, applicable};

    fn rate(handle: &str, country: Option<&str>, from: i64, to: Option<i64>) -> ShippingRate {
        ShippingRate {
            handle: handle.to_owned(),
            title: handle.to_owned(),
            description: None,
            country: country.map(str::to_owned),
            price_minor: 500,
            min_subtotal_minor: from,
            max_subtotal_minor: to,
        }
    }

    #[test]
    fn a_rate_applies_within_its_country_and_its_bounds_inclusively() {
        let rates = [
            rate("all", None, 0, Some(4999)),
            rate("free", None, 5000, None),
            rate("de", Some("DE"), 0, None),
        ];
        let handles = |country: &str, subtotal: i64| -> Vec<String> {
            applicable(&rates, country, subtotal).into_iter().map(|rate| rate.handle).collect()
        };
        assert_eq!(handles("DE", 4999), ["all", "de"]);
        assert_eq!(handles("US", 5000), ["free"]);
        assert_eq!(handles("US", 0), ["all"]);
    }
}
