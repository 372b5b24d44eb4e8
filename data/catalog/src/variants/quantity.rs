//! How many pieces of a variant are sold at once, and from how many on a piece costs less.

use mcom_schema::{Exchange, Refusal, refuse};
use serde::{Deserialize, Serialize};

/// No line of a cart has more pieces than this.
const MOST_PIECES: i64 = 1_000_000;
/// A variant has no more price breaks.
const MOST_BREAKS: usize = 100;

/// What a merchant decides about the pieces of a variant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Quantities {
    /// How many at once.
    pub rule: QuantityRule,
    /// The fewest pieces first.
    pub breaks: Vec<PriceBreak>,
}

/// How many pieces are sold at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuantityRule {
    /// At least so many: a multiple of the increment.
    pub minimum: i64,
    /// At most so many: a multiple of the increment; `None`: as many as wanted.
    pub maximum: Option<i64>,
    /// Only in multiples of this.
    pub increment: i64,
}

/// From how many pieces on a piece costs something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceBreak {
    /// At least 2.
    pub from: i64,
    /// What one costs, in minor units of the store's currency.
    pub price_minor: i64,
}

/// Why a number of pieces is not sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrongQuantity {
    /// Fewer than are sold at once.
    BelowMinimum,
    /// More than are sold at once.
    AboveMaximum,
    /// No multiple of the increment.
    BetweenIncrements,
}

impl Default for QuantityRule {
    fn default() -> Self {
        QuantityRule { minimum: 1, maximum: None, increment: 1 }
    }
}

impl QuantityRule {
    /// Whether so many pieces are sold at once.
    ///
    /// # Errors
    /// Why they are not.
    pub fn allows(&self, quantity: i64) -> Result<(), WrongQuantity> {
        if quantity < self.minimum {
            Err(WrongQuantity::BelowMinimum)
        } else if self.maximum.is_some_and(|most| quantity > most) {
            Err(WrongQuantity::AboveMaximum)
        } else if quantity % self.increment != 0 {
            Err(WrongQuantity::BetweenIncrements)
        } else {
            Ok(())
        }
    }

    /// The most pieces, at most `limit`, that are sold at once; 0 if there are too few.
    pub fn most_within(&self, limit: i64) -> i64 {
        let whole = limit.min(self.maximum.unwrap_or(limit)) / self.increment * self.increment;
        if whole < self.minimum { 0 } else { whole }
    }
}

impl Quantities {
    /// Whether any number is sold at one price.
    pub fn is_plain(&self) -> bool {
        *self == Quantities::default()
    }

    /// The last of the breaks that so many pieces reach; `None`: the price is the usual one.
    pub fn break_at(&self, quantity: i64) -> Option<PriceBreak> {
        self.breaks.iter().rev().find(|it| it.from <= quantity).copied()
    }

    /// Converts the prices of its breaks.
    pub fn exchange(&mut self, exchange: &Exchange) {
        for it in &mut self.breaks {
            it.price_minor = exchange.price(it.price_minor);
        }
    }

    /// Looks at all of it.
    ///
    /// # Errors
    /// Refuses minima and maxima that are no multiples of the increment or contradict each other, and breaks that are negative or out of
    /// order.
    pub fn check(&self) -> Result<(), Refusal> {
        let QuantityRule { minimum, maximum, increment } = self.rule;
        if !(1..=MOST_PIECES).contains(&increment) {
            return Err(refuse("increment", "INVALID", "Increment must be at least 1"));
        }
        if !(1..=MOST_PIECES).contains(&minimum) || minimum % increment != 0 {
            return Err(refuse("minimum", "INVALID", "Minimum must be a multiple of the increment, above 0"));
        }
        if maximum.is_some_and(|most| most < minimum || most > MOST_PIECES || most % increment != 0) {
            let message = "Maximum must be a multiple of the increment and not below the minimum";
            return Err(refuse("maximum", "INVALID", message));
        }
        self.check_breaks()
    }

    fn check_breaks(&self) -> Result<(), Refusal> {
        if self.breaks.len() > MOST_BREAKS {
            let message = format!("A variant has at most {MOST_BREAKS} price breaks");
            return Err(refuse("priceBreaks", "TOO_MANY", message));
        }
        let mut before = 1;
        for (place, it) in self.breaks.iter().enumerate() {
            let wrong = |field: &str, message: &str| {
                refuse(field, "INVALID", message).under(["priceBreaks".to_owned(), place.to_string()])
            };
            if it.from <= before || it.from > MOST_PIECES {
                return Err(wrong("from", "Each break needs more pieces than the one before"));
            }
            if it.price_minor < 0 {
                return Err(wrong("price", "A price must not be negative"));
            }
            before = it.from;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{PriceBreak, Quantities, QuantityRule, WrongQuantity};

    fn sixes() -> QuantityRule {
        QuantityRule { minimum: 12, maximum: Some(24), increment: 6 }
    }

    #[test]
    fn a_rule_says_how_many_are_sold_at_once() {
        assert_eq!([12, 18, 24].map(|it| sixes().allows(it)), [Ok(()); 3]);
        let wrong = [6, 30, 13].map(|it| sixes().allows(it));
        let expected =
            [WrongQuantity::BelowMinimum, WrongQuantity::AboveMaximum, WrongQuantity::BetweenIncrements];
        assert_eq!(wrong, expected.map(Err));
        assert_eq!([11, 12, 17, 100].map(|it| sixes().most_within(it)), [0, 12, 12, 24]);
        assert_eq!(QuantityRule::default().most_within(7), 7);
    }

    #[test]
    fn the_last_break_that_is_reached_counts() {
        let breaks = vec![PriceBreak { from: 5, price_minor: 90 }, PriceBreak { from: 10, price_minor: 80 }];
        let quantities = Quantities { breaks, ..Quantities::default() };
        let price = |quantity| quantities.break_at(quantity).map(|it| it.price_minor);
        assert_eq!([4, 5, 9, 10, 99].map(price), [None, Some(90), Some(90), Some(80), Some(80)]);
    }

    #[test]
    fn what_contradicts_itself_is_refused() {
        let field = |rule: QuantityRule, breaks: &[(i64, i64)]| {
            let breaks = breaks
                .iter()
                .map(|(from, price_minor)| PriceBreak { from: *from, price_minor: *price_minor });
            let refused = Quantities { rule, breaks: breaks.collect() }.check();
            refused.err().map(|refusal| refusal.field.join(".")).unwrap_or_default()
        };
        let plain = QuantityRule::default();
        assert_eq!(field(sixes(), &[(5, 90), (10, 80)]), "");
        assert_eq!(field(QuantityRule { increment: 0, ..plain }, &[]), "increment");
        assert_eq!(field(QuantityRule { minimum: 7, ..sixes() }, &[]), "minimum");
        assert_eq!(field(QuantityRule { maximum: Some(6), ..sixes() }, &[]), "maximum");
        assert_eq!(field(plain, &[(1, 90)]), "priceBreaks.0.from");
        assert_eq!(field(plain, &[(5, 90), (5, 80)]), "priceBreaks.1.from");
        assert_eq!(field(plain, &[(5, -1)]), "priceBreaks.0.price");
    }
}
