//! What a variant may be: pure checks of what merchants send.

use chrono::{DateTime, Utc};
use mcom_schema::{Currency, Measure, Money, Refusal, id::LARGEST, refuse};

use super::{
    Amount, InventoryItemInput, InventoryPolicy, ProductVariantsBulkInput, WeightInput, WeightUnit,
    row::{VariantRow, VariantValues},
};
use crate::inventory::ItemValues;

/// The option of products without choices.
pub(crate) const DEFAULT_OPTION: &str = "Title";
/// Its only value.
pub(crate) const DEFAULT_VALUE: &str = "Default Title";
const LONGEST: usize = 255;
/// A tonne.
const HEAVIEST: f64 = 1_000_000.0;

/// The name of the variant with these option values.
pub(crate) fn title<'a>(values: impl Iterator<Item = &'a str>) -> String {
    values.collect::<Vec<_>>().join(" / ")
}

/// The variant of a product that has no price yet.
pub(crate) fn blank(option_value_ids: Vec<i64>, title: String, now: DateTime<Utc>) -> VariantValues {
    VariantValues {
        title,
        sku: None,
        barcode: None,
        price_minor: 0,
        compare_at_price_minor: None,
        taxable: true,
        requires_shipping: true,
        inventory_policy: InventoryPolicy::Deny.name().to_owned(),
        weight_grams: 0,
        option_value_ids,
        media_id: None,
        position: 1,
        updated_at: now,
        measure: None.into(),
    }
}

/// The columns of a variant as they are.
pub(crate) fn kept(row: &VariantRow, now: DateTime<Utc>) -> VariantValues {
    let row = row.clone();
    VariantValues {
        title: row.title,
        sku: row.sku,
        barcode: row.barcode,
        price_minor: row.price_minor,
        compare_at_price_minor: row.compare_at_price_minor,
        taxable: row.taxable,
        requires_shipping: row.requires_shipping,
        inventory_policy: row.inventory_policy,
        weight_grams: row.weight_grams,
        option_value_ids: row.option_value_ids,
        media_id: row.media_id,
        position: row.position,
        updated_at: now,
        measure: row.measure,
    }
}

/// Puts what `input` says over `values`; options and images aside.
pub(crate) fn apply(
    input: &ProductVariantsBulkInput,
    values: VariantValues,
    currency: Currency,
) -> Result<VariantValues, Refusal> {
    let item = input.inventory_item.clone().unwrap_or_default();
    let weight = item.measurement.as_ref().and_then(|measurement| measurement.weight.as_ref());
    Ok(VariantValues {
        sku: text("inventoryItem.sku", item.sku, values.sku)?,
        barcode: text("barcode", input.barcode.clone(), values.barcode)?,
        price_minor: match &input.price {
            Some(price) => amount("price", price, currency)?,
            None => values.price_minor,
        },
        compare_at_price_minor: match &input.compare_at_price {
            Some(Some(price)) => Some(amount("compareAtPrice", price, currency)?),
            Some(None) => None,
            None => values.compare_at_price_minor,
        },
        taxable: input.taxable.unwrap_or(values.taxable),
        requires_shipping: item.requires_shipping.unwrap_or(values.requires_shipping),
        inventory_policy: match input.inventory_policy {
            Some(policy) => policy.name().to_owned(),
            None => values.inventory_policy,
        },
        weight_grams: match weight {
            Some(weight) => grams(weight)?,
            None => values.weight_grams,
        },
        measure: match &input.unit_price_measurement {
            Some(measure) => measure.as_ref().map(Measure::read).transpose()?.into(),
            None => values.measure,
        },
        ..values
    })
}

/// What `input` says about the item in the warehouse.
pub(crate) fn item(input: Option<&InventoryItemInput>, currency: Currency) -> Result<ItemValues, Refusal> {
    let Some(input) = input else { return Ok(ItemValues::default()) };
    let cost = input.cost.as_ref().map(|cost| amount("inventoryItem.cost", cost, currency)).transpose()?;
    Ok(ItemValues {
        tracked: input.tracked,
        cost_minor: cost,
        country_of_origin: input.country_code_of_origin.clone(),
        harmonized_system_code: input.harmonized_system_code.clone(),
    })
}

/// Minor units of a price that is not negative and fits.
pub(crate) fn amount(field: &str, amount: &Amount, currency: Currency) -> Result<i64, Refusal> {
    let invalid = || refuse(field, "INVALID_INPUT", format!("{field} must be a number like 12.50"));
    let money = Money::parse(amount.0.trim(), currency).map_err(|_| invalid())?;
    match money.minor {
        minor if minor < 0 => Err(refuse(
            field,
            "GREATER_THAN_OR_EQUAL_TO",
            format!("{field} must be greater than or equal to 0"),
        )),
        minor if minor > LARGEST => Err(refuse(field, "INVALID_INPUT", format!("{field} is too large"))),
        minor => Ok(minor),
    }
}

/// Whole grams.
pub(crate) fn grams(weight: &WeightInput) -> Result<i64, Refusal> {
    let unit = match weight.unit {
        WeightUnit::Grams => 1.0,
        WeightUnit::Kilograms => 1_000.0,
        WeightUnit::Ounces => 28.349_523_125,
        WeightUnit::Pounds => 453.592_37,
    };
    let grams = (weight.value * unit).round();
    // The comparison is written so that what is not a number fails it.
    if (0.0..=HEAVIEST).contains(&grams) {
        return Ok(grams as i64);
    }
    let wrong = "The weight must be between 0 and 1,000 kg";
    Err(refuse("inventoryItem.measurement.weight", "INVALID_INPUT", wrong))
}

fn text(field: &str, patch: crate::Patch<String>, before: Option<String>) -> Result<Option<String>, Refusal> {
    let Some(new) = patch else { return Ok(before) };
    let new = new.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    match new {
        Some(text) if text.chars().count() > LONGEST => {
            Err(refuse(field, "TOO_LONG", format!("{field} is too long (maximum is {LONGEST} characters)")))
        }
        new => Ok(new),
    }
}

#[cfg(test)]
mod tests {
    use mcom_schema::Currency;

    use super::{Amount, WeightInput, WeightUnit, amount, grams};

    #[test]
    fn prices_are_plain_decimals_that_fit() {
        let read = |text: &str| amount("price", &Amount(text.to_owned()), Currency::EUR);
        assert_eq!(read("12.5"), Ok(1250));
        assert_eq!(read(" 0 "), Ok(0));
        assert_eq!(read("-1").unwrap_err().code, "GREATER_THAN_OR_EQUAL_TO");
        for bad in ["", "12,50", "1e3", "90071992547409.93"] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn weights_become_grams() {
        let read = |value, unit| grams(&WeightInput { unit, value });
        assert_eq!(read(0.25, WeightUnit::Kilograms), Ok(250));
        assert_eq!(read(1.0, WeightUnit::Pounds), Ok(454));
        assert!(read(f64::NAN, WeightUnit::Grams).is_err());
        assert!(read(-1.0, WeightUnit::Grams).is_err());
    }
}
