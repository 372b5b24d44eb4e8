//! Policies: the store's terms, one text of each kind.

mod query;
mod row;

use std::sync::Arc;

use mcom_data::{Cx, Result};
use mcom_schema::{Scope, refuse};
use serde_json::json;

use crate::{content, translations};

pub use row::{PolicyKind, PolicyRow};

/// All policies of the store, for everybody to read. One statement, none if they are remembered.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn all(cx: &Cx) -> Result<Vec<Arc<PolicyRow>>> {
    let read = async {
        let rows = cx.read(async |db| query::all(db).await).await?;
        Ok(rows.into_iter().map(Arc::new).collect())
    };
    let all: Arc<Vec<Arc<PolicyRow>>> = content::remembered(cx, "policies".to_owned(), read).await?;
    translations::translated(cx, (*all).clone()).await
}

/// Sets the text of a policy; without one there is no such policy any more.
///
/// # Errors
/// `Forbidden` without `write_legal_policies`; refuses blank texts and those that are too long.
pub async fn set(cx: &Cx, kind: PolicyKind, body: Option<&str>) -> Result<()> {
    cx.require(Scope::WriteLegalPolicies)?;
    let body = body.map(content::body).transpose()?;
    if body.as_deref().is_some_and(|body| body.trim().is_empty()) {
        return Err(refuse("body", "BLANK", "Body can't be blank").into());
    }
    cx.write("shop_policy_update", async |db| {
        match &body {
            Some(body) => query::put(db, kind, body, cx.now()).await?,
            None => query::delete(db, kind).await?,
        }
        let about = ("shop", db.tenant_id());
        content::told(cx, db, "shop_policies/update", about, &json!({ "type": kind.name() })).await
    })
    .await
}
