//! Discounts: what a store takes off its prices, by itself or for whoever knows a code, and who has had it.

mod applied;
mod best;
mod buy_get;
mod change;
mod deals;
mod details;
mod exchange;
mod judge;
mod query;
mod row;
mod take;
mod terms;
mod uses;

use std::sync::Arc;

use mcom_data::{Change, Changes, Cx, Result};
use mcom_schema::Scope;
use mcom_store::Fresh;

pub use applied::{AppliedDiscount, DiscountPart};
pub(crate) use best::best;
pub use change::{create, delete, update};
pub(crate) use deals::Deals;
pub use details::DiscountDetails;
pub(crate) use judge::Goods;
pub use judge::Obstacle;
pub use row::Discount;
pub(crate) use take::{off_goods, off_shipping};
pub use terms::{
    CombinesWith, DiscountClass, DiscountEffect, DiscountItems, DiscountMinimum, DiscountTerms, DiscountValue,
};
pub(crate) use uses::{Buyer, give_back, hold};

/// Every discount, codes before those that apply by themselves, oldest first.
///
/// # Errors
/// `Forbidden` without `read_discounts`.
pub async fn all(cx: &Cx) -> Result<Vec<Discount>> {
    cx.require(Scope::ReadDiscounts)?;
    cx.read(async |db| query::all(db).await).await
}

/// Those that apply by themselves, now, later or before, from memory if they are known. Not inside `cx.write`: a cold cache would
/// take a second connection.
pub(crate) async fn automatic(cx: &Cx) -> Result<Arc<[Discount]>> {
    let cache = cx.shared::<DiscountCache>()?;
    let load = || async { Ok(cx.read(async |db| query::automatic(db).await).await?.into()) };
    cache.0.get(cx, (), load).await
}

/// Discounts without a code, by store. Codes are looked up when a buyer gives them: how often they were used decides, to the order.
pub struct DiscountCache(Arc<Fresh<(), Arc<[Discount]>>>);

impl DiscountCache {
    /// An empty cache that forgets a store when its terms change.
    pub(crate) fn new(changes: &Changes) -> Self {
        let cache = Arc::new(Fresh::new(10_000));
        let heard = cache.clone();
        changes.listen(move |told| match told.change {
            Change::Store => heard.forget(told.tenant),
            Change::Everything => heard.forget_all(),
            _ => {}
        });
        DiscountCache(cache)
    }
}
