//! The notes on a cart and on its lines.

use mcom_sales::carts;
use serde::Deserialize;

/// A key with any text.
pub struct Attribute {
    key: String,
    value: Option<String>,
}

mcom_kit::record!(Attribute as "Attribute" { "key" = key, "value" = value });

/// Which note.
#[derive(Deserialize)]
pub(super) struct ByKey {
    pub key: String,
}

/// All of them.
pub(super) fn all(attributes: &[carts::Attribute]) -> Vec<Attribute> {
    attributes.iter().map(show).collect()
}

/// The one with this key.
pub(super) fn find(attributes: &[carts::Attribute], key: &str) -> Option<Attribute> {
    attributes.iter().find(|attribute| attribute.key == key).map(show)
}

fn show(attribute: &carts::Attribute) -> Attribute {
    Attribute { key: attribute.key.clone(), value: attribute.value.clone() }
}
