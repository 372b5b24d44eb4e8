//! What a reference amount of a variant costs, so that packs of different sizes can be compared.

use mcom_schema::{Measure, Money};

use super::Variant;

impl Variant {
    pub(super) fn unit_price(&self) -> Option<Money> {
        self.it().measure?.unit_price(self.price())
    }

    pub(super) fn unit_price_measurement(&self) -> Option<Measure> {
        self.it().measure
    }
}
