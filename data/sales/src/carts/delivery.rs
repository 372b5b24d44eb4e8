//! How a cart can be sent: what goes to the same address, and the ways of sending it.

use mcom_schema::Money;

use super::{
    document::{CartAddress, CartDocument},
    view::{DeliveryGroup, DeliveryOption, LineView},
};
use crate::terms::Terms;

/// The groups of a cart whose goods cost `worth`, discounts taken off.
pub(super) fn groups(
    document: &CartDocument,
    lines: &[LineView],
    worth: Money,
    terms: &Terms,
) -> Vec<DeliveryGroup> {
    let sent: Vec<usize> = (0..lines.len()).filter(|i| lines[*i].requires_shipping).collect();
    match document.destination() {
        Some(address) if !sent.is_empty() => vec![group(document, address, sent, worth, terms)],
        _ => vec![],
    }
}

fn group(
    document: &CartDocument,
    address: &CartAddress,
    lines: Vec<usize>,
    worth: Money,
    terms: &Terms,
) -> DeliveryGroup {
    let country = address.address.country_code.as_deref().unwrap_or_default();
    let option = |rate: mcom_store::ShippingRate| DeliveryOption {
        handle: rate.handle,
        title: rate.title,
        description: rate.description,
        cost: terms.money(rate.price_minor),
    };
    let options: Vec<DeliveryOption> = terms.rates(country, worth.minor).into_iter().map(option).collect();
    let wanted = document.delivery.get(&address.id);
    let chosen = wanted.and_then(|handle| options.iter().position(|option| option.handle == *handle));
    let selected = chosen.or((!options.is_empty()).then_some(0));
    DeliveryGroup { id: address.id.clone(), address: address.clone(), lines, options, selected }
}
