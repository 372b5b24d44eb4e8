//! What a cancelled order gives back at once, in the transaction that cancels it: stock, uses of discount codes, and what gift cards paid.

use mcom_catalog::inventory;
use mcom_data::{Cx, Result, TenantConn, event};
use mcom_schema::{Money, event::Event, id::OrderId};
use serde_json::json;

use super::{cancel::Cancel, query, row::OrderRow};
use crate::{customers, discounts, gift_cards, payments::PaymentRow};

/// Puts the goods back on sale, or lets go of them.
pub(super) async fn stock(cx: &Cx, db: &mut TenantConn, wish: &Cancel) -> Result<()> {
    let ended = if wish.restock { "restocked" } else { "released" };
    let taken = query::end_allocations(db, wish.order, ended).await?;
    if wish.restock {
        inventory::restock(cx, db, &taken).await
    } else {
        inventory::uncommit(cx, db, &taken).await
    }
}

/// Others may use its discount codes instead.
pub(super) async fn codes(db: &mut TenantConn, order: &OrderRow) -> Result<()> {
    discounts::give_back(db, order.checkout_id, &order.discounts()?).await
}

/// What gift cards paid goes back to them. Answers with how much that was, in minor units of the order.
pub(super) async fn gift_cards(
    cx: &Cx,
    db: &mut TenantConn,
    (order, payment): (&OrderRow, &PaymentRow),
) -> Result<i64> {
    if order.total_minor == payment.amount_minor {
        return Ok(0);
    }
    if gift_cards::give_back(cx, db, order.checkout_id).await? == 0 {
        return Ok(0);
    }
    // Cards may hold another currency than the order is in.
    let amount = Money::new(order.total_minor - payment.amount_minor, payment.amount()?.currency);
    book(cx, db, (order, payment), amount).await?;
    Ok(amount.minor)
}

async fn book(
    cx: &Cx,
    db: &mut TenantConn,
    (order, payment): (&OrderRow, &PaymentRow),
    amount: Money,
) -> Result<()> {
    let id = OrderId(order.id);
    let new = query::NewTransaction {
        kind: "REFUND",
        status: "SUCCESS",
        gateway: gift_cards::GATEWAY,
        amount,
        reference: None,
        idempotency_key: &format!("{}:{}:refund", payment.idempotency_key, gift_cards::GATEWAY),
        now: cx.now(),
    };
    query::insert_transaction(db, id, new).await?;
    if let Some(customer) = order.customer_id {
        customers::count_refund(db, customer, order.at_home(amount.minor)?, cx.now()).await?;
    }
    let payload = json!({ "orderId": id.gid(), "amount": amount.decimal(), "currency": amount.currency });
    event::emit(cx, db, Event::new("refunds/create", "order", order.id, &payload)).await?;
    Ok(())
}
