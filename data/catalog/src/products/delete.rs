//! Deleting a product.

use mcom_data::{Change, Cx, Result, event};
use mcom_schema::{Scope, event::Event, id::ProductId};
use serde_json::json;

use super::query;

/// Deletes a product with its variants, images and stock. Orders keep what was bought.
///
/// # Errors
/// `NotFound`, `Forbidden` without `write_products`.
pub async fn delete(cx: &Cx, id: ProductId) -> Result<ProductId> {
    cx.require(Scope::WriteProducts)?;
    cx.write("product_delete", async |db| {
        let row = query::lock(db, id.0).await?;
        query::delete(db, id.0).await?;
        let payload = json!({ "id": id, "handle": row.handle });
        event::emit(cx, db, Event::new("products/delete", "product", id.0, &payload)).await?;
        db.changed(Change::Product(id.0));
        Ok(id)
    })
    .await
}
