//! Who is in a collection: put in and taken out by hand, or kept true to the rules when a product changes.

use std::collections::HashMap;

use mcom_data::{Change, Result, TenantConn};
use mcom_schema::{id::CollectionId, refuse};

use super::{
    query,
    rule::{Subject, SubjectVariant},
};
use crate::{products::Product, store, variants::VariantRow};

/// Puts a product into collections that are filled by hand.
pub(crate) async fn join(db: &mut TenantConn, product: i64, collections: &[CollectionId]) -> Result<()> {
    for (index, id) in collections.iter().enumerate() {
        by_hand(db, *id, &format!("collectionsToJoin.{index}")).await?;
        query::add_members(db, id.0, &[product]).await?;
        db.changed(Change::Collection(id.0));
    }
    Ok(())
}

/// Takes a product out of collections that are filled by hand.
pub(crate) async fn leave(db: &mut TenantConn, product: i64, collections: &[CollectionId]) -> Result<()> {
    for (index, id) in collections.iter().enumerate() {
        by_hand(db, *id, &format!("collectionsToLeave.{index}")).await?;
        query::remove_members(db, id.0, &[product]).await?;
        db.changed(Change::Collection(id.0));
    }
    Ok(())
}

/// Puts products into a new collection, in this order.
pub(super) async fn put(db: &mut TenantConn, collection: i64, products: &[i64]) -> Result<()> {
    let known = query::known_products(db, products).await?;
    if let Some(index) = products.iter().position(|id| !known.contains(id)) {
        return Err(refuse(&format!("products.{index}"), "INVALID", "Product does not exist").into());
    }
    query::add_members(db, collection, products).await
}

async fn by_hand(db: &mut TenantConn, id: CollectionId, path: &str) -> Result<()> {
    match query::has_rules(db, id.0).await? {
        Some(false) => Ok(()),
        Some(true) => Err(refuse(path, "INVALID", "A collection with rules fills itself").into()),
        None => Err(refuse(path, "INVALID", "Collection does not exist").into()),
    }
}

/// Puts products into the collections whose rules they meet now, and takes them out of those whose rules they do not meet any more.
pub(crate) async fn keep_true(
    db: &mut TenantConn,
    products: &[Product],
    variants: &HashMap<i64, Vec<VariantRow>>,
) -> Result<()> {
    let with_rules = query::rule_sets(db).await?;
    if with_rules.is_empty() {
        return Ok(());
    }
    let currency = store::currency(db).await?;
    let subjects: Vec<(i64, Subject)> = products
        .iter()
        .map(|product| {
            let variants = variants.get(&product.row.id).map_or(&[][..], Vec::as_slice);
            (product.row.id, subject(product, variants))
        })
        .collect();
    let ids: Vec<i64> = products.iter().map(|product| product.row.id).collect();
    let members = query::memberships(db, &ids).await?;
    for (collection, rules) in with_rules {
        let is_member = |product: i64| members.contains(&(collection, product));
        let meets = |subject: &Subject| rules.matches(subject, currency);
        let of = |wanted: bool| {
            let moved = subjects
                .iter()
                .filter(move |(id, subject)| meets(subject) == wanted && is_member(*id) != wanted);
            moved.map(|(id, _)| *id).collect::<Vec<i64>>()
        };
        let (joining, leaving) = (of(true), of(false));
        if joining.is_empty() && leaving.is_empty() {
            continue;
        }
        query::add_members(db, collection, &joining).await?;
        query::remove_members(db, collection, &leaving).await?;
        db.changed(Change::Collection(collection));
    }
    Ok(())
}

fn subject(product: &Product, variants: &[VariantRow]) -> Subject {
    let variant = |row: &VariantRow| SubjectVariant {
        title: row.title.clone(),
        price_minor: row.price_minor,
        compare_at_minor: row.compare_at_price_minor,
        weight_grams: row.weight_grams,
    };
    Subject {
        title: product.row.title.clone(),
        product_type: product.row.product_type.clone(),
        vendor: product.row.vendor.clone(),
        tags: product.row.tags.clone(),
        variants: variants.iter().map(variant).collect(),
    }
}
