//! The weight of a variant in the unit that the merchant shows weights in.

use mcom_kit::{Args, Cx, Error, Registry};
use mcom_store::settings::{self, WeightUnit};

use super::Variant;

pub(super) fn register(registry: &mut Registry) {
    registry.on::<Variant>().load("weight", weight).load("weightUnit", unit);
}

async fn weight(cx: &Cx, variant: &Variant, _: Args) -> Result<f64, Error> {
    let unit = settings::get(cx).await?.weight_unit;
    Ok(weigh(variant.it().weight_grams, unit))
}

async fn unit(cx: &Cx, _: &Variant, _: Args) -> Result<String, Error> {
    Ok(settings::get(cx).await?.weight_unit.name().to_owned())
}

/// To four decimals, which tells any two weights apart that differ by a gram.
fn weigh(grams: i64, unit: WeightUnit) -> f64 {
    let grams_each = match unit {
        WeightUnit::Grams => 1.0,
        WeightUnit::Kilograms => 1000.0,
        WeightUnit::Ounces => 28.349_523_125,
        WeightUnit::Pounds => 453.592_37,
    };
    (grams as f64 / grams_each * 10_000.0).round() / 10_000.0
}

#[cfg(test)]
mod tests {
    use super::{WeightUnit, weigh};

    #[test]
    fn grams_become_what_the_merchant_reads() {
        assert_eq!(weigh(1350, WeightUnit::Grams), 1350.0);
        assert_eq!(weigh(1350, WeightUnit::Kilograms), 1.35);
        assert_eq!(weigh(454, WeightUnit::Pounds), 1.0009);
        assert_eq!(weigh(100, WeightUnit::Ounces), 3.5274);
    }
}
