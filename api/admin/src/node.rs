//! Any object by its id.

use std::sync::Arc;

use futures_util::future::try_join_all;
use mcom_kit::{Cx, Error, Record, Registry};
use mcom_schema::{
    Gid,
    id::{CollectionId, CustomerId, InventoryItemId, LocationId, ProductId, PublicationId, VariantId},
    refuse,
};
use serde::Deserialize;

use crate::{
    collections, customers, id, id::IdArgs, inventory, locations, orders, products, publications, shop,
    variants,
};

/// The most objects that one request may ask for.
const MOST: usize = 250;

type Node = Option<Arc<dyn Record>>;

pub(crate) fn register(registry: &mut Registry) {
    registry.query("node", node).query("nodes", nodes);
}

#[derive(Deserialize)]
struct IdsArgs {
    ids: Vec<String>,
}

async fn node(cx: &Cx, args: IdArgs) -> Result<Node, Error> {
    find(cx, &args.id).await
}

async fn nodes(cx: &Cx, args: IdsArgs) -> Result<Vec<Node>, Error> {
    if args.ids.len() > MOST {
        let message = format!(
            "The input array size of {} is greater than the maximum allowed of {MOST}.",
            args.ids.len()
        );
        return Err(refuse("ids", "MAX_INPUT_SIZE_EXCEEDED", message).into());
    }
    // Asked for at once, so that the loaders fetch what is of one type together.
    try_join_all(args.ids.iter().map(|id| find(cx, id))).await
}

async fn find(cx: &Cx, text: &str) -> Result<Node, Error> {
    let kind = Gid::parse(text).map_or("", |id| id.kind);
    Ok(match kind {
        "Product" => any(products::find(cx, id::read(ProductId::parse, text)?).await?),
        "ProductVariant" => any(variants::find(cx, id::read(VariantId::parse, text)?).await?),
        "Collection" => any(collections::find(cx, id::read(CollectionId::parse, text)?).await?),
        "Publication" => any(publications::find(cx, id::read(PublicationId::parse, text)?).await?),
        "InventoryItem" => any(inventory::find(cx, id::read(InventoryItemId::parse, text)?).await?),
        "InventoryLevel" => any(inventory::level_by_id(cx, text).await?),
        "Location" => any(locations::find(cx, id::read(LocationId::parse, text)?).await?),
        "Customer" => any(customers::find(cx, id::read(CustomerId::parse, text)?).await?),
        "Order" => orders::find(cx, text).await?,
        "Shop" => any(Some(shop::load(cx).await?).filter(|shop| shop.id == text)),
        "" => return Err(refuse("id", "INVALID", format!("Invalid global id '{text}'")).into()),
        _ => None,
    })
}

fn any<T: Record>(found: Option<Arc<T>>) -> Node {
    found.map(|it| it as Arc<dyn Record>)
}
