//! Carts without their buyer: what is in them, without what tells who means to buy it.

use mcom_data::{Cx, Result};

use super::{CartChange, CartId, Prices, change, changed, missing, query, query::Stored};
use crate::terms::Terms;

/// Makes another cart with the same in it, of nobody in particular.
///
/// # Errors
/// `Busy` or `Broken`; that there is no such cart is told in [`CartChange::refusals`].
pub async fn copy(cx: &Cx, id: &str) -> Result<CartChange> {
    let Some(id) = CartId::parse(id) else { return Ok(missing()) };
    let (terms, now) = (Terms::of(cx).await?, cx.now());
    cx.write_quietly(async |db| {
        let found = query::find(db, &id).await?.filter(|stored| stored.id.key.is_some());
        let Some(Stored { mut document, .. }) = found else { return Ok(missing()) };
        document.forget_buyer();
        let id = CartId::random(&*cx.services().entropy);
        let stored = Stored::new(id, document, now);
        query::insert(db, &stored).await?;
        let prices = Prices::load(db, &terms, &stored.document, &[]).await?;
        changed(&stored, &prices, vec![])
    })
    .await
}

/// Forgets who the buyer of a cart is.
///
/// # Errors
/// As [`copy`].
pub async fn forget_buyer(cx: &Cx, id: &str) -> Result<CartChange> {
    change(cx, id, &[], |draft, _| {
        draft.document.forget_buyer();
        Ok(())
    })
    .await
}
