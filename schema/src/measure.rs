//! How much is in one piece, so that prices of packs of different sizes can be compared.

use serde::{Deserialize, Serialize};

use crate::{Money, Refusal, refuse};

/// An amount of goods in one piece, and the amount that its price is told for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// What is in one piece, in millionths of `unit`.
    pub millionths: i64,
    /// What `millionths` counts.
    pub unit: MeasuredUnit,
    /// How many of `reference_unit` the unit price is for.
    pub reference: i32,
    /// Of the same kind as `unit`.
    pub reference_unit: MeasuredUnit,
}

/// What a unit measures, as the published APIs name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MeasuredType {
    /// Surfaces.
    Area,
    /// Pieces.
    Count,
    /// Lengths.
    Length,
    /// Volumes.
    Volume,
    /// Weights.
    Weight,
}

impl MeasuredType {
    /// As the published APIs name it.
    pub const fn name(self) -> &'static str {
        match self {
            MeasuredType::Area => "AREA",
            MeasuredType::Count => "COUNT",
            MeasuredType::Length => "LENGTH",
            MeasuredType::Volume => "VOLUME",
            MeasuredType::Weight => "WEIGHT",
        }
    }
}

/// Declares the units: name, what it measures, and its size, of which only the ratio to others of its kind counts.
macro_rules! units {
    ($($unit:ident = $name:literal: $of:ident, $size:literal;)*) => {
        /// Units of goods, as the published APIs name them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        pub enum MeasuredUnit {
            $(#[doc = concat!("`", $name, "`")] #[serde(rename = $name)] $unit,)*
        }

        impl MeasuredUnit {
            /// As the published APIs name it.
            pub const fn name(self) -> &'static str {
                match self { $(MeasuredUnit::$unit => $name,)* }
            }

            /// The unit with this name.
            pub fn parse(name: &str) -> Option<Self> {
                match name { $($name => Some(MeasuredUnit::$unit),)* _ => None }
            }

            /// What it measures.
            pub const fn measured_type(self) -> MeasuredType {
                match self { $(MeasuredUnit::$unit => MeasuredType::$of,)* }
            }

            const fn size(self) -> i128 {
                match self { $(MeasuredUnit::$unit => $size,)* }
            }
        }
    };
}

// Exact by definition; liquids in US units.
units! {
    Milliliter = "ML": Volume, 10_000_000_000;
    Centiliter = "CL": Volume, 100_000_000_000;
    Liter = "L": Volume, 10_000_000_000_000;
    CubicMeter = "M3": Volume, 10_000_000_000_000_000;
    FluidOunce = "FLOZ": Volume, 295_735_295_625;
    Pint = "PT": Volume, 4_731_764_730_000;
    Quart = "QT": Volume, 9_463_529_460_000;
    Gallon = "GAL": Volume, 37_854_117_840_000;
    Milligram = "MG": Weight, 1_000_000;
    Gram = "G": Weight, 1_000_000_000;
    Kilogram = "KG": Weight, 1_000_000_000_000;
    Ounce = "OZ": Weight, 28_349_523_125;
    Pound = "LB": Weight, 453_592_370_000;
    Millimeter = "MM": Length, 10;
    Centimeter = "CM": Length, 100;
    Meter = "M": Length, 10_000;
    Inch = "IN": Length, 254;
    Foot = "FT": Length, 3_048;
    Yard = "YD": Length, 9_144;
    SquareMeter = "M2": Area, 100_000_000;
    SquareFoot = "FT2": Area, 9_290_304;
    Item = "ITEM": Count, 1;
}

/// What merchants send; what is left out is as in what it is compared with.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct UnitPriceMeasurementInput {
    /// How much is in one piece.
    pub quantity_value: Option<f64>,
    /// What that counts.
    pub quantity_unit: Option<String>,
    /// How much the unit price is for; 1 if it is left out.
    pub reference_value: Option<i64>,
    /// What that counts; the same unit if it is left out.
    pub reference_unit: Option<String>,
}

/// Nobody sells more in one piece.
const MOST: f64 = 1_000_000_000.0;
/// Nobody compares prices by more.
const MOST_REFERENCE: i64 = 1_000_000;

impl Measure {
    /// Reads what a merchant sent.
    ///
    /// # Errors
    /// Refuses amounts that are not positive, unknown units, and units that do not measure the same.
    pub fn read(input: &UnitPriceMeasurementInput) -> Result<Self, Refusal> {
        let quantity = input.quantity_value.unwrap_or_default();
        if !(0.000_001..=MOST).contains(&quantity) {
            return Err(invalid("quantityValue", "The quantity must be greater than 0"));
        }
        let unit = unit("quantityUnit", input.quantity_unit.as_deref().unwrap_or_default())?;
        let reference_unit = match &input.reference_unit {
            Some(name) => self::unit("referenceUnit", name)?,
            None => unit,
        };
        if unit.measured_type() != reference_unit.measured_type() {
            return Err(invalid("referenceUnit", "Both units must measure the same"));
        }
        let reference = input.reference_value.unwrap_or(1);
        if !(1..=MOST_REFERENCE).contains(&reference) {
            return Err(invalid("referenceValue", "The reference must be between 1 and 1,000,000"));
        }
        // In range: checked above.
        let reference = i32::try_from(reference).unwrap_or(1);
        Ok(Measure { millionths: (quantity * 1e6).round() as i64, unit, reference, reference_unit })
    }

    /// How much is in one piece, in units.
    pub fn quantity(&self) -> f64 {
        self.millionths as f64 / 1e6
    }

    /// What the reference amount costs if a piece costs `price`; `None` if that is more than money can count.
    pub fn unit_price(&self, price: Money) -> Option<Money> {
        let numerator = i128::from(self.reference) * self.reference_unit.size() * 1_000_000;
        let denominator = i128::from(self.millionths) * self.unit.size();
        let common = greatest_common_divisor(numerator, denominator);
        let part = |number: i128| i64::try_from(number / common).ok();
        price.share(part(numerator)?, part(denominator)?).ok()
    }
}

fn unit(field: &str, name: &str) -> Result<MeasuredUnit, Refusal> {
    MeasuredUnit::parse(name).ok_or_else(|| invalid(field, "The unit is not known"))
}

fn invalid(field: &str, message: &str) -> Refusal {
    refuse(&format!("unitPriceMeasurement.{field}"), "INVALID_INPUT", message)
}

/// Of positive numbers.
fn greatest_common_divisor(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

#[cfg(test)]
mod tests {
    use super::{Measure, UnitPriceMeasurementInput};
    use crate::{Currency, Money};

    fn read(value: f64, unit: &str, reference: i64, reference_unit: &str) -> Result<Measure, String> {
        let input = UnitPriceMeasurementInput {
            quantity_value: Some(value),
            quantity_unit: Some(unit.to_owned()),
            reference_value: Some(reference),
            reference_unit: Some(reference_unit.to_owned()),
        };
        Measure::read(&input).map_err(|refusal| refusal.field.join("."))
    }

    fn price(cents: i64, value: f64, unit: &str, reference: i64, reference_unit: &str) -> Option<i64> {
        let measure = read(value, unit, reference, reference_unit).unwrap();
        measure.unit_price(Money::new(cents, Currency::EUR)).map(|money| money.minor)
    }

    #[test]
    fn prices_are_told_for_the_reference() {
        assert_eq!(price(900, 750.0, "ML", 1, "L"), Some(1200));
        assert_eq!(price(1000, 0.3, "KG", 100, "G"), Some(333));
        assert_eq!(price(100, 3.0, "ITEM", 1, "ITEM"), Some(33));
        assert_eq!(price(500, 1.0, "LB", 1, "KG"), Some(1102));
        assert_eq!(price(i64::MAX, 1.0, "ML", 1, "M3"), None);
    }

    #[test]
    fn amounts_and_units_have_to_make_sense() {
        assert_eq!(read(0.0, "ML", 1, "L"), Err("unitPriceMeasurement.quantityValue".to_owned()));
        assert_eq!(read(f64::NAN, "ML", 1, "L"), Err("unitPriceMeasurement.quantityValue".to_owned()));
        assert_eq!(read(1.0, "UNKNOWN", 1, "L"), Err("unitPriceMeasurement.quantityUnit".to_owned()));
        assert_eq!(read(1.0, "ML", 1, "KG"), Err("unitPriceMeasurement.referenceUnit".to_owned()));
        assert_eq!(read(1.0, "ML", 0, "L"), Err("unitPriceMeasurement.referenceValue".to_owned()));
    }
}
