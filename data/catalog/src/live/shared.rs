//! Copies of products in the cache that processes share, each with the snapshot of the database in which it was read. A copy that
//! does not show every change this process was told of is not used, so that it does not matter how late or how often it was put there.

use std::{collections::HashMap, sync::Arc, time::Duration};

use mcom_data::{
    Cx, Transaction,
    redis::{Redis, RedisKey},
};
use mcom_schema::id::ProductId;

use super::{ProductDocument, cache::Cache, fetch::Wanted, query::ShelfRow, stock::Pieces};

/// How long copies are kept.
const LIFETIME: Duration = Duration::from_secs(3600);
/// Longer ones are not kept: they would make the others wait.
const LONGEST: usize = 256 * 1024;

/// A product as another process, or this one, left it.
pub(super) struct Copy {
    pub(super) document: Arc<ProductDocument>,
    /// Its stock; `None` if that changed since.
    pub(super) pieces: Option<Pieces>,
}

fn redis(cx: &Cx) -> Option<Arc<Redis>> {
    cx.services().get()
}

fn product_key(cx: &Cx, id: impl std::fmt::Display) -> RedisKey {
    RedisKey::of(cx.tenant().id(), "product", id)
}

fn handle_key(cx: &Cx, handle: &str) -> RedisKey {
    RedisKey::of(cx.tenant().id(), "handle", handle)
}

/// Copies of the wanted products without a document that are still true.
pub(super) async fn copies(cx: &Cx, cache: &Cache, wanted: &[Wanted]) -> HashMap<ProductId, Copy> {
    let Some(redis) = redis(cx) else { return HashMap::new() };
    let ids = wanted.iter().filter(|one| one.document().is_none()).map(|one| one.id);
    let ids: Vec<ProductId> = ids.collect();
    let keys: Vec<RedisKey> = ids.iter().map(|id| product_key(cx, id.0)).collect();
    let Some(values) = redis.values(&keys).await else { return HashMap::new() };
    let still_true = |(id, value): (ProductId, Option<Vec<u8>>)| {
        let row = unpack(value?)?;
        let (document, stock) = cache.trusts(cx.tenant().id(), id, row.snapshot);
        // What cannot be read is from another version of the program.
        let shelf = document.then(|| row.read().ok()).flatten().filter(|shelf| shelf.document.id == id)?;
        let trusted = |product: &ProductId| {
            let (document, stock) = cache.trusts(cx.tenant().id(), *product, row.snapshot);
            document && stock
        };
        let stock = stock && shelf.pieces.bundles().leans_on().iter().all(trusted);
        let pieces = stock.then_some(shelf.pieces);
        Some((id, Copy { document: Arc::new(shelf.document), pieces }))
    };
    ids.into_iter().zip(values).filter_map(still_true).collect()
}

/// Leaves copies of what was just read.
pub(super) fn keep(cx: &Cx, rows: Vec<ShelfRow>) {
    let Some(redis) = redis(cx) else { return };
    let short = rows.into_iter().filter(|row| row.document.len() <= LONGEST);
    let values: Vec<_> = short.map(|row| (product_key(cx, row.id), pack(&row))).collect();
    if !values.is_empty() {
        redis.keep(values, LIFETIME);
    }
}

/// Which product was last found under this handle. It has to be asked whether it still is there.
pub(super) async fn at_handle(cx: &Cx, handle: &str) -> Option<ProductId> {
    let value = redis(cx)?.values(&[handle_key(cx, handle)]).await?.pop()??;
    std::str::from_utf8(&value).ok()?.parse().ok().map(ProductId)
}

/// Leaves word of which product has this handle.
pub(super) fn keep_handle(cx: &Cx, handle: &str, id: ProductId) {
    if let Some(redis) = redis(cx) {
        redis.keep(vec![(handle_key(cx, handle), id.0.to_string().into_bytes())], LIFETIME);
    }
}

fn pack(row: &ShelfRow) -> Vec<u8> {
    format!("{}\n{}\n{}\n{}", row.snapshot.0, row.id, row.pieces, row.document).into_bytes()
}

fn unpack(value: Vec<u8>) -> Option<ShelfRow> {
    let text = String::from_utf8(value).ok()?;
    let mut parts = text.splitn(4, '\n');
    Some(ShelfRow {
        snapshot: Transaction(parts.next()?.parse().ok()?),
        id: parts.next()?.parse().ok()?,
        pieces: parts.next()?.to_owned(),
        document: parts.next()?.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use mcom_data::Transaction;

    use super::{pack, unpack};
    use crate::live::query::ShelfRow;

    #[test]
    fn a_copy_is_read_as_it_was_left() {
        let row = ShelfRow {
            id: 7,
            document: "{\"a\":\"x\\n\"}".to_owned(),
            pieces: "{ \"own\" : {} }".to_owned(),
            snapshot: Transaction(42),
        };
        let read = unpack(pack(&row)).unwrap();
        assert_eq!((read.id, read.snapshot), (7, Transaction(42)));
        assert_eq!((read.document, read.pieces), (row.document, row.pieces));
        assert!(unpack(b"garbage".to_vec()).is_none());
    }
}
