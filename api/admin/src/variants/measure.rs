//! What a reference amount of a variant costs, so that packs of different sizes can be compared.

use mcom_catalog::Measure;
use mcom_schema::Money;

use super::ProductVariant;

/// How much is in one piece, and for how much of it the unit price is.
pub struct UnitPriceMeasurement(Measure);

mcom_kit::record!(UnitPriceMeasurement as "UnitPriceMeasurement" {
    "measuredType" => UnitPriceMeasurement::measured_type,
    "quantityUnit" => UnitPriceMeasurement::quantity_unit,
    "quantityValue" => UnitPriceMeasurement::quantity_value,
    "referenceUnit" => UnitPriceMeasurement::reference_unit,
    "referenceValue" => UnitPriceMeasurement::reference_value,
});

impl UnitPriceMeasurement {
    fn measured_type(&self) -> Option<&str> {
        Some(self.0.unit.measured_type().name())
    }

    fn quantity_unit(&self) -> Option<&str> {
        Some(self.0.unit.name())
    }

    fn quantity_value(&self) -> f64 {
        self.0.quantity()
    }

    fn reference_unit(&self) -> Option<&str> {
        Some(self.0.reference_unit.name())
    }

    fn reference_value(&self) -> i32 {
        self.0.reference
    }
}

impl ProductVariant {
    pub(super) fn unit_price(&self) -> Option<Money> {
        self.it.row.measure()?.unit_price(Money::new(self.it.row.price_minor, self.currency))
    }

    pub(super) fn unit_price_measurement(&self) -> Option<UnitPriceMeasurement> {
        self.it.row.measure().map(UnitPriceMeasurement)
    }
}
