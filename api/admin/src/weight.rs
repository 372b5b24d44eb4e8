//! Weights, kept in grams and shown in the unit of the store.

use mcom_store::settings::WeightUnit;

/// A weight in one unit.
pub struct Weight {
    unit: &'static str,
    value: f64,
}

mcom_kit::record!(Weight as "Weight" { "unit" = unit, "value" = value });

impl Weight {
    /// A weight in grams, shown in `unit` to four decimals.
    pub(crate) fn of(grams: i64, unit: WeightUnit) -> Self {
        let per_unit = match unit {
            WeightUnit::Grams => 1.0,
            WeightUnit::Kilograms => 1000.0,
            WeightUnit::Ounces => 28.349_523_125,
            WeightUnit::Pounds => 453.592_37,
        };
        let value = (grams as f64 / per_unit * 10_000.0).round() / 10_000.0;
        Weight { unit: unit.name(), value }
    }
}

#[cfg(test)]
mod tests {
    use mcom_store::settings::WeightUnit;

    use super::Weight;

    #[test]
    fn grams_are_shown_in_the_unit_of_the_store() {
        assert_eq!(Weight::of(1250, WeightUnit::Kilograms).value, 1.25);
        assert_eq!(Weight::of(454, WeightUnit::Pounds).value, 1.0009);
        assert_eq!(Weight::of(7, WeightUnit::Grams).unit, "GRAMS");
    }
}
