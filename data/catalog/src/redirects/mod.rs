//! Redirects: where an address leads that is no longer anybody's own.

mod query;

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Utc};
use mcom_data::{
    Cx, Result, TenantConn, event,
    page::{Page, PageArgs},
};
use mcom_schema::{Refusal, Scope, event::Event, id::UrlRedirectId, refuse};
use serde_json::json;

pub use query::UrlRedirect;

/// Which redirects, in the order in which they were made.
#[derive(Debug, Clone)]
pub struct RedirectList {
    /// Away from this path.
    pub path: Option<String>,
    /// To this address.
    pub target: Option<String>,
    /// Which part of the list.
    pub page: PageArgs,
}

/// Where `path` leads; `None` if nowhere.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn resolve(cx: &Cx, path: &str) -> Result<Option<String>> {
    cx.read(async |db| query::target(db, path).await).await
}

/// One page of the redirects, for everybody to follow. Two statements.
///
/// # Errors
/// Refuses cursors of other lists; `Busy` or `Broken` if the database cannot be read.
pub async fn page(cx: &Cx, list: &RedirectList) -> Result<Page<Arc<UrlRedirect>>> {
    cx.read(async |db| query::page(db, list).await).await
}

/// The redirects with these ids, in their order.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn by_ids(cx: &Cx, ids: &[UrlRedirectId]) -> Result<Vec<Option<Arc<UrlRedirect>>>> {
    let wanted: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let found = cx.read(async |db| query::by_ids(db, &wanted).await).await?;
    let known: HashMap<i64, Arc<UrlRedirect>> = found.into_iter().map(|it| (it.id, Arc::new(it))).collect();
    Ok(wanted.iter().map(|id| known.get(id).cloned()).collect())
}

/// Every redirect, by path.
///
/// # Errors
/// `Forbidden` without `read_online_store_navigation`.
pub async fn all(cx: &Cx) -> Result<Vec<UrlRedirect>> {
    cx.require(Scope::ReadOnlineStoreNavigation)?;
    cx.read(async |db| query::all(db).await).await
}

/// Lets `path` lead to `target`; without one it leads nowhere any more.
///
/// # Errors
/// `Forbidden` without `write_online_store_navigation`; refuses what is no path or no address, and a path that leads to itself.
pub async fn set(cx: &Cx, path: &str, target: Option<&str>) -> Result<()> {
    cx.require(Scope::WriteOnlineStoreNavigation)?;
    check(path, target)?;
    cx.write("url_redirect_set", async |db| {
        match target {
            Some(target) => query::put(db, path, target, cx.now()).await?,
            None => query::remove(db, path).await?,
        }
        let payload = json!({ "path": path, "target": target });
        let store = db.tenant_id();
        event::emit(cx, db, Event::new("url_redirects/update", "shop", store, &payload)).await?;
        Ok(())
    })
    .await
}

/// Looks at both ends of a redirect.
///
/// # Errors
/// Refuses what [`set`] refuses.
pub fn check(path: &str, target: Option<&str>) -> Result<(), Refusal> {
    let is_clean = |text: &str| text.len() <= 1024 && !text.contains(char::is_whitespace);
    if !(path.starts_with('/') && path.len() > 1 && is_clean(path)) {
        return Err(refuse("path", "INVALID", "Path begins with a slash and has no spaces"));
    }
    let Some(target) = target else { return Ok(()) };
    let leads = ["/", "http://", "https://"].iter().any(|start| target.starts_with(start));
    if !(leads && is_clean(target)) {
        return Err(refuse("target", "INVALID", "Target is an address or a path of the store"));
    }
    if target == path {
        return Err(refuse("target", "INVALID", "Target can't be the path itself"));
    }
    Ok(())
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

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn a_path_leads_somewhere_else() {
        assert!(check("/old", Some("/new")).is_ok());
        assert!(check("/old", Some("https://example.com/new")).is_ok());
        assert!(check("/old", None).is_ok());
        for (path, target) in
            [("old", "/new"), ("/", "/new"), ("/a b", "/c"), ("/old", "new"), ("/old", "/old")]
        {
            assert!(check(path, Some(target)).is_err(), "{path} {target}");
        }
    }
}
