//! The plan by which a line is bought, and what it then costs.

use mcom_sales::{carts::LinePlan, selling_plans::PlanPrice};
use mcom_schema::Money;

/// A line that is bought by a plan.
pub struct Allocation {
    plan: Plan,
    /// What a piece costs at first.
    first: Money,
    prices: Vec<PlanPrice>,
}

mcom_kit::record!(Allocation as "SellingPlanAllocation" {
    "checkoutChargeAmount" = first,
    "priceAdjustments" => Allocation::adjustments,
    "remainingBalanceChargeAmount" => Allocation::remaining,
    "sellingPlan" = plan,
});

/// A plan; the storefront tells the rest.
pub struct Plan {
    id: String,
}

mcom_kit::record!(Plan as "SellingPlan" { "id" = id });

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
    /// A line of pieces that cost `first` each.
    pub(super) fn of(plan: &LinePlan, first: Money) -> Self {
        Allocation { plan: Plan { id: plan.id.gid() }, first, prices: plan.prices.clone() }
    }

    fn adjustments(&self) -> Vec<AdjustedPrice> {
        self.prices.iter().map(|it| AdjustedPrice { it: *it }).collect()
    }

    /// All of it is paid at the checkout.
    fn remaining(&self) -> Money {
        Money::zero(self.first.currency)
    }
}
