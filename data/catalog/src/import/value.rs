//! Cells that are not plain text.

use crate::variants::InventoryPolicy;

/// Quantities stay in this range.
const LARGEST: i64 = 1_000_000_000;

/// A yes or a no, in the words that exports and spreadsheets use.
pub(super) fn truth(what: &str, text: &str) -> Result<bool, String> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "y" | "1" => Ok(true),
        "false" | "no" | "n" | "0" => Ok(false),
        _ => Err(format!("{what} «{text}» is neither true nor false")),
    }
}

/// What happens when nothing is left.
pub(super) fn policy(text: &str) -> Result<InventoryPolicy, String> {
    let goes_on = match text.to_ascii_lowercase().as_str() {
        "continue" => true,
        "deny" => false,
        _ => truth("inventory policy", text)
            .map_err(|_| format!("inventory policy «{text}» is neither deny nor continue"))?,
    };
    Ok(if goes_on { InventoryPolicy::Continue } else { InventoryPolicy::Deny })
}

/// Whole pieces; fewer than none where selling went on without stock.
pub(super) fn quantity(text: &str) -> Result<i64, String> {
    // Spreadsheets write 3 as 3.0.
    let whole = text
        .split_once('.')
        .filter(|(_, rest)| rest.bytes().all(|b| b == b'0'))
        .map_or(text, |(whole, _)| whole);
    let number = whole.parse().ok().filter(|number| (-LARGEST..=LARGEST).contains(number));
    number.ok_or_else(|| format!("inventory quantity «{text}» is not a whole number in range"))
}

/// Grams, maybe with decimals, as other units were converted.
pub(super) fn grams(text: &str) -> Result<f64, String> {
    text.parse().map_err(|_| format!("weight «{text}» is not a number of grams"))
}

/// How much is in one piece, maybe with decimals.
pub(super) fn measure(text: &str) -> Result<f64, String> {
    text.parse().map_err(|_| format!("unit price total measure «{text}» is not a number"))
}

/// How much a unit price is for: a whole number, which spreadsheets may write with decimals.
pub(super) fn reference(text: &str) -> Result<i64, String> {
    quantity(text).map_err(|_| format!("unit price base measure «{text}» is not a whole number"))
}

/// A code of digits without the apostrophe by which spreadsheets keep its zeros.
pub(super) fn code(text: &str) -> &str {
    text.strip_prefix('\'').unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::{InventoryPolicy, code, grams, measure, policy, quantity, reference, truth};

    #[test]
    fn cells_are_read_in_all_their_spellings() {
        assert_eq!((truth("x", "TRUE"), truth("x", "no")), (Ok(true), Ok(false)));
        assert!(truth("taxable", "maybe").is_err());
        assert_eq!(policy("Continue"), Ok(InventoryPolicy::Continue));
        assert_eq!(policy("FALSE"), Ok(InventoryPolicy::Deny));
        assert_eq!((quantity("-3"), quantity("4.0")), (Ok(-3), Ok(4)));
        assert!(quantity("2.5").is_err() && quantity("9999999999").is_err() && quantity("many").is_err());
        assert_eq!(grams("226.796185"), Ok(226.796185));
        assert_eq!((measure("0.75"), reference("100.0")), (Ok(0.75), Ok(100)));
        assert!(measure("some").is_err() && reference("0.5").is_err());
        assert_eq!(code("'0123"), "0123");
    }
}
