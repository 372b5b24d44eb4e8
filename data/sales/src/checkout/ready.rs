//! What still keeps a cart from being bought, in the codes of the contract's `SubmissionErrorCode`.

use std::collections::HashMap;

use mcom_schema::{Refusal, id::VariantId, refuse};

use crate::{
    Address,
    carts::{CartDocument, CartView, LineView},
    payments::{Method, Providers},
};

/// Every reason why the cart cannot be bought as it is; none if it can.
pub(super) fn missing(view: &CartView, document: &CartDocument, providers: &Providers) -> Vec<Refusal> {
    let mut missing = merchandise(view);
    if document.identity.email.is_none() {
        missing.push(reason("BUYER_IDENTITY_EMAIL_REQUIRED", "An email address is needed."));
    }
    missing.extend(delivery(view));
    missing.extend(payment(view, document, providers));
    missing
}

fn merchandise(view: &CartView) -> Vec<Refusal> {
    if view.lines.is_empty() && view.dropped.is_empty() {
        return vec![reason("ERROR", "The cart is empty.")];
    }
    let gone = view.dropped.iter().map(|line| {
        reason("MERCHANDISE_PRODUCT_NOT_PUBLISHED", format!("{} is no longer sold.", line.title))
    });
    gone.chain(short(view)).chain(odd(view)).collect()
}

/// Lines of which there is not enough, everything that takes pieces of one variant taken together.
fn short(view: &CartView) -> impl Iterator<Item = Refusal> {
    let mut wanted: HashMap<VariantId, i64> = HashMap::new();
    for piece in view.lines.iter().flat_map(LineView::pieces) {
        *wanted.entry(piece.variant).or_default() += piece.quantity;
    }
    let lacks = move |piece: &LineView| piece.available.is_some_and(|left| left < wanted[&piece.variant]);
    view.lines.iter().filter(move |line| line.pieces().any(&lacks)).filter_map(|line| {
        match line.available? {
            0 => Some(sold_out(&line.title)),
            left => Some(not_enough(&line.title, left)),
        }
    })
}

/// Lines of more or fewer pieces than are sold at once by now.
fn odd(view: &CartView) -> impl Iterator<Item = Refusal> {
    view.lines.iter().filter(|line| line.quantity_rule.allows(line.quantity).is_err()).map(|line| {
        let message = format!("{} pieces of {} are not sold at once.", line.quantity, line.title);
        reason("MERCHANDISE_NOT_APPLICABLE", message)
    })
}

/// Nothing is left.
pub(super) fn sold_out(title: &str) -> Refusal {
    reason("MERCHANDISE_OUT_OF_STOCK", format!("{title} is sold out."))
}

/// Less is left than wanted.
pub(super) fn not_enough(title: &str, left: i64) -> Refusal {
    reason("MERCHANDISE_NOT_ENOUGH_STOCK_AVAILABLE", format!("Only {left} of {title} can be had."))
}

/// Somebody else had the discount before, so that the total is another one.
pub(super) fn code_gone(code: &str) -> Refusal {
    let message = format!("The discount {code} cannot be had any more, so that the total is another one.");
    reason(OTHER_TOTAL, message)
}

/// A gift card holds less than it did, so that more is to be paid.
pub(super) fn card_spent() -> Refusal {
    reason(OTHER_TOTAL, "A gift card was spent elsewhere, so that more is to be paid otherwise.")
}

const OTHER_TOTAL: &str = "PAYMENTS_UNACCEPTABLE_PAYMENT_AMOUNT";

fn delivery(view: &CartView) -> Vec<Refusal> {
    if !view.lines.iter().any(|line| line.requires_shipping) {
        return vec![];
    }
    let Some(group) = view.delivery_groups.first() else {
        return vec![reason("DELIVERY_ADDRESS_REQUIRED", "An address to deliver to is needed.")];
    };
    let is_picked_up = group.chosen().is_some_and(|option| option.method.location().is_some());
    let mut missing = if is_picked_up { vec![] } else { incomplete(&group.address.address) };
    if group.options.is_empty() {
        missing.push(reason("DELIVERY_NO_DELIVERY_AVAILABLE", "The store does not deliver to this address."));
    } else if group.chosen().is_none() {
        missing.push(reason("NO_DELIVERY_GROUP_SELECTED", "A way of delivery has to be chosen."));
    }
    missing
}

fn incomplete(address: &Address) -> Vec<Refusal> {
    let needed = [
        (&address.last_name, "DELIVERY_LAST_NAME_REQUIRED", "A last name is needed."),
        (&address.address1, "DELIVERY_ADDRESS1_REQUIRED", "A street address is needed."),
        (&address.city, "DELIVERY_CITY_REQUIRED", "A city is needed."),
        (&address.country_code, "DELIVERY_COUNTRY_REQUIRED", "A country is needed."),
    ];
    needed.into_iter().filter(|(part, ..)| part.is_none()).map(|(_, code, why)| reason(code, why)).collect()
}

fn payment(view: &CartView, document: &CartDocument, providers: &Providers) -> Option<Refusal> {
    let charge = view.cost.charge;
    let Some(payment) = &document.payment else {
        let needed = "A payment method is needed.";
        return (charge.minor > 0).then(|| reason("PAYMENTS_METHOD_REQUIRED", needed));
    };
    let is_other = payment.currency.is_some_and(|currency| currency != charge.currency);
    if payment.amount_minor != charge.minor || is_other {
        let message = format!("{} is to be paid, which is not the amount of the payment.", charge.decimal());
        return Some(reason(OTHER_TOTAL, message));
    }
    if payment.method == Method::Free && charge.minor > 0 {
        return Some(reason("PAYMENTS_METHOD_REQUIRED", "The order is not free."));
    }
    if payment.method == Method::Manual && charge.minor > 0 && charge != view.cost.total {
        let whole = "What gift cards do not pay cannot be paid later.";
        return Some(reason("PAYMENTS_METHOD_UNAVAILABLE", whole));
    }
    let unavailable = "This way to pay is not available.";
    providers.of(&payment.method).is_none().then(|| reason("PAYMENTS_METHOD_UNAVAILABLE", unavailable))
}

fn reason(code: &'static str, message: impl Into<String>) -> Refusal {
    refuse("", code, message)
}
