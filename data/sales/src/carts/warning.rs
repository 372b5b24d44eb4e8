//! What the buyer should know about a cart although the change was made.

use super::{
    document::{CartDocument, Shortened},
    view::{CartView, DiscountCode, LineView, Warning},
};

/// The cart's warnings: quantities that were cut down, lines of which there is less by now or that cannot come to the buyer, and codes and
/// gift cards that do not help.
pub(super) fn warnings(view: &CartView, document: &CartDocument) -> Vec<Warning> {
    let shortened = &document.warnings;
    let told: Vec<Warning> = shortened.iter().map(|shortage| of_shortage(view, shortage)).collect();
    let silent = |line: &&LineView| !shortened.iter().any(|known| known.line.as_ref() == Some(&line.id));
    let noticed = view.lines.iter().filter(silent).filter_map(|line| of_line(view, line));
    told.into_iter()
        .chain(noticed)
        .chain(unreachable(view))
        .chain(view.discount_codes.iter().filter_map(|code| of_code(view, code)))
        .chain(of_lost_cards(view, document))
        .collect()
}

/// Lines for whose address the store offers no way of sending.
fn unreachable(view: &CartView) -> impl Iterator<Item = Warning> {
    let groups = view.delivery_groups.iter().filter(|group| group.options.is_empty());
    groups.flat_map(|group| &group.lines).map(|place| {
        let line = &view.lines[*place];
        let message = format!("{} cannot be delivered to this address.", line.title);
        Warning { code: "PRODUCT_UNAVAILABLE_IN_BUYER_LOCATION", message, target: view.line_gid(line) }
    })
}

/// Gift cards that paid once, and can be spent no longer.
fn of_lost_cards(view: &CartView, document: &CartDocument) -> Option<Warning> {
    let message = "A gift card of this cart cannot be spent any more.".to_owned();
    let is_lost = document.gift_cards.len() > view.gift_cards.len();
    is_lost.then(|| Warning { code: "PAYMENTS_GIFT_CARDS_UNAVAILABLE", message, target: view.id.gid() })
}

/// An address that the cart goes to already.
pub(super) fn of_duplicate(view: &CartView, address: &str) -> Warning {
    let message = "The cart has this delivery address already.".to_owned();
    Warning {
        code: "DUPLICATE_DELIVERY_ADDRESS",
        message,
        target: view.part_gid("CartSelectableAddress", address),
    }
}

fn of_code(view: &CartView, code: &DiscountCode) -> Option<Warning> {
    let obstacle = code.obstacle?;
    Some(Warning { code: obstacle.code(), message: obstacle.message(&code.code), target: view.id.gid() })
}

fn of_shortage(view: &CartView, shortage: &Shortened) -> Warning {
    let target = match &shortage.line {
        Some(id) => view
            .lines
            .iter()
            .find(|line| line.id == *id)
            .map_or_else(|| view.part_gid("CartLine", id), |line| view.line_gid(line)),
        None => shortage.variant.gid(),
    };
    match (&shortage.line, shortage.added) {
        (None, _) => sold_out(target),
        (Some(_), added) => {
            let (pieces, were) = if added == 1 { ("item", "was") } else { ("items", "were") };
            let message = format!("Only {added} {pieces} {were} added to your cart due to availability.");
            Warning { code: "MERCHANDISE_NOT_ENOUGH_STOCK", message, target }
        }
    }
}

fn of_line(view: &CartView, line: &LineView) -> Option<Warning> {
    let target = view.line_gid(line);
    match line.available? {
        0 => Some(sold_out(target)),
        left if left < line.quantity => {
            let message = format!("Only {left} of {} can be had at the moment.", line.title);
            Some(Warning { code: "MERCHANDISE_NOT_ENOUGH_STOCK", message, target })
        }
        _ => None,
    }
}

fn sold_out(target: String) -> Warning {
    let message = "This product is sold out.".to_owned();
    Warning { code: "MERCHANDISE_OUT_OF_STOCK", message, target }
}
