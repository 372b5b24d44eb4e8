//! From the storefront's document to what is searched.

use std::collections::BTreeSet;

use mcom_catalog::{ProductDocument, index::Indexed};
use mcom_search::Document;

/// What an engine is told of a product in a store of this language.
pub fn document(indexed: &Indexed, language: &str) -> Document {
    let product = &indexed.document;
    let codes = product.variants.iter().flat_map(|variant| [&variant.sku, &variant.barcode]);
    Document {
        id: product.id,
        language: language.to_owned(),
        title: product.title.clone(),
        description: product.description.clone(),
        vendor: product.vendor.clone(),
        product_type: product.product_type.clone(),
        tags: product.tags.clone(),
        options: options(product),
        codes: codes.flatten().cloned().collect(),
        collections: indexed.collections.clone(),
        prices: product.variants.iter().map(|variant| variant.price_minor).collect(),
        available: indexed.available,
        created_at: product.created_at.timestamp_micros(),
        updated_at: product.updated_at.timestamp_micros(),
    }
}

/// What at least one variant has. A product without options has one of which buyers hear nothing.
fn options(product: &ProductDocument) -> Vec<(String, String)> {
    let only = product.options.len() == 1
        && product.options.first().is_some_and(|option| option.name == "Title")
        && product.variants.len() == 1;
    if only {
        return vec![];
    }
    let chosen = product.variants.iter().flat_map(|variant| variant.option_values.iter().enumerate());
    let places: BTreeSet<(usize, usize)> = chosen.map(|(option, value)| (option, *value)).collect();
    let named = |(option, value): (usize, usize)| {
        let option = product.options.get(option)?;
        Some((option.name.clone(), option.values.get(value)?.name.clone()))
    };
    places.into_iter().filter_map(named).collect()
}
