//! Anything by its global id, one load for each type.

use std::sync::Arc;

use mcom_kit::{Cx, Error, Record, Registry};
use mcom_sales::carts;
use mcom_schema::{
    Gid,
    id::{CollectionId, ProductId, StoreId, VariantId},
    refuse,
};
use serde::Deserialize;

use crate::{collection, product, shop::Shop};

type Node = Option<Arc<dyn Record>>;

/// A cart, of which the checkout tells the rest.
pub struct Cart {
    id: String,
}

mcom_kit::record!(Cart as "Cart" { "id" = id });

#[derive(Deserialize)]
struct ById {
    id: String,
}

#[derive(Deserialize)]
struct ByIds {
    ids: Vec<String>,
}

pub(crate) fn register(registry: &mut Registry) {
    registry.record::<Cart>().query("node", node).query("nodes", nodes);
}

async fn node(cx: &Cx, args: ById) -> Result<Node, Error> {
    Ok(nodes(cx, ByIds { ids: vec![args.id] }).await?.pop().flatten())
}

async fn nodes(cx: &Cx, args: ByIds) -> Result<Vec<Node>, Error> {
    let ids = args.ids.iter().map(|id| read(id)).collect::<Result<Vec<_>, _>>()?;
    let mut nodes: Vec<Node> = vec![None; ids.len()];
    let (places, wanted) = of_kind(&ids, ProductId::KIND, ProductId);
    place(&mut nodes, places, product::by_ids(cx, &wanted).await?);
    let (places, wanted) = of_kind(&ids, VariantId::KIND, VariantId);
    place(&mut nodes, places, product::variants_by_ids(cx, &wanted).await?);
    let (places, wanted) = of_kind(&ids, CollectionId::KIND, CollectionId);
    place(&mut nodes, places, collection::by_ids(cx, &wanted).await?);
    for (index, id) in ids.iter().enumerate() {
        nodes[index] = match id.kind {
            "Cart" => cart(cx, &args.ids[index]).await?,
            StoreId::KIND => shop(cx, id).await?,
            _ => continue,
        };
    }
    Ok(nodes)
}

async fn cart(cx: &Cx, id: &str) -> Result<Node, Error> {
    Ok(carts::read(cx, id).await?.map(|cart| Arc::new(Cart { id: cart.id.gid() }) as Arc<dyn Record>))
}

/// A store knows only itself.
async fn shop(cx: &Cx, id: &Gid<'_>) -> Result<Node, Error> {
    if id.number() != Some(cx.tenant().store().0) {
        return Ok(None);
    }
    Ok(Some(Arc::new(Shop::load(cx).await?)))
}

/// Where ids of a kind stand in the list, and their numbers.
fn of_kind<T>(ids: &[Gid<'_>], kind: &str, make: impl Fn(i64) -> T) -> (Vec<usize>, Vec<T>) {
    let numbered = ids.iter().enumerate().filter(|(_, id)| id.kind == kind);
    numbered.filter_map(|(index, id)| Some((index, make(id.number()?)))).unzip()
}

fn place<T: Record>(nodes: &mut [Node], places: Vec<usize>, found: Vec<Option<Arc<T>>>) {
    for (index, node) in places.into_iter().zip(found) {
        nodes[index] = node.map(|node| node as Arc<dyn Record>);
    }
}

/// Takes an id apart.
fn read(id: &str) -> Result<Gid<'_>, Error> {
    Gid::parse(id).ok_or_else(|| refuse("id", "INVALID", format!("Invalid global id '{id}'")).into())
}

/// The number in an id of this kind, which may also be sent bare; none if it is of another kind.
///
/// # Errors
/// Refuses what is no id at all.
pub(crate) fn number(id: &str, kind: &str) -> Result<Option<i64>, Error> {
    let bare = Gid { kind, key: id, query: "" }.number();
    if bare.is_some() {
        return Ok(bare);
    }
    let id = read(id)?;
    Ok(if id.kind == kind { id.number() } else { None })
}

/// Puts what was found of the ids that are ids back into the places of all.
pub(crate) fn spread<I, T>(ids: &[Option<I>], found: Vec<Option<Arc<T>>>) -> Vec<Option<Arc<T>>> {
    let mut found = found.into_iter();
    ids.iter().map(|id| id.as_ref().and_then(|_| found.next().flatten())).collect()
}
