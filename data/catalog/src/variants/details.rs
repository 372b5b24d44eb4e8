//! A variant with what belongs to it, as merchants see it.

use std::{collections::HashMap, sync::Arc};

use mcom_data::{
    Cx, Result,
    load::Batch,
    page::{Page, PageArgs},
};
use mcom_schema::{
    Scope,
    id::{InventoryItemId, ProductId, VariantId},
};

use super::{query, row::VariantRow};
use crate::{
    bundles::Component,
    products::{Filter, MediaRow},
};

/// A variant as merchants see it.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// Its own columns.
    pub row: VariantRow,
    /// Name of the product.
    pub product_title: String,
    /// What was chosen, in the order of the options.
    pub options: Vec<SelectedOption>,
    /// Its own image.
    pub media: Option<MediaRow>,
    /// What it is in the warehouse.
    pub inventory_item_id: InventoryItemId,
    /// Whether its stock is counted.
    pub tracked: bool,
    /// Pieces free to sell at all active locations.
    pub inventory_quantity: i64,
    /// Pieces free to sell at the active locations that fulfill online orders; of a bundle, as many as its components make.
    pub online_quantity: i64,
    /// Whether a buyer may take one online: some are left, or it does not matter.
    pub for_sale: bool,
    /// Of what it consists, in the merchant's order, if it is a bundle.
    pub components: Vec<Component>,
}

/// An option and the value chosen.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SelectedOption {
    /// «Size».
    pub name: String,
    /// «XL».
    pub value: String,
}

/// Which variants; in the order in which they were made.
#[derive(Debug, Clone)]
pub struct VariantList {
    /// Only of these products; of all if there is none.
    pub products: Option<Filter>,
    /// Only those with this number.
    pub sku: Option<String>,
    /// Which page.
    pub page: PageArgs,
}

/// Variants by id, for whatever hangs off a list: `cx.load::<variants::ById>(id)`.
pub struct ById;

impl Batch for ById {
    type Key = VariantId;
    type Value = Arc<Variant>;

    async fn load(cx: &Cx, keys: Vec<VariantId>) -> Result<HashMap<VariantId, Arc<Variant>>> {
        cx.require(Scope::ReadProducts)?;
        let ids: Vec<i64> = keys.iter().map(|id| id.0).collect();
        let found = cx.read(async |db| query::details(db, &ids).await).await?;
        Ok(found.into_iter().map(|variant| (variant.row.id(), Arc::new(variant))).collect())
    }
}

/// The variants there are among `ids`, in the order of `ids`.
///
/// # Errors
/// `Forbidden` without `read_products`; `Busy` or `Broken` if the database cannot be read.
pub async fn by_ids(cx: &Cx, ids: &[VariantId]) -> Result<Vec<Option<Arc<Variant>>>> {
    let mut found = ById::load(cx, ids.to_vec()).await?;
    Ok(ids.iter().map(|id| found.remove(id)).collect())
}

/// One page of a product's variants, in their order.
///
/// # Errors
/// `Forbidden` without `read_products`; refuses cursors of other lists.
pub async fn of_product(cx: &Cx, product: ProductId, args: &PageArgs) -> Result<Page<Arc<Variant>>> {
    cx.require(Scope::ReadProducts)?;
    let ids = cx.read(async |db| query::page_of_product(db, product.0, args).await).await?;
    with_details(cx, ids).await
}

/// One page of all variants.
///
/// # Errors
/// `Forbidden` without `read_products`; refuses cursors of other lists.
pub async fn page(cx: &Cx, list: &VariantList) -> Result<Page<Arc<Variant>>> {
    cx.require(Scope::ReadProducts)?;
    let ids = cx.read(async |db| query::page(db, list).await).await?;
    with_details(cx, ids).await
}

async fn with_details(cx: &Cx, ids: Page<i64>) -> Result<Page<Arc<Variant>>> {
    let keys: Vec<VariantId> = ids.items.iter().map(|(_, id)| VariantId(*id)).collect();
    let mut found = by_ids(cx, &keys).await?.into_iter();
    let items = ids.items.into_iter().filter_map(|(cursor, _)| Some((cursor, found.next()??)));
    Ok(Page { items: items.collect(), has_next: ids.has_next, has_previous: ids.has_previous })
}
