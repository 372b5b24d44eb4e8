//! What belongs to a collection: its text and its products.

use mcom_catalog::collections;
use mcom_kit::excerpt::{Length, excerpt};
use mcom_kit::{Args, Cx, Error, Registry, connection::Paging};
use mcom_schema::id::ProductId;

use super::Collection;
use crate::{
    count::Count,
    id::{self, IdArgs},
    products::{Product, ProductConnection},
};

pub(super) fn register(registry: &mut Registry) {
    registry
        .on::<Collection>()
        .field("description", description)
        .load("hasProduct", has_product)
        .load("products", members)
        .load("productsCount", members_count);
}

fn description(_: &Cx, collection: &Collection, args: &Length) -> Result<String, Error> {
    Ok(excerpt(&collection.it.description, args))
}

async fn has_product(cx: &Cx, collection: &Collection, args: IdArgs) -> Result<bool, Error> {
    let product = id::read(ProductId::parse, &args.id)?;
    collections::has_product(cx, collection.it.row.id(), product).await
}

async fn members(cx: &Cx, collection: &Collection, args: Paging) -> Result<ProductConnection, Error> {
    let found = collections::products_admin(cx, collection.it.row.id(), &args.page()?).await?;
    Ok(Product::page(cx, found))
}

async fn members_count(cx: &Cx, collection: &Collection, _: Args) -> Result<Count, Error> {
    Ok(Count::exact(collections::products_count(cx, collection.it.row.id()).await?))
}
