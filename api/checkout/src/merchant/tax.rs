//! What of an order is tax: in all, on each line and on sending it.

use std::sync::Arc;

use mcom_kit::{Args, Cx, Error, Registry};
use mcom_sales::{
    orders::TaxesOf,
    taxes::{self, Taxes},
};
use mcom_schema::id::OrderId;
use serde::Deserialize;

use super::{
    line::LineItem,
    money::{Currencies, MoneyBag},
    order::Order,
    shipping::ShippingLine,
};

/// A tax, and how much of it.
pub struct TaxLine {
    it: taxes::TaxLine,
    currencies: Currencies,
}

mcom_kit::record!(TaxLine as "TaxLine" {
    "price" => TaxLine::price,
    "priceSet" => TaxLine::price_set,
    "rate" => TaxLine::rate,
    "ratePercentage" => TaxLine::percentage,
    "title" = it.title,
});

pub(super) fn register(registry: &mut Registry) {
    registry
        .on::<Order>()
        .load("currentTaxLines", current_lines)
        .load("currentTotalTaxSet", current_total)
        .load("taxLines", lines)
        .load("taxesIncluded", are_included)
        .load("totalTax", total)
        .load("totalTaxSet", total_set);
    registry.on::<LineItem>().load("taxLines", of_line);
    registry.on::<ShippingLine>().load("taxLines", of_shipping);
}

#[derive(Deserialize)]
struct First {
    first: Option<usize>,
}

async fn taxes(cx: &Cx, order: OrderId) -> Result<Option<Arc<Taxes>>, Error> {
    cx.load::<TaxesOf>(order).await
}

async fn lines(cx: &Cx, order: &Order, _: Args) -> Result<Vec<TaxLine>, Error> {
    let found = taxes(cx, order.it.id).await?.map(|taxes| taxes.by_tax()).unwrap_or_default();
    Ok(TaxLine::all(found, Currencies::of(&order.it)))
}

/// A cancelled order is taken back as a whole.
async fn current_lines(cx: &Cx, order: &Order, args: Args) -> Result<Vec<TaxLine>, Error> {
    if order.it.cancelled_at.is_some() { Ok(vec![]) } else { lines(cx, order, args).await }
}

async fn sum(cx: &Cx, order: &Order) -> Result<i64, Error> {
    Ok(taxes(cx, order.it.id).await?.map_or(0, |taxes| taxes.total_minor))
}

async fn total(cx: &Cx, order: &Order, _: Args) -> Result<String, Error> {
    Ok(Currencies::of(&order.it).decimal(sum(cx, order).await?))
}

async fn total_set(cx: &Cx, order: &Order, _: Args) -> Result<MoneyBag, Error> {
    Ok(Currencies::of(&order.it).bag(sum(cx, order).await?))
}

async fn current_total(cx: &Cx, order: &Order, _: Args) -> Result<MoneyBag, Error> {
    let agreed = sum(cx, order).await?;
    Ok(Currencies::of(&order.it).bag(if order.it.cancelled_at.is_some() { 0 } else { agreed }))
}

async fn are_included(cx: &Cx, order: &Order, _: Args) -> Result<bool, Error> {
    Ok(taxes(cx, order.it.id).await?.is_some_and(|taxes| taxes.included))
}

async fn of_line(cx: &Cx, line: &LineItem, args: First) -> Result<Vec<TaxLine>, Error> {
    let found = taxes(cx, line.order()).await?.and_then(|taxes| taxes.lines.get(line.place()).cloned());
    let mut lines = TaxLine::all(found.unwrap_or_default(), line.currencies());
    lines.truncate(args.first.unwrap_or(usize::MAX));
    Ok(lines)
}

async fn of_shipping(cx: &Cx, line: &ShippingLine, _: Args) -> Result<Vec<TaxLine>, Error> {
    let found = taxes(cx, line.order()).await?.map(|taxes| taxes.shipping.clone()).unwrap_or_default();
    Ok(TaxLine::all(found, line.currencies()))
}

impl TaxLine {
    fn all(lines: Vec<taxes::TaxLine>, currencies: Currencies) -> Vec<TaxLine> {
        lines.into_iter().map(|it| TaxLine { it, currencies }).collect()
    }

    fn price(&self) -> String {
        self.currencies.decimal(self.it.minor)
    }

    fn price_set(&self) -> MoneyBag {
        self.currencies.bag(self.it.minor)
    }

    fn rate(&self) -> f64 {
        self.it.millionths as f64 / 1_000_000.0
    }

    fn percentage(&self) -> f64 {
        self.it.millionths as f64 / 10_000.0
    }
}
