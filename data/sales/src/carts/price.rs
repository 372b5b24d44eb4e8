//! Pricing: a document and what the catalog offers make the cart that is shown. Totals add up to the cent by construction.

use std::sync::Arc;

use mcom_data::Result;
use mcom_schema::Money;

use super::{
    bundle,
    document::Line,
    offer::{Offers, limit},
    prices::Prices,
    query::Stored,
    quote::{self, Quote},
    unit::{self, Unit},
    view::{CartView, Dropped, LineView},
};
use crate::{discounts::AppliedDiscount, discounts::DiscountClass, gift_cards, terms::Terms};

/// The cart with its prices. Private parts are left out unless whoever asks has its key, or an id with a proof of it.
///
/// # Errors
/// `Broken` if the sums leave the range of money.
pub(crate) fn view(stored: &Stored, prices: &Prices<'_>) -> Result<CartView> {
    let (document, terms) = (&stored.document, prices.terms);
    let mut lines = Vec::with_capacity(document.lines.len());
    let mut dropped = vec![];
    for line in &document.lines {
        match priced(line, &prices.offers, terms)? {
            Some(view) => lines.push(view),
            None => dropped.push(Dropped { title: line.title.clone(), variant: line.variant }),
        }
    }
    let Quote { discounts, codes, groups, taxes, cost } = quote::of(document, &lines, prices)?;
    for (place, line) in lines.iter_mut().enumerate() {
        line.total = line.subtotal.minus(off_line(&discounts, place, terms))?;
        bundle::discounted(line, place, &discounts)?;
    }
    let mut view = CartView {
        checkout_url: terms.url(&format!("cart/c/{}", stored.id.path())),
        id: stored.id.clone(),
        proof: stored.proof.clone(),
        version: stored.version,
        lines,
        dropped,
        gift_cards: gift_cards::spread(&prices.cards, cost.total, terms.exchange())?,
        cost,
        taxes,
        delivery_groups: groups,
        discounts: discounts.into(),
        discount_codes: codes,
        note: document.note.clone(),
        attributes: document.attributes.clone(),
        identity: document.identity.clone(),
        addresses: document.addresses.clone(),
        metafields: document.metafields.clone(),
        created_at: stored.created_at,
        updated_at: stored.updated_at,
    };
    if view.proof.is_none() {
        hide_private(&mut view);
    }
    Ok(view)
}

/// What only the owner of the key may see.
fn hide_private(view: &mut CartView) {
    view.discount_codes.clear();
    view.gift_cards.clear();
    view.note = None;
    view.attributes.clear();
    view.identity = Default::default();
    view.addresses.clear();
    view.metafields.clear();
    view.delivery_groups.clear();
    view.discounts = Arc::from([]);
}

/// What discounts of lines take off the line at `place`.
fn off_line(discounts: &[AppliedDiscount], place: usize, terms: &Terms) -> Money {
    let of_lines = discounts.iter().filter(|discount| discount.class == DiscountClass::Product);
    terms.money(of_lines.map(|discount| discount.off_line(place)).sum())
}

fn priced(line: &Line, offers: &Offers, terms: &Terms) -> Result<Option<LineView>> {
    let Some(offer) = offers.get(line.variant) else { return Ok(None) };
    let Some(Unit { price, compare_at, plan }) = unit::of(line, offer, terms)? else { return Ok(None) };
    let all = price.times(line.quantity)?;
    let mut view = LineView {
        id: line.id.clone(),
        variant: line.variant,
        product: offer.product_id,
        title: offer.product_title.clone(),
        variant_title: offer.variant_title.clone(),
        quantity: line.quantity,
        attributes: line.attributes.clone(),
        parent: line.parent.clone(),
        unit: price,
        compare_at,
        plan,
        quantity_rule: offer.quantities.rule,
        subtotal: all,
        total: all,
        requires_shipping: offer.requires_shipping,
        available: limit(offer),
        components: vec![],
    };
    view.components = bundle::components(&view, offer, offers)?;
    Ok(Some(view))
}
