//! Orders as those see them who placed them.

mod fulfillment;
mod line;

use std::sync::Arc;

use mcom_kit::{Args, Cx, Error, Registry, connection::Paging};
use mcom_sales::orders::{self, AttemptOf, OrderAddress, OriginOf, TaxesOf};
use mcom_schema::Money;

use super::{
    address::MailingAddress,
    attribute::{self, Attribute},
    cart::ById,
    discount::{self, ApplicationConnection, OrderAllocation},
};

/// An order.
pub struct Order {
    it: orders::Order,
}

mcom_kit::record!(Order as "Order" {
    "billingAddress" => Order::billing_address,
    "cancelReason" = it.cancel_reason,
    "canceledAt" = it.cancelled_at,
    "currencyCode" = it.total.currency,
    "currentSubtotalPrice" => Order::current_subtotal,
    "currentTotalDuties" => Order::no_duties,
    "currentTotalPrice" => Order::current_total,
    "currentTotalShippingPrice" => Order::current_shipping,
    "customAttributes" => Order::attributes,
    "email" = it.email,
    "financialStatus" = it.financial_status,
    "fulfillmentStatus" = it.fulfillment_status,
    "id" => Order::id,
    "name" = it.name,
    "orderNumber" = it.number,
    "originalTotalDuties" => Order::no_duties,
    "originalTotalPrice" = it.total,
    "phone" = it.phone,
    "processedAt" = it.processed_at,
    "shippingAddress" => Order::shipping_address,
    "shippingDiscountAllocations" => Order::shipping_discounts,
    "subtotalPrice" => Order::subtotal,
    "subtotalPriceV2" => Order::subtotal,
    "totalPrice" = it.total,
    "totalPriceV2" = it.total,
    "totalRefunded" = it.refunded,
    "totalRefundedV2" = it.refunded,
    "totalShippingPrice" = it.shipping,
    "totalShippingPriceV2" = it.shipping,
});

pub(super) fn register(registry: &mut Registry) {
    registry.entity(entities);
    registry
        .on::<Order>()
        .field("discountApplications", discounts)
        .load("currentTotalTax", current_tax)
        .load("customerLocale", customer_locale)
        .load("customerUrl", customer_url)
        .load("statusUrl", status_url)
        .load("totalTax", tax)
        .load("totalTaxV2", tax);
    fulfillment::register(registry);
    line::register(registry);
}

fn discounts(_: &Cx, order: &Order, paging: &Paging) -> Result<ApplicationConnection, Error> {
    Ok(discount::applications_of(&order.it, paging)?)
}

/// By the ids that their buyers were shown.
async fn entities(cx: &Cx, keys: Vec<ById>) -> Result<Vec<Option<Arc<Order>>>, Error> {
    let mut found = Vec::with_capacity(keys.len());
    for key in keys {
        found.push(orders::shown(cx, &key.id).await?.map(|order| Arc::new(Order::of(order))));
    }
    Ok(found)
}

/// What of the total is tax.
async fn tax(cx: &Cx, order: &Order, _: Args) -> Result<Money, Error> {
    let taxes = cx.load::<TaxesOf>(order.it.id).await?;
    Ok(Money::new(taxes.map_or(0, |taxes| taxes.total_minor), order.it.total.currency))
}

async fn current_tax(cx: &Cx, order: &Order, args: Args) -> Result<Money, Error> {
    Ok(order.current(tax(cx, order, args).await?))
}

/// The attempt's name is a secret of whoever made it.
async fn status_url(cx: &Cx, order: &Order, _: Args) -> Result<String, Error> {
    let attempt = cx.load::<AttemptOf>(order.it.id).await?.ok_or(Error::NotFound("attempt"))?;
    Ok(cx.origin().url(&format!("checkouts/{attempt}")))
}

/// The same page, for customers: guests have none of their own.
async fn customer_url(cx: &Cx, order: &Order, args: Args) -> Result<Option<String>, Error> {
    match order.it.customer {
        Some(_) => status_url(cx, order, args).await.map(Some),
        None => Ok(None),
    }
}

async fn customer_locale(cx: &Cx, order: &Order, _: Args) -> Result<Option<String>, Error> {
    Ok(cx.load::<OriginOf>(order.it.id).await?.and_then(|origin| origin.locale))
}

impl Order {
    /// Shows an order.
    pub(super) fn of(it: orders::Order) -> Self {
        Order { it }
    }

    fn id(&self) -> String {
        self.it.gid()
    }

    fn attributes(&self) -> Vec<Attribute> {
        attribute::all(&self.it.attributes)
    }

    fn subtotal(&self) -> Option<Money> {
        Some(self.it.subtotal)
    }

    /// A cancelled order is taken back as a whole.
    fn current(&self, agreed: Money) -> Money {
        if self.it.cancelled_at.is_some() { Money::new(0, agreed.currency) } else { agreed }
    }

    fn shipping_discounts(&self) -> Vec<OrderAllocation> {
        discount::off_place((&self.it.discounts, self.it.total.currency), |it| it.off_group(0))
    }

    fn no_duties(&self) -> Option<Money> {
        None
    }

    fn current_subtotal(&self) -> Money {
        self.current(self.it.subtotal)
    }

    fn current_total(&self) -> Money {
        self.current(self.it.total)
    }

    fn current_shipping(&self) -> Money {
        self.current(self.it.shipping)
    }

    fn billing_address(&self) -> Option<MailingAddress> {
        self.it.mailing(OrderAddress::Billing).map(Into::into)
    }

    fn shipping_address(&self) -> Option<MailingAddress> {
        self.it.mailing(OrderAddress::Shipping).map(Into::into)
    }
}
