//! Test cards: what the provider does is decided by the number.
//!
//! | number           | what happens                                                         |
//! |------------------|----------------------------------------------------------------------|
//! | 4242424242424242 | the charge succeeds                                                  |
//! | 4000000000000002 | declined                                                             |
//! | 4000000000009995 | declined: not enough funds                                           |
//! | 4000000000003220 | the buyer must confirm on a page of the provider                     |
//! | 4000000000000101 | charged, but the answer never comes                                  |
//! | 4000000000000119 | not charged, and the answer never comes                              |
//!
//! Other numbers are taken if their check digit is right, and declined as cards that cannot be charged.

use serde::{Deserialize, Serialize};

/// How a card behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Card {
    Succeeds,
    Declined,
    NoFunds,
    Challenged,
    SilentAfter,
    SilentBefore,
    Unknown,
}

impl Card {
    /// The card with this number, blanks and hyphens disregarded. `None`: this is no card number.
    pub(super) fn of(number: &str) -> Option<Self> {
        let digits: String = number.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        Some(match digits.as_str() {
            "4242424242424242" => Card::Succeeds,
            "4000000000000002" => Card::Declined,
            "4000000000009995" => Card::NoFunds,
            "4000000000003220" => Card::Challenged,
            "4000000000000101" => Card::SilentAfter,
            "4000000000000119" => Card::SilentBefore,
            other if is_card_number(other) => Card::Unknown,
            _ => return None,
        })
    }
}

/// Twelve to nineteen digits whose check digit is right.
fn is_card_number(digits: &str) -> bool {
    let is_number = (12..=19).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let sum: u32 = digits
        .bytes()
        .rev()
        .map(|byte| u32::from(byte.wrapping_sub(b'0')))
        .enumerate()
        .map(|(i, digit)| if i % 2 == 1 { doubled(digit % 10) } else { digit % 10 })
        .sum();
    is_number && sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::{Card, is_card_number};

    #[test]
    fn the_documented_numbers_are_card_numbers() {
        for number in [
            "4242424242424242",
            "4000000000000002",
            "4000000000009995",
            "4000000000003220",
            "4000000000000101",
            "4000000000000119",
        ] {
            assert!(is_card_number(number), "{number}");
            assert_ne!(Card::of(number), Some(Card::Unknown), "{number}");
        }
        assert_eq!(Card::of("4242 4242 4242 4242"), Some(Card::Succeeds));
        assert_eq!(Card::of("5555555555554444"), Some(Card::Unknown));
        for bad in ["", "4242424242424241", "abc", "42"] {
            assert_eq!(Card::of(bad), None, "{bad}");
        }
    }
}
