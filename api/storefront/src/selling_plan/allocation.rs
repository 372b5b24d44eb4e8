//! What a variant costs by a plan.

use std::sync::Arc;

use mcom_kit::{Error, connection::Paging, slice};
use mcom_sales::selling_plans::{PlanPlace, PlanPrice};
use mcom_schema::Money;

use super::{Shelf, plan::Plan};

/// A variant sold by a plan.
pub struct Allocation {
    plan: Arc<Plan>,
    /// What it costs at first.
    first: PlanPrice,
    prices: Vec<PlanPrice>,
}

mcom_kit::record!(Allocation as "SellingPlanAllocation" {
    "checkoutChargeAmount" = first.price,
    "priceAdjustments" => Allocation::adjustments,
    "remainingBalanceChargeAmount" => Allocation::remaining,
    "sellingPlan" = plan,
});

mcom_kit::connection!(
    AllocationConnection, AllocationEdge of Allocation as "SellingPlanAllocationConnection" "SellingPlanAllocationEdge"
);

/// What a piece costs as long as one of the plan's adjustments counts.
pub struct AdjustedPrice {
    it: PlanPrice,
}

mcom_kit::record!(AdjustedPrice as "SellingPlanAllocationPriceAdjustment" {
    "compareAtPrice" = it.compare_at,
    "perDeliveryPrice" = it.per_delivery,
    "price" = it.price,
});

impl Allocation {
    /// A page of what a variant that usually costs `unit` costs by these plans.
    pub(super) fn page(
        shelf: &Shelf,
        (places, unit): (Vec<PlanPlace>, Money),
        paging: &Paging,
    ) -> Result<AllocationConnection, Error> {
        let mut allocations = Vec::with_capacity(places.len());
        for (index, place) in places.into_iter().enumerate() {
            let Some((_, plan)) = shelf.plans.at(place) else { continue };
            let prices = plan.terms.prices(unit, &shelf.exchange)?;
            let Some(first) = prices.first().copied() else { continue };
            let plan = Arc::new(Plan { shelf: shelf.clone(), place });
            allocations.push((slice::ordinal(index), 0, Arc::new(Allocation { plan, first, prices })));
        }
        Ok(AllocationConnection::of(slice::page_of(allocations, "POSITION", &paging.page()?)?))
    }

    /// All of it is paid at the checkout.
    fn remaining(&self) -> Money {
        Money::zero(self.first.price.currency)
    }

    fn adjustments(&self) -> Vec<AdjustedPrice> {
        self.prices.iter().map(|it| AdjustedPrice { it: *it }).collect()
    }
}
