//! From the storefront's document to what is searched.

use std::collections::BTreeSet;

use mcom_catalog::{ProductDocument, index::Indexed, products::category};
use mcom_search::{Document, Fact};

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
        facts: facts(indexed),
        codes: codes.flatten().cloned().collect(),
        collections: indexed.collections.clone(),
        prices: product.variants.iter().map(|variant| variant.price_minor).collect(),
        available: indexed.available,
        created_at: product.created_at.timestamp_micros(),
        updated_at: product.updated_at.timestamp_micros(),
    }
}

/// What it can be narrowed down by beside what all products have.
fn facts(indexed: &Indexed) -> Vec<(Fact, String)> {
    let categories = indexed.document.category.as_deref().map(category::of_path).unwrap_or_default();
    let categories = categories.into_iter().map(|category| (Fact::Category, category.key));
    let fields = indexed.fields.iter().flat_map(|field| {
        let (namespace, key) = (field.namespace.clone(), field.key.clone());
        let fact = if field.of_variant {
            Fact::VariantField { namespace, key }
        } else {
            Fact::ProductField { namespace, key }
        };
        field.values().into_iter().map(move |value| (fact.clone(), value))
    });
    categories.chain(fields).collect()
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
