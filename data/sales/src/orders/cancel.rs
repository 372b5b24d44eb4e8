//! Cancelling an order: at once in our books, and then the refund at the provider, once, however often it is tried.

use std::sync::Arc;

use mcom_data::{Cx, Error, Result, TenantConn, event, job};
use mcom_schema::{Money, Scope, event::Event, id::OrderId, refuse};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{FinancialStatus, FinancialStep, FulfillmentStatus, give_back, query, row::OrderRow};
use crate::{
    customers,
    payments::{self, PaymentRow, PaymentStep, Provider, Providers, Refund, RefundFailure},
};

/// Kind of the job that refunds what a cancelled order was paid with, should the process that cancelled it die.
pub const FINISH_CANCELLATION: &str = "finish_cancellation";

/// Payload of the job.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ToCancel {
    /// Which order.
    pub order: OrderId,
}

/// Why an order is cancelled, in the contract's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CancelReason {
    /// The buyer wants it.
    Customer,
    /// The payment was declined.
    Declined,
    /// It is a fraud.
    Fraud,
    /// There is not enough stock.
    Inventory,
    /// Something else.
    Other,
    /// The staff made a mistake.
    Staff,
}

impl CancelReason {
    /// The name in the database and in the contract.
    pub const fn name(self) -> &'static str {
        match self {
            CancelReason::Customer => "CUSTOMER",
            CancelReason::Declined => "DECLINED",
            CancelReason::Fraud => "FRAUD",
            CancelReason::Inventory => "INVENTORY",
            CancelReason::Other => "OTHER",
            CancelReason::Staff => "STAFF",
        }
    }
}

/// A wish to cancel.
#[derive(Debug, Clone)]
pub struct Cancel {
    /// Which order.
    pub order: OrderId,
    /// Why.
    pub reason: CancelReason,
    /// Give back what was paid.
    pub refund: bool,
    /// Put the goods back on sale.
    pub restock: bool,
    /// Words for the staff.
    pub staff_note: Option<String>,
}

/// What became of a cancellation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cancelled {
    /// Which order.
    pub order: OrderId,
    /// Whether the money is back as well; otherwise a job sees to it.
    pub done: bool,
}

/// No note of the staff is longer, in characters.
const LONGEST_NOTE: usize = 255;
/// The job waits this long for the process that cancelled.
const GRACE: chrono::Duration = chrono::Duration::seconds(30);

/// Cancels an order: stock is given back and the books are changed at once, what was paid is then given back by the provider.
///
/// # Errors
/// `Forbidden` without `write_orders`; refuses orders that do not exist, are cancelled already, or a note that is too long.
pub async fn cancel(cx: &Cx, wish: &Cancel) -> Result<Cancelled> {
    cx.require(Scope::WriteOrders)?;
    if wish.staff_note.as_ref().is_some_and(|note| note.chars().count() > LONGEST_NOTE) {
        return Err(
            refuse("staffNote", "INVALID", "the staff note is too long (maximum is 255 characters)").into()
        );
    }
    let refunds = cx.write("order_cancel", async |db| cancel_in(cx, db, wish).await).await?;
    let done = !refunds || finish(cx, wish.order).await;
    Ok(Cancelled { order: wish.order, done })
}

/// Refunds in a task of its own, so that the caller's leaving does not stop it. Whatever goes wrong is left to the job.
async fn finish(cx: &Cx, order: OrderId) -> bool {
    let own = cx.clone();
    let task = tokio::spawn(async move { finish_cancel(&own, order).await });
    match task.await {
        Ok(Ok(())) => true,
        Ok(Err(error)) => {
            tracing::warn!(order.id = order.0, %error, "a refund is left to its job");
            false
        }
        Err(error) => {
            tracing::error!(order.id = order.0, %error, "a refund is left to its job");
            false
        }
    }
}

/// Answers whether something is to be refunded.
async fn cancel_in(cx: &Cx, db: &mut TenantConn, wish: &Cancel) -> Result<bool> {
    let missing = || refuse("orderId", "NOT_FOUND", "The order does not exist.");
    let order = query::lock(db, wish.order).await?.ok_or_else(missing)?;
    if order.cancelled_at.is_some() {
        return Err(refuse("orderId", "INVALID", "The order has already been cancelled.").into());
    }
    if order.fulfillment_status != FulfillmentStatus::Unfulfilled.name() {
        let message = "An order of which something was sent cannot be cancelled.";
        return Err(refuse("orderId", "INVALID", message).into());
    }
    let payment = payments::query::of_checkout(db, order.checkout_id).await?;
    let before = status(&order)?;
    // In the order in which an attempt takes them, so that the two do not wait for each other.
    give_back::codes(db, &order).await?;
    let returned = if wish.refund { give_back::gift_cards(cx, db, (&order, &payment)).await? } else { 0 };
    let after = match before {
        FinancialStatus::Pending => void(cx, db, wish.order, &payment).await?,
        // Nothing else is to be refunded.
        paid if returned > 0 && payment.amount_minor == 0 => paid.next(FinancialStep::Refund)?,
        other => other,
    };
    let with = query::Cancellation {
        reason: wish.reason.name(),
        note: wish.staff_note.as_deref(),
        financial_status: after.name(),
        refunded_minor: returned,
        now: cx.now(),
    };
    query::cancel(db, wish.order, with).await?;
    let step = query::Move {
        step: "cancel",
        from: Some(before.name()),
        to: after.name(),
        actor: cx.actor(),
        now: cx.now(),
    };
    query::insert_history(db, wish.order, step).await?;
    let payload = json!({ "id": wish.order.gid(), "reason": wish.reason.name(), "restock": wish.restock });
    event::emit(cx, db, Event::new("orders/cancelled", "order", wish.order.0, &payload)).await?;
    let refunds = wish.refund && after == FinancialStatus::Paid && payment.amount_minor > 0;
    if refunds {
        intend_refund(cx, db, wish.order, &payment).await?;
    }
    give_back::stock(cx, db, wish).await?;
    Ok(refunds)
}

/// Nobody waits for the buyer's money any more.
async fn void(cx: &Cx, db: &mut TenantConn, order: OrderId, payment: &PaymentRow) -> Result<FinancialStatus> {
    payments::query::step(db, payment.checkout_id, PaymentStep::Void, Default::default(), cx.now()).await?;
    let key = format!("{}:void", payment.idempotency_key);
    movement(cx, db, order, (payment, "VOID", "SUCCESS"), &key).await?;
    Ok(FinancialStatus::Pending.next(FinancialStep::Void)?)
}

async fn intend_refund(cx: &Cx, db: &mut TenantConn, order: OrderId, payment: &PaymentRow) -> Result<()> {
    movement(cx, db, order, (payment, "REFUND", "PENDING"), &refund_key(payment)).await?;
    let payload = ToCancel { order };
    let unique_key = Some(order.0.to_string());
    let new =
        job::NewJob { kind: FINISH_CANCELLATION, payload: &payload, unique_key, run_at: cx.now() + GRACE };
    job::enqueue(cx, db, new).await
}

async fn movement(
    cx: &Cx,
    db: &mut TenantConn,
    order: OrderId,
    (payment, kind, status): (&PaymentRow, &str, &str),
    key: &str,
) -> Result<()> {
    let new = query::NewTransaction {
        kind,
        status,
        gateway: &payment.provider,
        amount: payment.amount()?,
        reference: None,
        idempotency_key: key,
        now: cx.now(),
    };
    query::insert_transaction(db, order, new).await
}

/// Gives back at the provider what a cancelled order was paid with. Done once, however often it is called.
///
/// # Errors
/// `Busy` if the provider is silent, so that the job is tried again later.
pub async fn finish_cancel(cx: &Cx, order: OrderId) -> Result<()> {
    let Some(due) = due(cx, order).await? else { return Ok(()) };
    let refund = Refund { key: &due.key, charge: &due.payment.idempotency_key, amount: due.amount };
    match due.provider.refund(&refund).await {
        Ok(reference) => {
            cx.write("order_refund", async |db| book(cx, db, order, (&due.key, &reference)).await).await
        }
        Err(RefundFailure::NoAnswer(silence)) => {
            tracing::warn!(order.id = order.0, %silence, "a payment provider is silent; its refund is left for later");
            Err(Error::Busy)
        }
        Err(RefundFailure::Refused(why)) => {
            tracing::error!(order.id = order.0, why, "a refund was turned down");
            cx.write("order_refund", async |db| turn_down(cx, db, order, &due.key).await).await
        }
    }
}

/// A refund to be made.
struct Due {
    key: String,
    payment: PaymentRow,
    amount: Money,
    provider: Arc<dyn Provider>,
}

async fn due(cx: &Cx, order: OrderId) -> Result<Option<Due>> {
    let found = cx
        .read(async |db| {
            let Some(key) = query::pending_refund(db, order).await? else { return Ok(None) };
            let Some(checkout) = query::checkout_of(db, order).await? else { return Ok(None) };
            Ok(Some((key, payments::query::of_checkout(db, checkout).await?)))
        })
        .await?;
    let Some((key, payment)) = found else { return Ok(None) };
    let gone = || Error::bug("started without the provider of a payment to be refunded");
    let provider = cx.shared::<Providers>()?.named(&payment.provider).ok_or_else(gone)?;
    Ok(Some(Due { key, amount: payment.amount()?, payment, provider }))
}

async fn book(cx: &Cx, db: &mut TenantConn, id: OrderId, (key, reference): (&str, &str)) -> Result<()> {
    let order = query::lock(db, id).await?.ok_or(Error::NotFound("order"))?;
    let before = status(&order)?;
    let after = before.next(FinancialStep::Refund)?;
    let refunded = query::Refunded { key, reference, financial_status: after.name(), now: cx.now() };
    if !query::settle_refund(db, &order, refunded).await? {
        return Ok(());
    }
    let refund = PaymentStep::Refund;
    let payment = payments::query::step(db, order.checkout_id, refund, Default::default(), cx.now()).await?;
    if let Some(customer) = order.customer_id {
        // As much as the order added, less what its gift cards paid: that was counted when it went back to them.
        let by_cards = order.at_home(order.total_minor - payment.amount_minor)?;
        let minor = order.at_home(order.total_minor)? - by_cards;
        customers::count_refund(db, customer, minor, cx.now()).await?;
    }
    let step = query::Move {
        step: "refund",
        from: Some(before.name()),
        to: after.name(),
        actor: cx.actor(),
        now: cx.now(),
    };
    query::insert_history(db, id, step).await?;
    let payload =
        json!({ "orderId": id.gid(), "amount": payment.amount()?.decimal(), "currency": payment.currency });
    event::emit(cx, db, Event::new("refunds/create", "order", id.0, &payload)).await?;
    query::withdraw_job(db, id).await
}

async fn turn_down(cx: &Cx, db: &mut TenantConn, id: OrderId, key: &str) -> Result<()> {
    let order = query::lock(db, id).await?.ok_or(Error::NotFound("order"))?;
    if !query::fail_refund(db, key).await? {
        return Ok(());
    }
    let at = status(&order)?.name();
    let step =
        query::Move { step: "refund_refused", from: Some(at), to: at, actor: cx.actor(), now: cx.now() };
    query::insert_history(db, id, step).await?;
    query::withdraw_job(db, id).await
}

fn status(order: &OrderRow) -> Result<FinancialStatus> {
    FinancialStatus::parse(&order.financial_status).ok_or_else(|| Error::bug("an order in no known status"))
}

fn refund_key(payment: &PaymentRow) -> String {
    format!("{}:refund", payment.idempotency_key)
}
