//! What belongs to an order: its lines, how it is sent, and the movements of its money.

use std::sync::Arc;

use mcom_kit::{Args, Cx, Error, Registry, connection::Paging};
use mcom_sales::orders::{LinesOf, OrderLine, OriginOf, Transaction, TransactionsOf};
use serde::Deserialize;

use super::{
    super::{
        count::Count,
        line::{LineItem, LineItemConnection},
        shipping::{ShippingLine, ShippingLineConnection},
        transaction::OrderTransaction,
    },
    Order,
};

pub(super) fn register(registry: &mut Registry) {
    registry
        .on::<Order>()
        .field("shippingLines", shipping_lines)
        .load("currentSubtotalLineItemsQuantity", current_pieces)
        .load("customerLocale", customer_locale)
        .load("lineItems", line_items)
        .load("paymentGatewayNames", gateways)
        .load("requiresShipping", requires_shipping)
        .load("sourceName", source_name)
        .load("subtotalLineItemsQuantity", pieces)
        .load("transactions", transactions)
        .load("transactionsCount", transactions_count);
}

#[derive(Deserialize)]
struct First {
    first: Option<i64>,
}

fn shipping_lines(_: &Cx, order: &Order, args: &Paging) -> Result<ShippingLineConnection, Error> {
    let line = ShippingLine::of(&order.it).map(|line| (0, order.it.id.0, Arc::new(line)));
    Ok(ShippingLineConnection::of(mcom_kit::slice::page_of(line.into_iter().collect(), "ID", &args.page()?)?))
}

async fn line_items(cx: &Cx, order: &Order, args: Paging) -> Result<LineItemConnection, Error> {
    let shown = |(place, line): (usize, &OrderLine)| {
        (0, line.id.0, Arc::new(LineItem::of(&order.it, place, line.clone())))
    };
    let lines = lines(cx, order).await?.iter().enumerate().map(shown).collect();
    Ok(LineItemConnection::of(mcom_kit::slice::page_of(lines, "ID", &args.page()?)?))
}

async fn customer_locale(cx: &Cx, order: &Order, _: Args) -> Result<Option<String>, Error> {
    Ok(cx.load::<OriginOf>(order.it.id).await?.and_then(|origin| origin.locale))
}

async fn source_name(cx: &Cx, order: &Order, _: Args) -> Result<Option<String>, Error> {
    Ok(cx.load::<OriginOf>(order.it.id).await?.and_then(|origin| origin.source_name))
}

async fn pieces(cx: &Cx, order: &Order, _: Args) -> Result<i64, Error> {
    Ok(lines(cx, order).await?.iter().map(|line| line.quantity).sum())
}

async fn current_pieces(cx: &Cx, order: &Order, args: Args) -> Result<i64, Error> {
    if order.it.cancelled_at.is_some() { Ok(0) } else { pieces(cx, order, args).await }
}

async fn requires_shipping(cx: &Cx, order: &Order, _: Args) -> Result<bool, Error> {
    Ok(lines(cx, order).await?.iter().any(|line| line.requires_shipping))
}

async fn transactions(cx: &Cx, order: &Order, args: First) -> Result<Vec<OrderTransaction>, Error> {
    let most = args.first.map_or(usize::MAX, |first| usize::try_from(first).unwrap_or_default());
    let moved = movements(cx, order).await?;
    Ok(moved.iter().take(most).map(|it| OrderTransaction::of(it.clone(), &order.it)).collect())
}

async fn transactions_count(cx: &Cx, order: &Order, _: Args) -> Result<Count, Error> {
    Ok(Count::exact(movements(cx, order).await?.len() as i64))
}

/// The providers through which money moved, each once.
async fn gateways(cx: &Cx, order: &Order, _: Args) -> Result<Vec<String>, Error> {
    let mut names: Vec<String> = movements(cx, order).await?.iter().map(|it| it.gateway.clone()).collect();
    names.sort_unstable();
    names.dedup();
    Ok(names)
}

async fn lines(cx: &Cx, order: &Order) -> Result<Arc<[OrderLine]>, Error> {
    Ok(cx.load::<LinesOf>(order.it.id).await?.unwrap_or_default())
}

async fn movements(cx: &Cx, order: &Order) -> Result<Arc<[Transaction]>, Error> {
    Ok(cx.load::<TransactionsOf>(order.it.id).await?.unwrap_or_default())
}
