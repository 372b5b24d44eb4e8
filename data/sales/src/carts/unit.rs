//! What one piece of a line costs: as the catalog says, less from a price break on, or what its plan makes of that.

use mcom_catalog::variants::SaleVariant;
use mcom_data::Result;
use mcom_schema::Money;

use super::{document::Line, view::LinePlan};
use crate::terms::Terms;

/// A piece of a line.
pub(super) struct Unit {
    pub(super) price: Money,
    /// What it cost before, if the merchant says so.
    pub(super) compare_at: Option<Money>,
    pub(super) plan: Option<LinePlan>,
}

/// What a piece of `line` costs; `None` if it is not sold in this way any more.
///
/// # Errors
/// `Broken` if a price leaves the range of money.
pub(super) fn of(line: &Line, offer: &SaleVariant, terms: &Terms) -> Result<Option<Unit>> {
    let reached = offer.quantities.break_at(line.quantity);
    let usual = terms.money(reached.map_or(offer.price_minor, |it| it.price_minor));
    let before = offer.compare_at_minor.map(|minor| terms.money(minor));
    let Some(id) = line.selling_plan else {
        let unit = Unit { price: usual, compare_at: before, plan: None };
        return Ok((!terms.plans.is_required(offer.product_id)).then_some(unit));
    };
    let Some(plan) = terms.plans.applicable(id, offer.product_id, offer.variant_id) else { return Ok(None) };
    let prices = plan.terms.prices(usual, terms.exchange())?;
    let price = prices.first().map_or(usual, |first| first.price);
    let compare_at = before.map(|before| before.times(plan.terms.deliveries())).transpose()?;
    let (name, recurs) = (plan.name.clone(), plan.terms.delivery.is_some());
    Ok(Some(Unit { price, compare_at, plan: Some(LinePlan { id, name, recurs, prices }) }))
}
