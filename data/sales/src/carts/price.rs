//! Pricing: a document and what the catalog offers make the cart that is shown. Totals add up to the cent by construction.

use mcom_data::Result;
use mcom_schema::Money;

use super::{
    document::{CartAddress, CartDocument, Line},
    offer::{Offers, limit},
    query::Stored,
    view::{CartCost, CartView, DeliveryGroup, DeliveryOption, DiscountCode, Dropped, LineView},
};
use crate::terms::Terms;

/// The cart with its prices. Private parts are left out unless `stored.id` has its key.
///
/// # Errors
/// `Broken` if the sums leave the range of money.
pub(crate) fn view(stored: &Stored, offers: &Offers, terms: &Terms) -> Result<CartView> {
    let document = &stored.document;
    let mut lines = Vec::with_capacity(document.lines.len());
    let mut dropped = vec![];
    for line in &document.lines {
        match priced(line, offers, terms)? {
            Some(view) => lines.push(view),
            None => dropped.push(Dropped { title: line.title.clone(), variant: line.variant }),
        }
    }
    let subtotal = sum(terms, lines.iter().map(|line| line.total))?;
    let delivery_groups = groups(document, &lines, subtotal, terms);
    let cost = cost(&lines, &delivery_groups, subtotal, terms)?;
    let mut view = CartView {
        checkout_url: terms.url(&format!("cart/c/{}", stored.id.path())),
        id: stored.id.clone(),
        version: stored.version,
        lines,
        dropped,
        cost,
        delivery_groups,
        discount_codes: document.discount_codes.iter().map(|code| discount(code)).collect(),
        note: document.note.clone(),
        attributes: document.attributes.clone(),
        identity: document.identity.clone(),
        addresses: document.addresses.clone(),
        created_at: stored.created_at,
        updated_at: stored.updated_at,
    };
    if view.id.key.is_none() {
        hide_private(&mut view);
    }
    Ok(view)
}

/// What only the owner of the key may see.
fn hide_private(view: &mut CartView) {
    view.discount_codes.clear();
    view.note = None;
    view.attributes.clear();
    view.identity = Default::default();
    view.addresses.clear();
    view.delivery_groups.clear();
}

/// No store has discounts, so that no code applies.
fn discount(code: &str) -> DiscountCode {
    DiscountCode { code: code.to_owned(), applicable: false }
}

fn priced(line: &Line, offers: &Offers, terms: &Terms) -> Result<Option<LineView>> {
    let Some(offer) = offers.get(line.variant) else { return Ok(None) };
    let unit = terms.money(offer.price_minor);
    Ok(Some(LineView {
        id: line.id.clone(),
        variant: line.variant,
        product: offer.product_id,
        title: offer.product_title.clone(),
        variant_title: offer.variant_title.clone(),
        quantity: line.quantity,
        attributes: line.attributes.clone(),
        unit,
        compare_at: offer.compare_at_minor.map(|minor| terms.money(minor)),
        total: unit.times(line.quantity)?,
        requires_shipping: offer.requires_shipping,
        available: limit(offer),
    }))
}

fn groups(document: &CartDocument, lines: &[LineView], subtotal: Money, terms: &Terms) -> Vec<DeliveryGroup> {
    let sent: Vec<usize> = (0..lines.len()).filter(|i| lines[*i].requires_shipping).collect();
    match document.destination() {
        Some(address) if !sent.is_empty() => vec![group(document, address, sent, subtotal, terms)],
        _ => vec![],
    }
}

fn group(
    document: &CartDocument,
    address: &CartAddress,
    lines: Vec<usize>,
    subtotal: Money,
    terms: &Terms,
) -> DeliveryGroup {
    let country = address.address.country_code.as_deref().unwrap_or_default();
    let option = |rate: mcom_store::ShippingRate| DeliveryOption {
        handle: rate.handle,
        title: rate.title,
        description: rate.description,
        cost: terms.money(rate.price_minor),
    };
    let options: Vec<DeliveryOption> = terms.rates(country, subtotal.minor).into_iter().map(option).collect();
    let wanted = document.delivery.get(&address.id);
    let chosen = wanted.and_then(|handle| options.iter().position(|option| option.handle == *handle));
    let selected = chosen.or((!options.is_empty()).then_some(0));
    DeliveryGroup { id: address.id.clone(), address: address.clone(), lines, options, selected }
}

fn cost(lines: &[LineView], groups: &[DeliveryGroup], subtotal: Money, terms: &Terms) -> Result<CartCost> {
    let shipping = sum(terms, groups.iter().filter_map(DeliveryGroup::chosen).map(|option| option.cost))?;
    let estimated = groups.is_empty() && lines.iter().any(|line| line.requires_shipping);
    Ok(CartCost { subtotal, shipping, total: subtotal.plus(shipping)?, estimated })
}

fn sum(terms: &Terms, amounts: impl Iterator<Item = Money>) -> Result<Money> {
    let mut sum = terms.money(0);
    for amount in amounts {
        sum = sum.plus(amount)?;
    }
    Ok(sum)
}
