//! Writing files. What is shown with a product is part of its document, which is made anew in the same transaction.

use std::collections::BTreeSet;

use mcom_data::{Change, Cx, Result, TenantConn, event};
use mcom_schema::{
    Scope,
    event::Event,
    id::{FileId, ProductId},
};
use serde_json::json;

use super::{FileInput, query};
use crate::products::{self, Settled};

/// Makes the file with this handle what `input` says; answers with its number.
///
/// # Errors
/// `Forbidden` without `write_content`, or without `write_products` if it is shown with a product; `NotFound` if there is no such
/// product; refuses what [`FileInput::checked`] does.
pub async fn put(cx: &Cx, input: &FileInput) -> Result<FileId> {
    cx.require(Scope::WriteContent)?;
    let values = input.checked()?;
    cx.write("file_put", async |db| {
        let before = match &values.handle {
            Some(handle) => query::by_handle(db, handle).await?.and_then(|file| file.shown),
            None => None,
        };
        let products = [before, input.shown].into_iter().flatten().map(|(product, _)| product).collect();
        lock(cx, db, &products).await?;
        let id = query::put(db, &values, cx.now()).await?;
        let payload = json!({ "id": id, "handle": values.handle });
        event::emit(cx, db, Event::new("files/update", "file", id, &payload)).await?;
        show(cx, db, &products).await?;
        Ok(FileId(id))
    })
    .await
}

/// Deletes a file.
///
/// # Errors
/// `NotFound`; `Forbidden` without `write_content`, or without `write_products` if it is shown with a product.
pub async fn delete(cx: &Cx, id: FileId) -> Result<()> {
    cx.require(Scope::WriteContent)?;
    cx.write("file_delete", async |db| {
        let shown = query::by_ids(db, &[id.0]).await?.pop().and_then(|file| file.shown);
        let products = shown.into_iter().map(|(product, _)| product).collect();
        lock(cx, db, &products).await?;
        query::delete(db, id.0).await?;
        event::emit(cx, db, Event::new("files/delete", "file", id.0, &json!({ "id": id }))).await?;
        show(cx, db, &products).await
    })
    .await
}

/// Locks products in the order of their ids, as everybody does who takes several.
async fn lock(cx: &Cx, db: &mut TenantConn, ids: &BTreeSet<ProductId>) -> Result<()> {
    for id in ids {
        cx.require(Scope::WriteProducts)?;
        products::query::lock(db, id.0).await?;
    }
    Ok(())
}

/// Brings products up to date, and tells of the change.
async fn show(cx: &Cx, db: &mut TenantConn, ids: &BTreeSet<ProductId>) -> Result<()> {
    for id in ids {
        products::settle(cx, db, id.0, Settled::Updated).await?;
    }
    db.changed(Change::Content);
    Ok(())
}
