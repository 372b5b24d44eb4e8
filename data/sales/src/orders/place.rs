//! Writing an order: inside the transaction that ends its checkout.

use mcom_catalog::inventory::Taken;
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
    /// The provider's name for the movement, if the money is there.
    pub(crate) paid: Option<&'a str>,
}

impl NewOrder<'_> {
    /// What has been paid of it.
    pub(super) fn financial_status(&self) -> FinancialStatus {
        if self.paid.is_some() { FinancialStatus::Paid } else { FinancialStatus::Pending }
    }
}

/// Writes the order with its lines, its movement of money and its events, and ends the cart.
pub(crate) async fn place(cx: &Cx, db: &mut TenantConn, new: &NewOrder<'_>) -> Result<OrderId> {
    let now = cx.now();
    carts::query::finish(db, &new.checkout.cart_token, now).await?;
    let customer = match &new.snapshot.email {
        Some(email) => Some(customers::count_order(db, &buyer(cx, new, email)).await?),
        None => None,
    };
    let confirmation = number::confirmation(&*cx.services().entropy);
    // From here on the store's next order waits until this transaction ends.
    let number = query::next_number(db).await?;
    let ids = query::Ids { number, confirmation: &confirmation, customer, now };
    let order = query::insert(db, new, &ids).await?;
    query::insert_lines(db, order, &new.snapshot.lines).await?;
    query::insert_sale(db, order, new, now).await?;
    let status = new.financial_status().name();
    query::insert_history(
        db,
        order,
        query::Move { step: "place", from: None, to: status, actor: cx.actor(), now },
    )
    .await?;
    let payload = json!({
        "id": order.gid(),
        "name": format!("{}{number}", new.snapshot.order_prefix),
        "totalPrice": new.snapshot.total().decimal(),
        "currency": new.snapshot.currency,
        "financialStatus": status,
        "customerId": customer.map(|id| id.gid()),
    });
    event::emit(cx, db, Event::new("orders/create", "order", order.0, &payload)).await?;
    if new.paid.is_some() {
        event::emit(cx, db, Event::new("orders/paid", "order", order.0, &payload)).await?;
    }
    Ok(order)
}

fn buyer<'a>(cx: &Cx, new: &NewOrder<'a>, email: &'a str) -> Buyer<'a> {
    let snapshot = new.snapshot;
    Buyer {
        email,
        phone: snapshot.phone.as_deref(),
        address: snapshot.shipping_address.as_ref().or(snapshot.billing_address.as_ref()),
        spent_minor: if new.paid.is_some() { snapshot.total_minor } else { 0 },
        now: cx.now(),
    }
}

/// Remembers where the order's stock came from.
pub(crate) async fn allocate(db: &mut TenantConn, order: OrderId, taken: &[Taken]) -> Result<()> {
    if taken.is_empty() { Ok(()) } else { query::insert_allocations(db, order, taken).await }
}
