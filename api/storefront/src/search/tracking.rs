//! What links to results carry, so that whoever runs the store can measure its search.

use std::sync::Arc;

/// Of a result of `search`: its place on the page, which search it was, and that it was searched for. The same words are the same search.
pub(super) fn of_result(typed: &str, index: usize) -> Arc<str> {
    format!("_pos={}&_sid={:09x}&_ss=r", index + 1, hash(typed.trim()) >> 28).into()
}

/// Of a suggestion: its place among those of its kind, what was typed, and that it was suggested.
pub(super) fn of_suggestion(typed: &str, index: usize) -> Arc<str> {
    let mut tracking = format!("_pos={}&_psq=", index + 1);
    for byte in typed.bytes() {
        if byte.is_ascii_alphanumeric() {
            tracking.push(char::from(byte));
        } else {
            tracking.push_str(&format!("%{byte:02X}"));
        }
    }
    tracking.push_str("&_ss=e&_v=1.0");
    tracking.into()
}

/// FNV-1a: stable over processes and releases.
fn hash(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::{of_result, of_suggestion};

    #[test]
    fn suggestions_carry_what_was_typed() {
        assert_eq!(&*of_suggestion("té a", 0), "_pos=1&_psq=t%C3%A9%20a&_ss=e&_v=1.0");
    }

    #[test]
    fn results_of_one_search_are_known_as_such() {
        let (first, second) = (of_result("mug", 0), of_result(" mug ", 1));
        let search = |tracking: &str| tracking.split('&').nth(1).map(str::to_owned);
        assert_eq!(search(&first), search(&second));
        assert_ne!(search(&first), search(&of_result("mugs", 0)));
        assert!(second.starts_with("_pos=2&_sid=") && second.ends_with("&_ss=r"));
    }
}
