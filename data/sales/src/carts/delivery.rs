//! How a cart can be sent: what goes to the same address, and the ways of sending it or of picking it up.

use mcom_schema::Money;
use mcom_store::locations::Location;

use super::{
    document::{CartAddress, CartDocument},
    offer,
    prices::Prices,
    view::{DeliveryGroup, DeliveryMethod, DeliveryOption, LineView},
};

/// The groups of a cart whose goods cost `worth`, discounts taken off.
pub(super) fn groups(
    document: &CartDocument,
    lines: &[LineView],
    worth: Money,
    prices: &Prices<'_>,
) -> Vec<DeliveryGroup> {
    let sent: Vec<usize> = (0..lines.len()).filter(|i| lines[*i].requires_shipping).collect();
    match document.destination() {
        Some(address) if !sent.is_empty() => {
            let mut options = parcels(address, worth, prices);
            options.extend(pickups(lines, prices));
            vec![group(document, address, sent, options)]
        }
        _ => vec![],
    }
}

fn group(
    document: &CartDocument,
    address: &CartAddress,
    lines: Vec<usize>,
    options: Vec<DeliveryOption>,
) -> DeliveryGroup {
    let wanted = document.delivery.get(&address.id);
    let chosen = wanted.and_then(|handle| options.iter().position(|option| option.handle == *handle));
    let selected = chosen.or((!options.is_empty()).then_some(0));
    DeliveryGroup { id: address.id.clone(), address: address.clone(), lines, options, selected }
}

/// The rates at which the goods are sent to an address.
fn parcels(address: &CartAddress, worth: Money, prices: &Prices<'_>) -> Vec<DeliveryOption> {
    let country = address.address.country_code.as_deref().unwrap_or_default();
    let option = |rate: mcom_store::ShippingRate| DeliveryOption {
        handle: rate.handle,
        title: rate.title,
        description: rate.description,
        cost: prices.terms.money(rate.price_minor),
        method: DeliveryMethod::Shipping,
    };
    prices.terms.rates(country, worth.minor).into_iter().map(option).collect()
}

/// The locations at which all of the goods can be picked up.
fn pickups(lines: &[LineView], prices: &Prices<'_>) -> impl Iterator<Item = DeliveryOption> {
    let there = prices.terms.pickup.iter().filter(|location| has_all(location, lines, prices));
    there.map(|location| DeliveryOption {
        handle: format!("pickup-{}", location.id),
        title: location.name.clone(),
        description: location.pickup_time.clone(),
        cost: prices.terms.money(0),
        method: DeliveryMethod::PickUp(location.id),
    })
}

fn has_all(location: &Location, lines: &[LineView], prices: &Prices<'_>) -> bool {
    let pieces = || lines.iter().flat_map(LineView::pieces);
    pieces().all(|piece| {
        let is_counted =
            prices.offers.get(piece.variant).is_some_and(|offered| offer::limit(offered).is_some());
        let same = pieces().filter(|other| other.variant == piece.variant);
        let wanted: i64 = same.map(|other| other.quantity).sum();
        !is_counted || prices.pieces_at(location.id, piece.variant) >= wanted
    })
}
