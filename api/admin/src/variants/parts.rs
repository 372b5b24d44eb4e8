//! What belongs to a variant: its product, its options, its picture, its inventory item.

use std::sync::Arc;

use mcom_catalog::inventory;
use mcom_kit::{Args, Cx, Error, Registry, connection::Paging};
use mcom_schema::id::{ProductId, ProductOptionValueId};

use super::ProductVariant;
use crate::{
    inventory::InventoryItem,
    media::{self, MediaConnection},
    products::{self, Product, ProductOptionValue},
};

/// The value that a variant has for an option.
pub struct SelectedOption {
    name: String,
    value: String,
    product: ProductId,
    id: ProductOptionValueId,
}

mcom_kit::record!(SelectedOption as "SelectedOption" { "name" = name, "value" = value });

pub(super) fn register(registry: &mut Registry) {
    registry
        .on::<ProductVariant>()
        .field("media", own_media)
        .field("selectedOptions", selected_options)
        .load("inventoryItem", inventory_item)
        .load("product", product);
    registry.on::<SelectedOption>().load("optionValue", option_value);
}

fn own_media(_: &Cx, variant: &ProductVariant, args: &Paging) -> Result<MediaConnection, Error> {
    let own: Vec<_> = variant.it.media.iter().cloned().collect();
    let page = media::gallery(&own, &[], &args.page()?)?;
    Ok(MediaConnection::of(page))
}

fn selected_options(_: &Cx, variant: &ProductVariant, _: &Args) -> Result<Vec<SelectedOption>, Error> {
    let product = ProductId(variant.it.row.product_id);
    let chosen = variant.it.options.iter().zip(&variant.it.row.option_value_ids);
    let shown = chosen.map(|(option, id)| SelectedOption {
        name: option.name.clone(),
        value: option.value.clone(),
        product,
        id: ProductOptionValueId(*id),
    });
    Ok(shown.collect())
}

async fn option_value(cx: &Cx, option: &SelectedOption, _: Args) -> Result<ProductOptionValue, Error> {
    let product = cx.load::<mcom_catalog::products::ById>(option.product).await?;
    let product = product.ok_or(Error::NotFound("product"))?;
    let values = product.options.iter().flat_map(|option| &option.values);
    let value =
        values.into_iter().find(|value| value.id == option.id).ok_or(Error::NotFound("option value"))?;
    Ok(ProductOptionValue::of(value, &product.media))
}

async fn product(cx: &Cx, variant: &ProductVariant, _: Args) -> Result<Arc<Product>, Error> {
    products::find(cx, ProductId(variant.it.row.product_id)).await?.ok_or(Error::NotFound("product"))
}

async fn inventory_item(cx: &Cx, variant: &ProductVariant, _: Args) -> Result<Arc<InventoryItem>, Error> {
    let item = cx.load::<inventory::ItemById>(variant.it.inventory_item_id).await?;
    let item = item.ok_or(Error::NotFound("inventory item"))?;
    InventoryItem::load(cx, item).await
}
