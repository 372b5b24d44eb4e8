//! What else somebody may like who looks at a product.

use std::sync::Arc;

use mcom_data::{Cx, Result};
use mcom_schema::id::ProductId;

use super::{Follows, LiveProduct, by_ids, moment, query, remembered};

/// So many are recommended.
const MOST: i64 = 10;

/// Published products for whoever looks at this one: first those that are bought together with it, then those that are most like it,
/// by the collections that they share, by type and by maker, then what sells best. At most three statements, none for what is
/// remembered.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn related(cx: &Cx, product: ProductId) -> Result<Vec<Arc<LiveProduct>>> {
    let read = cx.read(async |db| query::related(db, product.0, MOST).await);
    found(cx, format!("related to {product} {}", moment(cx)), read).await
}

/// Published products for whoever has this one: first those that are bought together with it, those in most orders before others, then
/// those of other types in its collections, then what sells best. At most three statements, none for what is remembered.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn complementary(cx: &Cx, product: ProductId) -> Result<Vec<Arc<LiveProduct>>> {
    let read = cx.read(async |db| query::complementary(db, product.0, MOST).await);
    found(cx, format!("complementary to {product} {}", moment(cx)), read).await
}

async fn found(
    cx: &Cx,
    key: String,
    read: impl Future<Output = Result<Vec<ProductId>>>,
) -> Result<Vec<Arc<LiveProduct>>> {
    let ids = remembered(cx, Follows::Listing, key, read).await?;
    Ok(by_ids(cx, &ids).await?.into_iter().flatten().collect())
}
