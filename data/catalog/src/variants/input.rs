//! What merchants send about variants, as the published Admin API names it.

use mcom_schema::{
    UnitPriceMeasurementInput,
    id::{LocationId, MediaId, ProductOptionId, ProductOptionValueId, VariantId},
};
use serde::{Deserialize, Deserializer, de::Error};

use super::InventoryPolicy;
use crate::patch::{Patch, listed, mentioned};

/// A variant to be made, or what is to change of one.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ProductVariantsBulkInput {
    /// Which one; only when it is there already.
    #[serde(deserialize_with = "crate::gid::maybe")]
    pub id: Option<VariantId>,
    /// EAN, UPC, ISBN.
    #[serde(deserialize_with = "mentioned")]
    pub barcode: Patch<String>,
    /// The former price.
    #[serde(deserialize_with = "mentioned")]
    pub compare_at_price: Patch<Amount>,
    /// What it is in the warehouse.
    pub inventory_item: Option<InventoryItemInput>,
    /// What happens when nothing is left.
    pub inventory_policy: Option<InventoryPolicy>,
    /// Stock to begin with, by location; only at creation.
    #[serde(deserialize_with = "listed")]
    pub inventory_quantities: Vec<InventoryLevelInput>,
    /// Its own image, one of the product's.
    #[serde(deserialize_with = "crate::gid::maybe")]
    pub media_id: Option<MediaId>,
    /// Its own image by address: one of those added in the same request, or of the product's.
    #[serde(deserialize_with = "listed")]
    pub media_src: Vec<String>,
    /// One for each option of the product.
    pub option_values: Option<Vec<VariantOptionValueInput>>,
    /// What it costs.
    pub price: Option<Amount>,
    /// Whether tax is due on it.
    pub taxable: Option<bool>,
    /// How much is in one piece, so that prices can be compared.
    #[serde(deserialize_with = "mentioned")]
    pub unit_price_measurement: Patch<UnitPriceMeasurementInput>,
}

/// A decimal number as it was sent; the store's currency says what it is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount(pub String);

impl<'de> Deserialize<'de> for Amount {
    /// Numbers and texts are both taken.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match serde_json::Value::deserialize(deserializer)? {
            serde_json::Value::String(text) => Ok(Amount(text)),
            serde_json::Value::Number(number) => Ok(Amount(number.to_string())),
            _ => Err(D::Error::custom("expected a decimal number")),
        }
    }
}

/// What a variant is in the warehouse.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct InventoryItemInput {
    /// What one costs the merchant.
    pub cost: Option<Amount>,
    /// Where it was made, ISO 3166-1 alpha-2.
    pub country_code_of_origin: Option<String>,
    /// Its customs number.
    pub harmonized_system_code: Option<String>,
    /// Its weight.
    pub measurement: Option<InventoryItemMeasurementInput>,
    /// Whether it has to be shipped.
    pub requires_shipping: Option<bool>,
    /// The merchant's own number.
    #[serde(deserialize_with = "mentioned")]
    pub sku: Patch<String>,
    /// Whether its stock is counted.
    pub tracked: Option<bool>,
}

/// How heavy it is.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct InventoryItemMeasurementInput {
    /// Its weight.
    pub weight: Option<WeightInput>,
}

/// A weight.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct WeightInput {
    /// What `value` is counted in.
    pub unit: WeightUnit,
    /// How many of them.
    pub value: f64,
}

/// Units of weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum WeightUnit {
    /// 1 g.
    Grams,
    /// 1,000 g.
    Kilograms,
    /// 28.349523125 g.
    Ounces,
    /// 453.59237 g.
    Pounds,
}

/// Stock at a location.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InventoryLevelInput {
    /// Pieces free to sell.
    pub available_quantity: i64,
    /// Where.
    #[serde(deserialize_with = "crate::gid::one")]
    pub location_id: LocationId,
}

/// The value of one option. Option and value are each named by id or by name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct VariantOptionValueInput {
    /// The value by id.
    #[serde(deserialize_with = "crate::gid::maybe")]
    pub id: Option<ProductOptionValueId>,
    /// The value by name; made if it is new.
    pub name: Option<String>,
    /// The option by id.
    #[serde(deserialize_with = "crate::gid::maybe")]
    pub option_id: Option<ProductOptionId>,
    /// The option by name.
    pub option_name: Option<String>,
}

/// What becomes of the variant that a product without choices has when others are added.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ProductVariantsBulkCreateStrategy {
    /// It goes if it is the one named `Default Title`.
    #[default]
    Default,
    /// It stays.
    PreserveStandaloneVariant,
    /// It goes if it is the only one.
    RemoveStandaloneVariant,
}

#[cfg(test)]
mod tests {
    use super::ProductVariantsBulkInput;

    #[test]
    fn prices_are_read_from_numbers_and_texts() {
        for text in [r#"{"price":"9.90"}"#, r#"{"price":9.90}"#] {
            let input: ProductVariantsBulkInput = serde_json::from_str(text).unwrap();
            assert!(input.price.unwrap().0.starts_with("9.9"));
        }
        assert!(serde_json::from_str::<ProductVariantsBulkInput>(r#"{"price":[]}"#).is_err());
    }
}
