//! Selling plans: ways in which goods are sold other than once and at once, as subscriptions, and what a piece then costs.

mod change;
mod details;
mod price;
mod query;
mod shelf;
mod terms;

use std::sync::Arc;

use mcom_data::{Change, Changes, Cx, Result};
use mcom_store::Fresh;

pub use change::{delete, put};
pub use details::{GroupDetails, PlanDetails};
pub use price::PlanPrice;
pub use shelf::{PlanPlace, SellingPlanGroup, SellingPlans};
pub use terms::{Adjustment, Interval, IntervalUnit, PlanTerms, PriceAdjustment};

/// Every plan of the store and what is sold by it, from memory if it is known. Not inside `cx.write`: a cold cache would take a second
/// connection.
///
/// # Errors
/// `Busy` or `Broken` if they cannot be read.
pub async fn all(cx: &Cx) -> Result<Arc<SellingPlans>> {
    let cache = cx.shared::<PlanCache>()?;
    let load = || async { Ok(Arc::new(SellingPlans::of(cx.read(async |db| query::all(db).await).await?))) };
    cache.0.get(cx, (), load).await
}

/// Selling plans by store.
pub struct PlanCache(Arc<Fresh<(), Arc<SellingPlans>>>);

impl PlanCache {
    /// An empty cache that forgets a store when its terms change.
    pub(crate) fn new(changes: &Changes) -> Self {
        let cache = Arc::new(Fresh::new(10_000));
        let heard = cache.clone();
        changes.listen(move |told| match told.change {
            Change::Store => heard.forget(told.tenant),
            Change::Everything => heard.forget_all(),
            _ => {}
        });
        PlanCache(cache)
    }
}
