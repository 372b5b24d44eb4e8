//! Changing a product.

use mcom_data::{Cx, Error, Result};
use mcom_schema::{Scope, id::ProductId};

use super::{CreateMediaInput, NewShown, ProductInput, Settled, query, rule, settle};
use crate::{collections, redirects};

/// Changes what `input` mentions and adds `media` after what is shown already. Two changes of one product happen one after the other.
///
/// # Errors
/// `NotFound`, `Forbidden` without `write_products`; refuses blank titles, taken handles, and what the contract does not allow.
pub async fn update(
    cx: &Cx,
    id: ProductId,
    input: &ProductInput,
    media: &[CreateMediaInput],
) -> Result<ProductId> {
    cx.require(Scope::WriteProducts)?;
    let now = cx.now();
    let media = NewShown::read(media)?;
    cx.write("product_update", async |db| {
        let before = query::lock(db, id.0).await?;
        let values = rule::values(input, Some(&before), now).map_err(Error::Refused)?;
        query::update(db, id.0, &values).await?;
        if values.handle != before.handle && input.redirect_new_handle == Some(true) {
            let path = |handle: &str| format!("/products/{handle}");
            redirects::moved(db, &path(&before.handle), &path(&values.handle), now).await?;
        }
        media.add(db, id.0, now).await?;
        collections::join(db, id.0, &input.collections_to_join).await?;
        collections::leave(db, id.0, &input.collections_to_leave).await?;
        settle(cx, db, id.0, Settled::Updated).await?;
        Ok(id)
    })
    .await
}
