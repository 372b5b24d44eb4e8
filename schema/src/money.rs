//! Money: an integer of minor units with its currency. Checked arithmetic, no floats, one rounding rule.

use serde::{Deserialize, Serialize};

use crate::currency::Currency;

/// An amount in minor units (cents for EUR, yen for JPY, fils for KWD).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Minor units.
    pub minor: i64,
    /// The currency whose minor units they are.
    pub currency: Currency,
}

/// Why two amounts could not be combined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Amounts of two currencies do not add up.
    #[error("amounts are in different currencies")]
    Currency,
    /// The result does not fit.
    #[error("amount is out of range")]
    Range,
    /// The text is not a decimal number of this currency.
    #[error("not an amount")]
    Text,
}

impl Money {
    /// Nothing, in `currency`.
    pub const fn zero(currency: Currency) -> Self {
        Money { minor: 0, currency }
    }

    /// An amount in minor units.
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Money { minor, currency }
    }

    /// Reads `"12.5"`, `"12.50"` or `"-3"`.
    ///
    /// # Errors
    /// [`MoneyError::Text`] if it is no plain decimal number or has more decimals than the currency (zeros aside).
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        if !all_digits(whole) || !all_digits(fraction) {
            return Err(MoneyError::Text);
        }
        let exponent = currency.exponent() as usize;
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() > exponent {
            return Err(MoneyError::Text);
        }
        let minor: i64 = format!("{whole}{fraction:0<exponent$}").parse().map_err(|_| MoneyError::Range)?;
        Ok(Money { minor: if negative { -minor } else { minor }, currency })
    }

    /// The sum.
    ///
    /// # Errors
    /// Different currencies, or a sum out of range.
    pub fn plus(self, other: Money) -> Result<Money, MoneyError> {
        self.combine(other, i64::checked_add)
    }

    /// The difference.
    ///
    /// # Errors
    /// Different currencies, or a difference out of range.
    pub fn minus(self, other: Money) -> Result<Money, MoneyError> {
        self.combine(other, i64::checked_sub)
    }

    /// This much for each of `quantity` pieces.
    ///
    /// # Errors
    /// The product is out of range.
    pub fn times(self, quantity: i64) -> Result<Money, MoneyError> {
        let minor = self.minor.checked_mul(quantity).ok_or(MoneyError::Range)?;
        Ok(Money { minor, ..self })
    }

    /// `numerator / denominator` of this amount, halves rounded away from zero: the one rounding rule.
    ///
    /// # Errors
    /// A denominator that is not positive, or a result out of range.
    pub fn share(self, numerator: i64, denominator: i64) -> Result<Money, MoneyError> {
        if denominator <= 0 {
            return Err(MoneyError::Range);
        }
        let (product, denominator) =
            (i128::from(self.minor) * i128::from(numerator), i128::from(denominator));
        let rounded = (product.abs() * 2 + denominator) / (denominator * 2) * product.signum();
        Ok(Money { minor: i64::try_from(rounded).map_err(|_| MoneyError::Range)?, ..self })
    }

    /// Splits by `weights` without losing a cent: largest remainders get what rounding left over.
    ///
    /// # Errors
    /// Negative weights, no weights, or weights that sum to zero.
    pub fn allocate(self, weights: &[i64]) -> Result<Vec<Money>, MoneyError> {
        let total: i128 = weights.iter().map(|w| i128::from(*w)).sum();
        if total <= 0 || weights.iter().any(|w| *w < 0) {
            return Err(MoneyError::Range);
        }
        let amount = i128::from(self.minor);
        let mut parts: Vec<(i64, i128)> = Vec::with_capacity(weights.len());
        for weight in weights {
            let exact = amount * i128::from(*weight);
            let floor = exact.div_euclid(total);
            parts.push((i64::try_from(floor).map_err(|_| MoneyError::Range)?, exact.rem_euclid(total)));
        }
        let given: i128 = parts.iter().map(|part| i128::from(part.0)).sum();
        let mut order: Vec<usize> = (0..parts.len()).collect();
        order.sort_by_key(|i| (std::cmp::Reverse(parts[*i].1), *i));
        let left = usize::try_from(amount - given).unwrap_or(0);
        for i in order.into_iter().take(left) {
            parts[i].0 += 1;
        }
        Ok(parts.into_iter().map(|(minor, _)| Money { minor, ..self }).collect())
    }

    /// `"12.5"`, `"25.0"`: trailing zeros trimmed to at least one decimal, as the Storefront API prints.
    pub fn trimmed(self) -> String {
        let exact = self.decimal();
        match exact.split_once('.') {
            None => exact + ".0",
            Some((whole, fraction)) => match fraction.trim_end_matches('0') {
                "" => format!("{whole}.0"),
                fraction => format!("{whole}.{fraction}"),
            },
        }
    }

    /// `"12.50"`: all decimals of the currency, as the Admin API prints.
    pub fn decimal(self) -> String {
        let exponent = self.currency.exponent() as usize;
        let sign = if self.minor < 0 { "-" } else { "" };
        let digits = format!("{:0>width$}", self.minor.unsigned_abs(), width = exponent + 1);
        let (whole, fraction) = digits.split_at(digits.len() - exponent);
        if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
    }

    fn combine(self, other: Money, op: fn(i64, i64) -> Option<i64>) -> Result<Money, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::Currency);
        }
        Ok(Money { minor: op(self.minor, other.minor).ok_or(MoneyError::Range)?, ..self })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Money, MoneyError};
    use crate::currency::Currency;

    fn eur(minor: i64) -> Money {
        Money::new(minor, Currency::EUR)
    }

    #[test]
    fn amounts_are_read_and_printed_as_clients_expect() {
        for (text, minor, decimal, trimmed) in [
            ("12.5", 1250, "12.50", "12.5"),
            ("25", 2500, "25.00", "25.0"),
            ("0", 0, "0.00", "0.0"),
            ("-0.05", -5, "-0.05", "-0.05"),
            ("12.500", 1250, "12.50", "12.5"),
        ] {
            assert_eq!(Money::parse(text, Currency::EUR), Ok(eur(minor)));
            assert_eq!(eur(minor).decimal(), decimal);
            assert_eq!(eur(minor).trimmed(), trimmed);
        }
        assert_eq!(Money::new(25, Currency::JPY).trimmed(), "25.0");
        assert_eq!(Money::new(25, Currency::JPY).decimal(), "25");
        for bad in ["", ".", "1.", ".5", "1,5", "1e3", "12.345", "--1", "99999999999999999999"] {
            assert!(Money::parse(bad, Currency::EUR).is_err(), "{bad}");
        }
    }

    #[test]
    fn halves_are_rounded_away_from_zero() {
        assert_eq!(eur(5).share(1, 2), Ok(eur(3)));
        assert_eq!(eur(-5).share(1, 2), Ok(eur(-3)));
        assert_eq!(eur(10).share(19, 119), Ok(eur(2)));
    }

    #[test]
    fn currencies_do_not_mix() {
        assert_eq!(eur(1).plus(Money::new(1, Currency::USD)), Err(MoneyError::Currency));
        assert_eq!(eur(i64::MAX).plus(eur(1)), Err(MoneyError::Range));
    }

    proptest! {
        #[test]
        fn an_allocation_adds_up_and_is_fair(minor in -1_000_000i64..1_000_000, weights in prop::collection::vec(0i64..1000, 1..20)) {
            prop_assume!(weights.iter().sum::<i64>() > 0);
            let parts = eur(minor).allocate(&weights)?;
            prop_assert_eq!(parts.iter().map(|p| p.minor).sum::<i64>(), minor);
            let total: i64 = weights.iter().sum();
            for (part, weight) in parts.iter().zip(&weights) {
                let exact = minor as f64 * *weight as f64 / total as f64;
                prop_assert!((part.minor as f64 - exact).abs() < 1.0);
            }
        }

        #[test]
        fn printing_and_reading_are_inverse(minor in any::<i64>()) {
            prop_assume!(minor != i64::MIN);
            prop_assert_eq!(Money::parse(&eur(minor).decimal(), Currency::EUR), Ok(eur(minor)));
            prop_assert_eq!(Money::parse(&eur(minor).trimmed(), Currency::EUR), Ok(eur(minor)));
        }
    }
}
