//! Redirects from addresses that are no longer used.

use std::sync::Arc;

use mcom_catalog::redirects::{self, RedirectList, UrlRedirect};
use mcom_kit::{Cx, Error, Registry, connection::Paging};
use mcom_schema::{id::UrlRedirectId, refuse};
use mcom_search::syntax::{self, Query};
use serde::Deserialize;

/// A redirect.
pub struct Redirect {
    it: Arc<UrlRedirect>,
    id: String,
}

mcom_kit::record!(Redirect as "UrlRedirect" { "id" = id, "path" = it.path, "target" = it.target });

mcom_kit::connection!(RedirectConnection, RedirectEdge of Redirect as "UrlRedirectConnection" "UrlRedirectEdge");

#[derive(Deserialize)]
struct ListArgs {
    #[serde(flatten)]
    paging: Paging,
    query: Option<String>,
}

pub(super) fn register(registry: &mut Registry) {
    registry.query("urlRedirects", list);
}

async fn list(cx: &Cx, args: ListArgs) -> Result<RedirectConnection, Error> {
    let mut list = RedirectList { path: None, target: None, page: args.paging.page()? };
    if let Some(text) = args.query.as_deref().filter(|text| !text.trim().is_empty()) {
        let query = syntax::parse(text).map_err(|error| refuse("query", "INVALID", error.to_string()))?;
        cx.remark(query.remark("url_redirects", text, &["path", "target"], |_| true));
        // Storefronts look up one address; all that is named has to hold.
        for term in conditions(&query) {
            match term.key.as_deref() {
                None | Some("path") => list.path = Some(term.value.text.clone()),
                Some("target") => list.target = Some(term.value.text.clone()),
                Some(_) => {}
            }
        }
    }
    Ok(RedirectConnection::of(redirects::page(cx, &list).await?.map(Redirect::of)))
}

fn conditions(query: &Query) -> Vec<&syntax::Term> {
    let parts = if let Query::All(parts) = query { parts.as_slice() } else { std::slice::from_ref(query) };
    parts.iter().filter_map(|part| if let Query::Term(term) = part { Some(term) } else { None }).collect()
}

/// The redirects with these ids, in their order.
pub(crate) async fn by_ids(cx: &Cx, ids: &[UrlRedirectId]) -> Result<Vec<Option<Arc<Redirect>>>, Error> {
    Ok(redirects::by_ids(cx, ids).await?.into_iter().map(|found| found.map(Redirect::of)).collect())
}

impl Redirect {
    fn of(it: Arc<UrlRedirect>) -> Arc<Self> {
        Arc::new(Redirect { id: UrlRedirectId(it.id).gid(), it })
    }
}
