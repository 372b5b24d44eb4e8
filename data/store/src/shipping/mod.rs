//! Shipping: the rates a store charges, and which of them apply to a parcel.

mod query;
mod rule;

use std::sync::Arc;

use mcom_data::{Change, Changes, Cx, Result};

use crate::{fresh::Fresh, settings};

pub use rule::{ShippingRate, applicable};

/// The rates for goods worth `subtotal_minor` sent to `country` (ISO 3166-1 alpha-2), in the merchant's order; empty if
/// the store does not ship there. Not inside `cx.write`: a cold cache would take a second connection.
///
/// # Errors
/// Those of reading the settings and the rates.
pub async fn rates(cx: &Cx, country: &str, subtotal_minor: i64) -> Result<Vec<ShippingRate>> {
    if !settings::get(cx).await?.ships_to(country) {
        return Ok(vec![]);
    }
    Ok(applicable(&all(cx).await?, country, subtotal_minor))
}

/// Every rate of the store, in the merchant's order, from memory if they are known.
///
/// # Errors
/// `Broken` if they cannot be read.
pub async fn all(cx: &Cx) -> Result<Arc<[ShippingRate]>> {
    let cache = cx.shared::<RatesCache>()?;
    let load = || async { Ok(cx.read(async |db| query::all(db).await).await?.into()) };
    cache.0.get(cx, (), load).await
}

/// Rates by store.
pub struct RatesCache(Arc<Fresh<(), Arc<[ShippingRate]>>>);

impl RatesCache {
    /// An empty cache that forgets a store when its settings change.
    pub(crate) fn new(changes: &Changes) -> Self {
        let cache = Arc::new(Fresh::new(10_000));
        let heard = cache.clone();
        changes.listen(move |told| match told.change {
            Change::Store => heard.forget(told.tenant),
            Change::Everything => heard.forget_all(),
            _ => {}
        });
        RatesCache(cache)
    }
}
