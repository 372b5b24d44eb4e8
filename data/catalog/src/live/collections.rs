//! Published collections in the cache.

use std::sync::Arc;

use mcom_data::{Cx, Result};
use mcom_schema::id::CollectionId;

use super::{Cache, cache::Stamp};
use crate::collections::Collection;

fn key(id: CollectionId) -> String {
    format!("collection id {id}")
}

/// `Some(None)`: it is not published.
pub(crate) async fn get(cx: &Cx, id: CollectionId) -> Result<Option<Option<Arc<Collection>>>> {
    let cache = cx.shared::<Cache>()?;
    let tenant = cx.tenant().id();
    let known = cache.list::<Option<Arc<Collection>>>(tenant, &key(id), cache.collection_stamp(tenant, id.0));
    Ok(known.map(|known| (*known).clone()))
}

/// The stamps to be taken before collections are read from the database.
pub(crate) fn stamps(cx: &Cx, ids: &[CollectionId]) -> Result<Vec<Stamp>> {
    let cache = cx.shared::<Cache>()?;
    Ok(ids.iter().map(|id| cache.collection_stamp(cx.tenant().id(), id.0)).collect())
}

/// Remembers a collection, or that it is not published.
pub(crate) async fn keep(
    cx: &Cx,
    id: CollectionId,
    collection: Option<Arc<Collection>>,
    stamp: Stamp,
) -> Result<()> {
    let cache = cx.shared::<Cache>()?;
    cache.keep_list(cx.tenant().id(), key(id), Arc::new(collection), stamp);
    Ok(())
}

/// How much was told so far: to be asked before a collection is read by something else than its id.
pub(crate) fn told(cx: &Cx) -> Result<u64> {
    Ok(cx.shared::<Cache>()?.told())
}

/// Remembers a collection, if nothing was told since `told`.
pub(crate) async fn keep_unless_told(cx: &Cx, collection: &Arc<Collection>, told: u64) -> Result<()> {
    let cache = cx.shared::<Cache>()?;
    let id = collection.row.id();
    let stamp = cache.collection_stamp(cx.tenant().id(), id.0);
    if cache.told() == told {
        keep(cx, id, Some(collection.clone()), stamp).await?;
    }
    Ok(())
}
