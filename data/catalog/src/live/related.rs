//! What else somebody may like who looks at a product.

use std::sync::Arc;

use mcom_data::{Cx, Result};
use mcom_schema::id::ProductId;

use super::{Follows, LiveProduct, by_ids, query, remembered};

/// So many are recommended.
const MOST: i64 = 10;

/// Published products like this one, the most alike first: those that share the most collections with it, or its type. At
/// most three statements, none for what is remembered.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn related(cx: &Cx, product: ProductId) -> Result<Vec<Arc<LiveProduct>>> {
    let read = cx.read(async |db| query::related(db, product.0, MOST).await);
    let ids = remembered(cx, Follows::Listing, format!("related to {product}"), read).await?;
    Ok(by_ids(cx, &ids).await?.into_iter().flatten().collect())
}
