//! Settings: what a merchant decides once for the whole store.

mod query;
mod row;

use std::sync::Arc;

use mcom_data::{Change, Changes, Cx, Error, Result};

use crate::fresh::Fresh;

pub use row::{Settings, WeightUnit};

/// The settings of the context's store, from memory if they are known. Not inside `cx.write`: a cold cache would take a second connection.
///
/// # Errors
/// `NotFound` for a store that was never provisioned.
pub async fn get(cx: &Cx) -> Result<Arc<Settings>> {
    let cache = cx.shared::<SettingsCache>()?;
    let load = cx.read(async |db| query::get(db).await?.ok_or(Error::NotFound("shop")));
    cache.0.get(cx.tenant().id().get(), async { Ok(Arc::new(load.await?)) }).await
}

/// Settings by store.
pub struct SettingsCache(Fresh<i64, Arc<Settings>>);

impl SettingsCache {
    /// An empty cache that forgets a store when its settings change.
    pub(crate) fn new(changes: &Changes) -> Self {
        let cache = Fresh::new(10_000);
        let heard = cache.clone();
        changes.listen(move |told| match told.change {
            Change::Store => heard.forget(&told.tenant),
            Change::Everything => heard.forget_all(),
            _ => {}
        });
        SettingsCache(cache)
    }
}
