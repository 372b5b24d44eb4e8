//! What follows every change of a product, in the same transaction: its version, its collections by rule, its document and its event.

use mcom_data::{Change, Cx, Error, Result, TenantConn, event};
use mcom_schema::event::Event;
use serde_json::json;

use super::{Product, query};
use crate::{collections, files, live, variants};

/// What was done to the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Settled {
    /// It was made.
    Created,
    /// It, its variants or its publications changed.
    Updated,
}

impl Settled {
    fn topic(self) -> &'static str {
        match self {
            Settled::Created => "products/create",
            Settled::Updated => "products/update",
        }
    }
}

/// Brings everything that is derived from a product up to its present state. Its row is locked, or was made, by the caller.
pub(crate) async fn settle(cx: &Cx, db: &mut TenantConn, id: i64, how: Settled) -> Result<()> {
    let version = query::touch(db, id, cx.now()).await?;
    let (mut derived, moved) = derive(db, &[id]).await?;
    let product = derived.pop().ok_or(Error::NotFound("product"))?;
    let payload = json!({
        "id": id,
        "handle": product.row.handle,
        "title": product.row.title,
        "status": product.row.status,
        "version": version,
    });
    event::emit(cx, db, Event::new(how.topic(), "product", id, &payload)).await?;
    db.changed(if moved { Change::Product(id) } else { Change::Prose(id) });
    Ok(())
}

/// Puts products into their collections by rule and writes their documents. Answers with them, and whether lists may be others than before.
pub(crate) async fn derive(db: &mut TenantConn, ids: &[i64]) -> Result<(Vec<Product>, bool)> {
    let products = query::details(db, ids).await?;
    let variants = variants::query::of_products(db, ids).await?;
    let items = variants::query::items(db, ids).await?;
    let files = files::query::of_products(db, ids).await?;
    collections::keep_true(db, &products, &variants).await?;
    let moved = live::project(db, &products, &variants, &items, &files).await?;
    Ok((products, moved))
}
