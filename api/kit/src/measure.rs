//! How much is in one piece, as the contract shows it.

use mcom_schema::Measure;

crate::record!(Measure as "UnitPriceMeasurement" {
    "measuredType" => measured_type,
    "quantityUnit" => quantity_unit,
    "quantityValue" => Measure::quantity,
    "referenceUnit" => reference_unit,
    "referenceValue" = reference,
});

fn measured_type(measure: &Measure) -> Option<&str> {
    Some(measure.unit.measured_type().name())
}

fn quantity_unit(measure: &Measure) -> Option<&str> {
    Some(measure.unit.name())
}

fn reference_unit(measure: &Measure) -> Option<&str> {
    Some(measure.reference_unit.name())
}
