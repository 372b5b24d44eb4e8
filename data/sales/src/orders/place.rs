//! Writing an order: inside the transaction that ends its checkout.

use mcom_data::{Cx, Result, TenantConn, event};
use mcom_schema::{event::Event, id::OrderId};
use serde_json::json;

use super::{FinancialStatus, number, query};
use crate::{
    carts,
    checkout::{CheckoutRow, snapshot::Snapshot},
    customers::{self, Buyer},
    payments::PaymentRow,
};

/// What an order is made of.
pub(crate) struct NewOrder<'a> {
    pub(crate) checkout: &'a CheckoutRow,
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) payment: &'a PaymentRow,
    /// What it is called in the store.
    pub(crate) number: i64,
    /// The provider's name for the movement, if the money is there.
    pub(crate) paid: Option<&'a str>,
}

impl NewOrder<'_> {
    /// What has been paid of it.
    pub(super) fn financial_status(&self) -> FinancialStatus {
        if self.paid.is_some() { FinancialStatus::Paid } else { FinancialStatus::Pending }
    }
}

/// Writes the order with all that belongs to it and its events, and ends the cart. What its checkout still holds of the stock becomes the
/// order's: the caller ends the reservations.
pub(crate) async fn place(cx: &Cx, db: &mut TenantConn, new: &NewOrder<'_>) -> Result<OrderId> {
    let now = cx.now();
    carts::query::finish(db, &new.checkout.cart_token, now).await?;
    let customer = match &new.snapshot.email {
        Some(email) => Some(customers::count_order(db, &buyer(cx, new, email)).await?),
        None => None,
    };
    let confirmation = number::confirmation(&*cx.services().entropy);
    let ids = query::Ids { confirmation: &confirmation, customer, actor: cx.actor(), now };
    let order = query::insert(db, new, &ids).await?;
    let payload = json!({
        "id": order.gid(),
        "name": format!("{}{}", new.snapshot.order_prefix, new.number),
        "totalPrice": new.snapshot.total().decimal(),
        "currency": new.snapshot.currency,
        "financialStatus": new.financial_status().name(),
        "customerId": customer.map(|id| id.gid()),
    });
    let topics: &[&str] =
        if new.paid.is_some() { &["orders/create", "orders/paid"] } else { &["orders/create"] };
    let told = topics.iter().map(|topic| Event::new(topic, "order", order.0, &payload)).collect();
    event::emit_all(cx, db, told).await?;
    Ok(order)
}

fn buyer<'a>(cx: &Cx, new: &NewOrder<'a>, email: &'a str) -> Buyer<'a> {
    let snapshot = new.snapshot;
    Buyer {
        known: snapshot.customer,
        email,
        phone: snapshot.phone.as_deref(),
        address: snapshot.shipping_address.as_ref().or(snapshot.billing_address.as_ref()),
        spent_minor: if new.paid.is_some() { snapshot.at_home(snapshot.total_minor) } else { 0 },
        now: cx.now(),
    }
}
