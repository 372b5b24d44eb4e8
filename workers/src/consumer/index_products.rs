//! Keeps the search index true to products, their stock, and the collections they are in.

use std::{collections::BTreeSet, time::Duration};

use mcom_catalog::index as catalog;
use mcom_data::{
    Cx,
    delivery::{Batch, Delivered},
};
use mcom_schema::id::{CollectionId, InventoryItemId, ProductId, VariantId};

use crate::{Backoff, Consumer, JobError, index};

/// Follows everything by which a product is found. It looks at the products as they are when it comes to them and not at what events say,
/// so that consuming them twice, or late, does no harm.
#[derive(Debug)]
pub struct IndexProducts;

impl Consumer for IndexProducts {
    const NAME: &'static str = "index_products";
    const TOPICS: &'static [&'static str] = &[
        "products/create",
        "products/update",
        "products/delete",
        "inventory_levels/update",
        "collections/create",
        "collections/update",
        "collections/delete",
        "metafields/set",
        "metafields/delete",
    ];
    const RETRY: Backoff = Backoff::ALWAYS;
    /// A commit of the index costs the same for one product and for two hundred.
    const GATHER: Duration = Duration::from_millis(100);
    /// A collection of a large store may change for all of its products at once.
    const PATIENCE: Duration = Duration::from_secs(1800);
    /// An index has one writer.
    const ALONE: bool = true;

    async fn consume(&self, cx: &Cx, events: &Batch) -> Result<(), JobError> {
        let numbers = |kind: &str| -> BTreeSet<i64> {
            let of_kind = |event: &&Delivered| event.aggregate == kind;
            events.iter().filter(of_kind).map(|event| event.aggregate_id).collect()
        };
        let mut products: BTreeSet<ProductId> = numbers("product").into_iter().map(ProductId).collect();
        let items: Vec<InventoryItemId> =
            numbers("inventory_item").into_iter().map(InventoryItemId).collect();
        if !items.is_empty() {
            products.extend(catalog::of_items(cx, &items).await?);
        }
        products.extend(owners(cx, events).await?);
        if !products.is_empty() {
            // There is as much of a bundle as of its components.
            let changed: Vec<ProductId> = products.iter().copied().collect();
            products.extend(catalog::of_bundles_with(cx, &changed).await?);
        }
        for collection in numbers("collection") {
            products.extend(index::outdated(cx, CollectionId(collection)).await?);
        }
        index::refresh(cx, &products.into_iter().collect::<Vec<ProductId>>()).await
    }
}

/// The products whose fields, or whose variants' fields, changed.
async fn owners(cx: &Cx, events: &Batch) -> Result<Vec<ProductId>, JobError> {
    let changed = events.iter().filter(|event| event.aggregate == "metafield");
    let gids: Vec<&str> = changed.filter_map(|event| event.payload["ownerId"].as_str()).collect();
    let mut products: Vec<ProductId> = gids.iter().filter_map(|gid| ProductId::parse(gid)).collect();
    let variants: Vec<VariantId> = gids.iter().filter_map(|gid| VariantId::parse(gid)).collect();
    if !variants.is_empty() {
        products.extend(catalog::of_variants(cx, &variants).await?);
    }
    Ok(products)
}
