//! A product with what belongs to it, as merchants see it.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Utc};
use mcom_data::{Cx, Result, load::Batch};
use mcom_schema::{
    Scope,
    id::{MediaId, ProductId, ProductOptionId, ProductOptionValueId},
};

use super::{
    query,
    row::{MediaRow, OptionRow, ProductRow},
};
use crate::MoneyRange;

/// A product as merchants see it.
#[derive(Debug, Clone, PartialEq)]
pub struct Product {
    /// Its own columns.
    pub row: ProductRow,
    /// In their order.
    pub options: Vec<ProductOption>,
    /// In their order.
    pub media: Vec<MediaRow>,
    /// How many variants it has.
    pub variants_count: i64,
    /// From the cheapest to the dearest variant.
    pub prices: Option<MoneyRange>,
    /// From the lowest to the highest former price, if a variant has one.
    pub former_prices: Option<MoneyRange>,
    /// Pieces free to sell of its tracked variants, at all active locations.
    pub total_inventory: i64,
    /// Whether the stock of any variant is counted.
    pub tracks_inventory: bool,
    /// When it came on the online store, if it is there.
    pub published_at: Option<DateTime<Utc>>,
}

/// Something a buyer chooses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductOption {
    /// The option.
    pub id: ProductOptionId,
    /// Its name.
    pub name: String,
    /// Its place, from 1.
    pub position: i32,
    /// In their order.
    pub values: Vec<ProductOptionValue>,
}

/// A choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductOptionValue {
    /// The value.
    pub id: ProductOptionValueId,
    /// Its name.
    pub name: String,
    /// Whether a variant has it.
    pub has_variants: bool,
    /// The color that stands for it, as `#RRGGBB`.
    pub swatch_color: Option<String>,
    /// The picture of the product that stands for it.
    pub swatch_media: Option<MediaId>,
}

/// What is counted over the variants of a product.
#[derive(Debug, Clone, Default)]
pub(super) struct Totals {
    pub variants: i64,
    pub prices: Option<MoneyRange>,
    pub former_prices: Option<MoneyRange>,
    pub inventory: i64,
    pub tracked: bool,
}

/// Products by id, for whatever hangs off a list: `cx.load::<products::ById>(id)`.
pub struct ById;

impl Batch for ById {
    type Key = ProductId;
    type Value = Arc<Product>;

    async fn load(cx: &Cx, keys: Vec<ProductId>) -> Result<HashMap<ProductId, Arc<Product>>> {
        cx.require(Scope::ReadProducts)?;
        let ids: Vec<i64> = keys.iter().map(|id| id.0).collect();
        let found = cx.read(async |db| query::details(db, &ids).await).await?;
        Ok(found.into_iter().map(|product| (product.row.id(), Arc::new(product))).collect())
    }
}

/// The products there are among `ids`, in the order of `ids`.
///
/// # Errors
/// `Forbidden` without `read_products`; `Busy` or `Broken` if the database cannot be read.
pub async fn by_ids(cx: &Cx, ids: &[ProductId]) -> Result<Vec<Option<Arc<Product>>>> {
    let mut found = ById::load(cx, ids.to_vec()).await?;
    Ok(ids.iter().map(|id| found.remove(id)).collect())
}

/// Puts rows together; `rows` gives the order.
pub(super) fn assemble(rows: Vec<ProductRow>, parts: Parts) -> Vec<Product> {
    let Parts { options, values, media, mut totals, published } = parts;
    let mut options_of: HashMap<i64, Vec<ProductOption>> = HashMap::new();
    let mut values_of: HashMap<i64, Vec<ProductOptionValue>> = HashMap::new();
    for (option_id, value) in values {
        values_of.entry(option_id).or_default().push(value);
    }
    for option in options {
        let values = values_of.remove(&option.id).unwrap_or_default();
        let OptionRow { id, product_id, name, position } = option;
        let option = ProductOption { id: ProductOptionId(id), name, position, values };
        options_of.entry(product_id).or_default().push(option);
    }
    let mut media_of: HashMap<i64, Vec<MediaRow>> = HashMap::new();
    for image in media {
        media_of.entry(image.product_id).or_default().push(image);
    }
    let product = |row: ProductRow| {
        let Totals { variants, prices, former_prices, inventory, tracked } =
            totals.remove(&row.id).unwrap_or_default();
        Product {
            options: options_of.remove(&row.id).unwrap_or_default(),
            media: media_of.remove(&row.id).unwrap_or_default(),
            variants_count: variants,
            prices,
            former_prices,
            total_inventory: inventory,
            tracks_inventory: tracked,
            published_at: published.get(&row.id).copied(),
            row,
        }
    };
    rows.into_iter().map(product).collect()
}

/// What belongs to several products; options and media in their order.
pub(super) struct Parts {
    pub options: Vec<OptionRow>,
    pub values: Vec<(i64, ProductOptionValue)>,
    pub media: Vec<MediaRow>,
    pub totals: HashMap<i64, Totals>,
    pub published: HashMap<i64, DateTime<Utc>>,
}
