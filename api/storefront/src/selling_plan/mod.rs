//! In which other ways products are sold than once and at once, and what variants then cost.

mod allocation;
mod group;
mod plan;

use std::sync::Arc;

use mcom_kit::{Args, Cx, Error, Registry, connection::Paging};
use mcom_sales::selling_plans::{self, SellingPlans};
use mcom_schema::Exchange;
use mcom_store::markets::Localization;

use crate::product::{Product, Variant};
use allocation::{Allocation, AllocationConnection};
use group::{Group, GroupConnection};

/// The plans of a store as the buyer sees them.
#[derive(Clone)]
struct Shelf {
    plans: Arc<SellingPlans>,
    /// From the store's currency to that of the buyer's market.
    exchange: Exchange,
}

impl Shelf {
    async fn of(cx: &Cx) -> Result<Shelf, Error> {
        let plans = selling_plans::all(cx).await?;
        Ok(Shelf { plans, exchange: Localization::of(cx).await?.market.exchange })
    }
}

pub(crate) fn register(registry: &mut Registry) {
    registry.on::<Product>().load("requiresSellingPlan", is_required).load("sellingPlanGroups", groups);
    registry.on::<Variant>().load("sellingPlanAllocations", allocations);
    group::register(registry);
    plan::register(registry);
}

async fn is_required(cx: &Cx, product: &Product, _: Args) -> Result<bool, Error> {
    Ok(selling_plans::all(cx).await?.is_required(product.number()))
}

async fn groups(cx: &Cx, product: &Product, paging: Paging) -> Result<GroupConnection, Error> {
    let shelf = Shelf::of(cx).await?;
    let groups = shelf.plans.groups_of(product.number(), product.variant_ids());
    Group::page(&shelf, groups, &paging)
}

async fn allocations(cx: &Cx, variant: &Variant, paging: Paging) -> Result<AllocationConnection, Error> {
    let shelf = Shelf::of(cx).await?;
    let places = shelf.plans.plans_of(variant.product_number(), variant.number());
    Allocation::page(&shelf, (places, variant.price()), &paging)
}
