//! The receipt: what a buyer who holds the secret name of an attempt may see of it, and of the order that it became.

use mcom_data::{Cx, Result};
use mcom_schema::Money;

use super::{Attempt, AttemptResult, attempt, query, snapshot::Snapshot};
use crate::{Address, orders, taxes::Taxes};

/// What was bought in an attempt, as it was when the buyer submitted.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// What became of the attempt.
    pub result: AttemptResult,
    /// Name and confirmation number of the order, if there is one.
    pub order: Option<(String, String)>,
    /// What was bought.
    pub lines: Vec<ReceiptLine>,
    /// All lines, discounts taken off.
    pub subtotal: Money,
    /// What each discount takes off, by name; it is contained in the other sums.
    pub discounts: Vec<(String, Money)>,
    /// What gift cards pay of the total.
    pub by_gift_cards: Money,
    /// How it is sent and what that costs, if something is sent.
    pub shipping: Option<(String, Money)>,
    /// What of it is tax, each with its name and rate.
    pub taxes: Vec<(String, Money)>,
    /// Whether the other sums contain the taxes.
    pub taxes_included: bool,
    /// What was to be paid.
    pub total: Money,
    /// The buyer's e-mail address.
    pub email: Option<String>,
    /// Where it goes.
    pub shipping_address: Option<Address>,
}

/// So many of one variant.
#[derive(Debug, Clone, PartialEq)]
pub struct ReceiptLine {
    /// The product's name and, where there is a choice, the variant's.
    pub title: String,
    /// How many.
    pub quantity: i64,
    /// Price of one.
    pub unit: Money,
    /// Price of all.
    pub total: Money,
}

/// The receipt of an attempt; `None` if there is none of this id. Asking moves the attempt on as [`attempt`] does.
///
/// # Errors
/// `Busy` or `Broken` if it cannot be read.
pub async fn receipt(cx: &Cx, attempt_id: &str) -> Result<Option<Receipt>> {
    let Some(Attempt { result, .. }) = attempt(cx, attempt_id).await? else { return Ok(None) };
    let Some(row) = cx.read(async |db| query::by_attempt(db, attempt_id).await).await? else {
        return Ok(None);
    };
    let order = match &result {
        AttemptResult::Success { order_id, .. } => cx.load::<orders::ById>(*order_id).await?,
        _ => None,
    };
    let order = order.map(|order| (order.name, order.confirmation_number));
    Ok(Some(of(&row.snapshot()?, result, order)?))
}

fn of(snapshot: &Snapshot, result: AttemptResult, order: Option<(String, String)>) -> Result<Receipt> {
    let money = |minor| Money::new(minor, snapshot.currency);
    let mut lines = Vec::with_capacity(snapshot.lines.len());
    for line in &snapshot.lines {
        let unit = money(line.unit_price_minor);
        let plan = line.selling_plan.as_ref().map(|plan| plan.name.as_str());
        let title = crate::carts::full_title(&line.title, &line.variant_title, plan);
        lines.push(ReceiptLine { title, quantity: line.quantity, unit, total: unit.times(line.quantity)? });
    }
    Ok(Receipt {
        result,
        order,
        lines,
        subtotal: money(snapshot.subtotal_minor),
        discounts: snapshot
            .discounts
            .iter()
            .map(|it| (it.name().to_owned(), money(it.total_minor())))
            .collect(),
        shipping: snapshot.shipping.as_ref().map(|line| (line.title.clone(), money(line.price_minor))),
        taxes: snapshot.taxes.iter().flat_map(Taxes::by_tax).map(|it| (it.name(), money(it.minor))).collect(),
        taxes_included: snapshot.taxes.as_ref().is_some_and(|taxes| taxes.included),
        total: snapshot.total(),
        by_gift_cards: snapshot.total().minus(snapshot.charge())?,
        email: snapshot.email.clone(),
        shipping_address: snapshot.shipping_address.clone(),
    })
}
