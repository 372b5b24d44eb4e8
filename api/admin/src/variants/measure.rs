//! What a reference amount of a variant costs, so that packs of different sizes can be compared.

use mcom_schema::{Measure, Money};

use super::ProductVariant;

impl ProductVariant {
    pub(super) fn unit_price(&self) -> Option<Money> {
        self.it.row.measure()?.unit_price(Money::new(self.it.row.price_minor, self.currency))
    }

    pub(super) fn unit_price_measurement(&self) -> Option<Measure> {
        self.it.row.measure()
    }
}
