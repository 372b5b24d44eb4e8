//! What the buyer should know about a cart although the change was made.

use super::{
    document::Shortened,
    view::{CartView, DiscountCode, LineView, Warning, line_gid},
};

/// The cart's warnings: quantities that were cut down, and lines of which there is less by now.
pub(super) fn warnings(view: &CartView, shortened: &[Shortened]) -> Vec<Warning> {
    let told: Vec<Warning> = shortened.iter().map(|shortage| of_shortage(view, shortage)).collect();
    let silent = |line: &&LineView| !shortened.iter().any(|known| known.line.as_ref() == Some(&line.id));
    let noticed = view.lines.iter().filter(silent).filter_map(|line| of_line(view, line));
    told.into_iter()
        .chain(noticed)
        .chain(view.discount_codes.iter().filter_map(|code| of_code(view, code)))
        .collect()
}

fn of_code(view: &CartView, code: &DiscountCode) -> Option<Warning> {
    let obstacle = code.obstacle?;
    Some(Warning { code: obstacle.code(), message: obstacle.message(&code.code), target: view.id.gid() })
}

fn of_shortage(view: &CartView, shortage: &Shortened) -> Warning {
    let target = match &shortage.line {
        Some(line) => line_gid(&view.id.token, line),
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
