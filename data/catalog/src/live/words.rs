//! The words that published products carry: tags and types, each once.

use std::sync::Arc;

use mcom_data::{Cx, Result};

use super::{Follows, query, remembered};

/// The tags of published products in alphabetical order, `limit` at most. One statement, none if they are remembered.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn tags(cx: &Cx, limit: i64) -> Result<Arc<Vec<String>>> {
    remembered(
        cx,
        Follows::Listing,
        format!("tags {limit}"),
        cx.read(async |db| query::tags(db, limit).await),
    )
    .await
}

/// The types of published products in alphabetical order, `limit` at most. One statement, none if they are remembered.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn types(cx: &Cx, limit: i64) -> Result<Arc<Vec<String>>> {
    remembered(
        cx,
        Follows::Listing,
        format!("types {limit}"),
        cx.read(async |db| query::types(db, limit).await),
    )
    .await
}
