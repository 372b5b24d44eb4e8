//! Which product an option or one of its values belongs to.

use std::collections::HashMap;

use mcom_data::{Cx, Result};
use mcom_schema::id::{ProductId, ProductOptionId, ProductOptionValueId};

use super::query;

/// The products that these options belong to, in their order. One statement. Whether a product is published is not asked.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn of_options(cx: &Cx, ids: &[ProductOptionId]) -> Result<Vec<Option<ProductId>>> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let found = cx.read(async |db| query::of_options(db, &ids).await).await?;
    Ok(in_order(&ids, found))
}

/// The products that these values belong to, in their order. One statement. Whether a product is published is not asked.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn of_option_values(cx: &Cx, ids: &[ProductOptionValueId]) -> Result<Vec<Option<ProductId>>> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let found = cx.read(async |db| query::of_option_values(db, &ids).await).await?;
    Ok(in_order(&ids, found))
}

fn in_order(ids: &[i64], found: Vec<(i64, i64)>) -> Vec<Option<ProductId>> {
    let found: HashMap<i64, i64> = found.into_iter().collect();
    ids.iter().map(|id| found.get(id).copied().map(ProductId)).collect()
}
