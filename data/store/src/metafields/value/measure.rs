//! Lengths, volumes and weights: a number and its unit.

use mcom_schema::Refusal;
use serde_json::Value;

use super::{
    fault::invalid,
    number::{Decimal, within},
    rule::Rules,
};

/// A unit: its short name, its long one, and how many of the smallest it is.
pub(super) type Unit = (&'static str, &'static str, i128);

/// In tenths of a millimetre.
pub(super) const LENGTHS: &[Unit] = &[
    ("mm", "MILLIMETERS", 10),
    ("cm", "CENTIMETERS", 100),
    ("in", "INCHES", 254),
    ("ft", "FEET", 3_048),
    ("yd", "YARDS", 9_144),
    ("m", "METERS", 10_000),
];
/// In tenths of a nanolitre.
pub(super) const VOLUMES: &[Unit] = &[
    ("ml", "MILLILITERS", 10_000_000),
    ("cl", "CENTILITERS", 100_000_000),
    ("l", "LITERS", 10_000_000_000),
    ("m3", "CUBIC_METERS", 10_000_000_000_000),
    ("us_fl_oz", "FLUID_OUNCES", 295_735_296),
    ("us_pt", "PINTS", 4_731_764_730),
    ("us_qt", "QUARTS", 9_463_529_460),
    ("us_gal", "GALLONS", 37_854_117_840),
    ("imp_fl_oz", "IMPERIAL_FLUID_OUNCES", 284_130_625),
    ("imp_pt", "IMPERIAL_PINTS", 5_682_612_500),
    ("imp_qt", "IMPERIAL_QUARTS", 11_365_225_000),
    ("imp_gal", "IMPERIAL_GALLONS", 45_460_900_000),
];
/// In tenths of a microgram.
pub(super) const WEIGHTS: &[Unit] = &[
    ("g", "GRAMS", 10_000_000),
    ("kg", "KILOGRAMS", 10_000_000_000),
    ("oz", "OUNCES", 283_495_231),
    ("lb", "POUNDS", 4_535_923_700),
];

/// Reads `{"value": 2.5, "unit": "kg"}`.
pub(super) fn read(units: &'static [Unit], text: &str) -> Option<(Decimal, Unit)> {
    let told: Value = serde_json::from_str(text).ok()?;
    let number = match &told["value"] {
        Value::String(text) => Decimal::parse(text)?,
        Value::Number(number) => Decimal::parse(&number.to_string())?,
        _ => return None,
    };
    let unit = told["unit"].as_str()?;
    let unit = units.iter().find(|(short, long, _)| *short == unit || *long == unit)?;
    Some((number, *unit))
}

/// A measure of one of these units.
pub(super) fn check(units: &'static [Unit], text: &str, rules: Rules<'_>) -> Result<String, Refusal> {
    let wrong = || {
        let names: Vec<&str> = units.iter().map(|(short, _, _)| *short).collect();
        invalid(format!("Value must be a number with a unit, which is one of {}", names.join(", ")))
    };
    let (number, unit) = read(units, text).ok_or_else(wrong)?;
    let size = |(number, unit): (Decimal, Unit)| number.times(unit.2);
    let bound = |name: &str| rules.get(name).and_then(|text| read(units, text)).map(size);
    within(&size((number, unit)), bound("min").as_ref(), bound("max").as_ref(), rules)?;
    Ok(format!(r#"{{"value":{number},"unit":"{}"}}"#, unit.0))
}
