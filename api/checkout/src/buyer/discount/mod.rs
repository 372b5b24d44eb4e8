//! What discounts take off carts and orders, in the words of the contract.

mod cart;
mod order;

use std::sync::Arc;

use mcom_kit::{Record, Registry};
use mcom_sales::discounts::{AppliedDiscount, DiscountClass, DiscountValue};
use mcom_schema::{Currency, Money};

pub(super) use cart::{applications, of_cart, of_part};
pub(super) use order::{ApplicationConnection, OrderAllocation, applications_of, off_place};

/// One discount among those that apply to a cart or an order.
#[derive(Clone)]
pub(super) struct Face {
    all: Arc<[AppliedDiscount]>,
    place: usize,
    currency: Currency,
}

/// A share of the price.
pub struct PricingPercentageValue {
    percentage: f64,
}

mcom_kit::record!(PricingPercentageValue as "PricingPercentageValue" { "percentage" = percentage });

pub(super) fn register(registry: &mut Registry) {
    registry.record::<PricingPercentageValue>().record::<Money>();
    cart::register(registry);
    order::register(registry);
}

impl Face {
    fn each(all: &Arc<[AppliedDiscount]>, currency: Currency) -> impl Iterator<Item = Face> {
        (0..all.len()).map(move |place| Face { all: all.clone(), place, currency })
    }

    fn it(&self) -> &AppliedDiscount {
        &self.all[self.place]
    }

    fn is_of(&self, class: DiscountClass) -> bool {
        self.it().class == class
    }

    fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.currency)
    }

    fn total(&self) -> Money {
        self.money(self.it().total_minor())
    }

    fn code(&self) -> &str {
        self.it().code.as_deref().unwrap_or_default()
    }

    fn title(&self) -> &str {
        &self.it().title
    }

    fn method(&self) -> &'static str {
        match self.it() {
            it if it.picked => "ONE",
            it if it.each => "EACH",
            _ => "ACROSS",
        }
    }

    fn selection(&self) -> &'static str {
        match self.it() {
            it if it.picked => "EXPLICIT",
            it if it.class == DiscountClass::Product => "ENTITLED",
            _ => "ALL",
        }
    }

    fn target(&self) -> &'static str {
        if self.is_of(DiscountClass::Shipping) { "SHIPPING_LINE" } else { "LINE_ITEM" }
    }

    fn value(&self) -> Arc<dyn Record> {
        match self.it().value {
            DiscountValue::Amount { minor } => Arc::new(self.money(minor)),
            // Whole hundredths of a percent: exact in a double as far as they are printed.
            DiscountValue::Percentage { hundredths } => {
                Arc::new(PricingPercentageValue { percentage: hundredths as f64 / 100.0 })
            }
        }
    }
}
