//! Redirects: where an address leads that is no longer anybody's own.

mod query;

use chrono::{DateTime, Utc};
use mcom_data::{Cx, Result, TenantConn};

/// Where `path` leads; `None` if nowhere.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn resolve(cx: &Cx, path: &str) -> Result<Option<String>> {
    cx.read(async |db| query::target(db, path).await).await
}

/// What was at `from` is at `to` now. Older redirects to `from` follow, and there is none away from `to` any more.
///
/// # Errors
/// `Broken` if the database cannot be written.
pub(crate) async fn moved(db: &mut TenantConn, from: &str, to: &str, now: DateTime<Utc>) -> Result<()> {
    query::remove(db, to).await?;
    query::retarget(db, from, to).await?;
    query::put(db, from, to, now).await
}
