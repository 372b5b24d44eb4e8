//! What a buyer chooses between.

use mcom_catalog::products;

/// An option of a product.
pub struct ProductOption {
    id: String,
    name: String,
    position: i32,
    option_values: Vec<ProductOptionValue>,
    values: Vec<String>,
}

mcom_kit::record!(ProductOption as "ProductOption" {
    "id" = id,
    "name" = name,
    "optionValues" = option_values,
    "position" = position,
    "values" = values,
});

/// One of the values of an option.
pub struct ProductOptionValue {
    has_variants: bool,
    id: String,
    name: String,
}

mcom_kit::record!(ProductOptionValue as "ProductOptionValue" {
    "hasVariants" = has_variants,
    "id" = id,
    "name" = name,
});

impl ProductOption {
    /// Shows an option.
    pub(crate) fn of(option: &products::ProductOption) -> Self {
        ProductOption {
            id: option.id.gid(),
            name: option.name.clone(),
            position: option.position,
            option_values: option.values.iter().map(ProductOptionValue::of).collect(),
            values: option.values.iter().map(|value| value.name.clone()).collect(),
        }
    }
}

impl ProductOptionValue {
    /// Shows a value.
    pub(crate) fn of(value: &products::ProductOptionValue) -> Self {
        ProductOptionValue { has_variants: value.has_variants, id: value.id.gid(), name: value.name.clone() }
    }
}
