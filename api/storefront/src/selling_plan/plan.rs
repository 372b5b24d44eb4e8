//! Plans: what buyers agree to.

use std::sync::Arc;

use mcom_kit::{Cx, Error, Record, Registry};
use mcom_sales::selling_plans::{Adjustment, Interval, PlanDetails, PlanPlace, PriceAdjustment};
use mcom_schema::{Money, id::SellingPlanId};
use serde::Deserialize;

use super::Shelf;

/// A plan, by its place among those of its store.
pub struct Plan {
    pub(super) shelf: Shelf,
    pub(super) place: PlanPlace,
}

mcom_kit::record!(Plan as "SellingPlan" {
    "billingPolicy" => Plan::billing,
    "checkoutCharge" => Plan::checkout_charge,
    "deliveryPolicy" => Plan::delivery,
    "description" => Plan::description,
    "id" => Plan::id,
    "name" => Plan::name,
    "options" => Plan::options,
    "priceAdjustments" => Plan::adjustments,
    "recurringDeliveries" => Plan::recurs,
});

mcom_kit::connection!(PlanConnection, PlanEdge of Plan as "SellingPlanConnection" "SellingPlanEdge");

/// What a plan has for one of its group's options.
pub struct PlanOption {
    name: String,
    value: String,
}

mcom_kit::record!(PlanOption as "SellingPlanOption" { "name" = name, "value" = value });

/// What is paid at the checkout.
pub struct CheckoutCharge;

mcom_kit::record!(CheckoutCharge as "SellingPlanCheckoutCharge" {
    "type" => CheckoutCharge::kind,
    "value" => CheckoutCharge::value,
});

/// A share of the price.
pub struct ChargedShare {
    percentage: f64,
}

mcom_kit::record!(ChargedShare as "SellingPlanCheckoutChargePercentageValue" { "percentage" = percentage });

/// How often it is billed.
pub struct RecurringBilling {
    it: Interval,
}

mcom_kit::record!(RecurringBilling as "SellingPlanRecurringBillingPolicy" {
    "interval" => RecurringBilling::unit,
    "intervalCount" = it.count,
});

/// How often it is delivered.
pub struct RecurringDelivery {
    it: Interval,
}

mcom_kit::record!(RecurringDelivery as "SellingPlanRecurringDeliveryPolicy" {
    "interval" => RecurringDelivery::unit,
    "intervalCount" = it.count,
});

/// What a plan does to the price, and for how many orders.
pub struct PlanAdjustment {
    it: PriceAdjustment,
    shelf: Shelf,
}

mcom_kit::record!(PlanAdjustment as "SellingPlanPriceAdjustment" {
    "adjustmentValue" => PlanAdjustment::value,
    "orderCount" = it.orders,
});

/// An amount is taken off.
pub struct AmountOff {
    amount: Money,
}

mcom_kit::record!(AmountOff as "SellingPlanFixedAmountPriceAdjustment" { "adjustmentAmount" = amount });

/// The price is another one.
pub struct OtherPrice {
    price: Money,
}

mcom_kit::record!(OtherPrice as "SellingPlanFixedPriceAdjustment" { "price" = price });

/// A share is taken off.
pub struct ShareOff {
    percentage: f64,
}

mcom_kit::record!(ShareOff as "SellingPlanPercentagePriceAdjustment" { "adjustmentPercentage" = percentage });

#[derive(Deserialize)]
struct ById {
    id: String,
}

pub(super) fn register(registry: &mut Registry) {
    registry
        .record::<RecurringBilling>()
        .record::<RecurringDelivery>()
        .record::<ChargedShare>()
        .record::<AmountOff>()
        .record::<OtherPrice>()
        .record::<ShareOff>()
        .entity(entities);
}

async fn entities(cx: &Cx, keys: Vec<ById>) -> Result<Vec<Option<Arc<Plan>>>, Error> {
    let shelf = Shelf::of(cx).await?;
    let plan = |key: ById| {
        let place = shelf.plans.place(SellingPlanId::parse(&key.id)?)?;
        Some(Arc::new(Plan { shelf: shelf.clone(), place }))
    };
    Ok(keys.into_iter().map(plan).collect())
}

impl Plan {
    fn it(&self) -> &PlanDetails {
        &self.shelf.plans.groups()[self.place.group].details.plans[self.place.plan]
    }

    fn id(&self) -> String {
        self.shelf.plans.groups()[self.place.group].plans[self.place.plan].gid()
    }

    fn name(&self) -> &str {
        &self.it().name
    }

    fn description(&self) -> Option<&str> {
        self.it().description.as_deref()
    }

    fn options(&self) -> Vec<PlanOption> {
        let names = &self.shelf.plans.groups()[self.place.group].details.options;
        let option =
            |(name, value): (&String, &String)| PlanOption { name: name.clone(), value: value.clone() };
        names.iter().zip(&self.it().terms.options).map(option).collect()
    }

    fn billing(&self) -> Option<Arc<dyn Record>> {
        Some(Arc::new(RecurringBilling { it: self.it().terms.billing? }))
    }

    fn delivery(&self) -> Option<Arc<dyn Record>> {
        Some(Arc::new(RecurringDelivery { it: self.it().terms.delivery? }))
    }

    /// All of it is paid at the checkout, whatever is agreed.
    fn checkout_charge(&self) -> CheckoutCharge {
        CheckoutCharge
    }

    fn adjustments(&self) -> Vec<PlanAdjustment> {
        let adjustment = |it: &PriceAdjustment| PlanAdjustment { it: *it, shelf: self.shelf.clone() };
        self.it().terms.adjustments.iter().map(adjustment).collect()
    }

    fn recurs(&self) -> bool {
        self.it().terms.delivery.is_some()
    }
}

impl CheckoutCharge {
    fn kind(&self) -> &'static str {
        "PERCENTAGE"
    }

    fn value(&self) -> Arc<dyn Record> {
        Arc::new(ChargedShare { percentage: 100.0 })
    }
}

impl RecurringBilling {
    fn unit(&self) -> &'static str {
        self.it.unit.name()
    }
}

impl RecurringDelivery {
    fn unit(&self) -> &'static str {
        self.it.unit.name()
    }
}

impl PlanAdjustment {
    fn value(&self) -> Arc<dyn Record> {
        let exchange = &self.shelf.exchange;
        match self.it.value {
            Adjustment::Percentage { hundredths } => {
                Arc::new(ShareOff { percentage: hundredths as f64 / 100.0 })
            }
            Adjustment::Amount { minor } => {
                Arc::new(AmountOff { amount: Money::new(exchange.amount(minor), exchange.to) })
            }
            Adjustment::Price { minor } => {
                Arc::new(OtherPrice { price: Money::new(exchange.price(minor), exchange.to) })
            }
        }
    }
}
