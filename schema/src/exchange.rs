//! From the store's currency to that of a market: by a declared rate, in whole numbers, prices rounded as the merchant likes them.

use serde::{Deserialize, Serialize};

use crate::{Currency, Money};

/// How many units of a market's currency one unit of the store's is worth, exact to nine decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rate(i64);

impl Rate {
    /// One for one.
    pub const ONE: Rate = Rate(BILLION);
    /// No rate is higher.
    const HIGHEST: i64 = 1_000_000 * BILLION;

    /// A rate of so many billionths; none below one billionth or above a million.
    pub fn of_billionths(billionths: i64) -> Option<Self> {
        (1..=Rate::HIGHEST).contains(&billionths).then_some(Rate(billionths))
    }

    /// Reads `"0.86"`, at most nine decimals.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|digit| digit.is_ascii_digit());
        if !is_digits(whole) || !is_digits(fraction) || fraction.len() > 9 {
            return None;
        }
        Rate::of_billionths(format!("{whole}{fraction:0<9}").parse().ok()?)
    }

    /// In billionths.
    pub const fn billionths(self) -> i64 {
        self.0
    }
}

/// What converted prices are made to look like. Zero stays zero, and nothing that costs something becomes free.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// As they come out, to the currency's smallest unit.
    #[default]
    Exact,
    /// To the nearest price with this many minor units behind the point, halves up: 0 for whole units, 99 for `12.99`.
    Ending(i64),
}

/// The way from one currency to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchange {
    /// The store's currency.
    pub from: Currency,
    /// The market's.
    pub to: Currency,
    /// How many units of `to` one of `from` is worth.
    pub rate: Rate,
    /// How prices are rounded. Other amounts are not.
    pub rounding: Rounding,
}

const BILLION: i64 = 1_000_000_000;
/// Amounts beyond this are as good as it: sums of them are refused where they are made.
const LARGEST: i128 = i64::MAX as i128;

impl Exchange {
    /// From a currency to itself.
    pub const fn none(currency: Currency) -> Self {
        Exchange { from: currency, to: currency, rate: Rate::ONE, rounding: Rounding::Exact }
    }

    /// Whether nothing becomes different by it.
    pub fn is_none(&self) -> bool {
        *self == Exchange::none(self.from)
    }

    /// What a price in the store's currency becomes, in minor units of the market's.
    pub fn price(&self, minor: i64) -> i64 {
        match self.rounding {
            Rounding::Ending(ending) if minor > 0 => self.ending(self.amount(minor), ending),
            _ => self.amount(minor),
        }
    }

    /// What any other amount becomes: a discount, the price of sending, the worth of a gift card.
    pub fn amount(&self, minor: i64) -> i64 {
        let (up, down) = self.scale();
        nearest(i128::from(minor) * up, down)
    }

    /// What an amount in the market's currency is worth in the store's.
    pub fn back(&self, minor: i64) -> i64 {
        let (up, down) = self.scale();
        nearest(i128::from(minor) * down, up)
    }

    /// An amount in the market's currency as what it is worth in the store's.
    pub fn money_back(&self, money: Money) -> Money {
        Money::new(self.back(money.minor), self.from)
    }

    /// The lowest price in the store's currency that becomes `minor` or more: converted prices keep their order, so that whoever looks
    /// for prices from `minor` on looks for these.
    pub fn lowest_for(&self, minor: i64) -> i64 {
        // The first price that is high enough lies above `low`, and is at most `high`.
        let (mut low, mut high) = (-1, self.back(minor).saturating_mul(2).saturating_add(self.margin()));
        high = high.min(i64::MAX - 1);
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if self.price(middle) < minor { low = middle } else { high = middle }
        }
        high
    }

    /// The highest price in the store's currency that becomes `minor` or less; below zero if there is none.
    pub fn highest_for(&self, minor: i64) -> i64 {
        self.lowest_for(minor.saturating_add(1)) - 1
    }

    /// Minor units of the one currency times `.0`, divided by `.1`, are minor units of the other.
    fn scale(&self) -> (i128, i128) {
        let unit = |currency: Currency| 10_i128.pow(currency.exponent());
        (i128::from(self.rate.0) * unit(self.to), i128::from(BILLION) * unit(self.from))
    }

    /// More of the store's minor units than rounding can be worth.
    fn margin(&self) -> i64 {
        self.back(3 * 10_i64.pow(self.to.exponent())).saturating_add(2)
    }

    fn ending(&self, minor: i64, ending: i64) -> i64 {
        let unit = 10_i64.pow(self.to.exponent());
        let lowest = if ending > 0 { ending } else { unit };
        let steps = (minor - ending).saturating_add(unit / 2).div_euclid(unit);
        steps.saturating_mul(unit).saturating_add(ending).max(lowest)
    }
}

/// A quotient, halves rounded away from zero.
fn nearest(numerator: i128, denominator: i128) -> i64 {
    let rounded = (numerator.abs() * 2 + denominator) / (denominator * 2) * numerator.signum();
    rounded.clamp(-LARGEST, LARGEST) as i64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Exchange, Rate, Rounding};
    use crate::Currency;

    fn exchange(to: Currency, rate: &str, rounding: Rounding) -> Exchange {
        Exchange { from: Currency::EUR, to, rate: Rate::parse(rate).unwrap(), rounding }
    }

    #[test]
    fn a_rate_is_a_decimal_above_zero() {
        assert_eq!(Rate::parse("0.86").map(Rate::billionths), Some(860_000_000));
        assert_eq!(Rate::parse("1"), Some(Rate::ONE));
        for wrong in ["", "0", "-1", "1,2", ".5", "1.", "0.0000000001", "1000001", "x"] {
            assert_eq!(Rate::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn minor_units_of_every_size_are_converted() {
        assert_eq!(exchange(Currency::GBP, "0.86", Rounding::Exact).price(1000), 860);
        assert_eq!(exchange(Currency::JPY, "163.5", Rounding::Exact).price(1000), 1635);
        assert_eq!(exchange(Currency::KWD, "0.33", Rounding::Exact).price(1000), 3300);
        assert_eq!(exchange(Currency::GBP, "0.5", Rounding::Exact).price(5), 3);
        assert_eq!(exchange(Currency::JPY, "163.5", Rounding::Exact).back(1635), 1000);
    }

    #[test]
    fn prices_end_as_the_merchant_likes_and_other_amounts_do_not() {
        let charming = exchange(Currency::GBP, "1", Rounding::Ending(99));
        let prices = [1, 49, 148, 149, 1200, 1249].map(|minor| charming.price(minor));
        assert_eq!(prices, [99, 99, 99, 199, 1199, 1299]);
        assert_eq!((charming.price(0), charming.amount(1200)), (0, 1200));
        let whole = exchange(Currency::GBP, "1", Rounding::Ending(0));
        assert_eq!([1, 149, 150].map(|minor| whole.price(minor)), [100, 100, 200]);
    }

    #[test]
    fn absurd_bounds_are_borne() {
        let yen = exchange(Currency::JPY, "163.5", Rounding::Exact);
        assert!(yen.lowest_for(i64::MIN) <= 0 && yen.highest_for(i64::MIN) <= 0);
        assert!(yen.lowest_for(i64::MAX) > 1_000_000_000 && yen.highest_for(i64::MAX) > 1_000_000_000);
        assert_eq!(yen.price(i64::MAX), i64::MAX);
    }

    fn any_exchange() -> impl Strategy<Value = Exchange> {
        let to = prop::sample::select(vec![Currency::GBP, Currency::JPY, Currency::KWD, Currency::EUR]);
        let rounding = prop_oneof![Just(Rounding::Exact), (0..10_i64).prop_map(Rounding::Ending)];
        (to, 1_000_000..200_000_000_000_i64, rounding).prop_map(|(to, billionths, rounding)| {
            let rounding = if to.exponent() == 0 { Rounding::Exact } else { rounding };
            let rate = Rate::of_billionths(billionths).unwrap();
            Exchange { from: Currency::EUR, to, rate, rounding }
        })
    }

    proptest! {
        #[test]
        fn prices_are_never_negative_never_become_free_by_rounding_and_keep_their_order(
            exchange in any_exchange(), cheap in 0..10_000_000_i64, more in 0..10_000_i64
        ) {
            let (cheap, dear) = (cheap, cheap + more);
            prop_assert!(exchange.price(cheap) >= 0);
            prop_assert!(exchange.price(cheap) <= exchange.price(dear));
            if exchange.rounding != Rounding::Exact && cheap > 0 {
                prop_assert!(exchange.price(cheap) > 0);
            }
        }

        #[test]
        fn bounds_of_prices_are_found_in_the_currency_of_the_store(
            exchange in any_exchange(), minor in 0..1_000_000_i64, bound in 0..1_000_000_i64
        ) {
            prop_assert_eq!(exchange.price(minor) >= bound, minor >= exchange.lowest_for(bound));
            prop_assert_eq!(exchange.price(minor) <= bound, minor <= exchange.highest_for(bound));
        }

        #[test]
        fn there_and_back_is_as_near_as_the_smaller_unit_allows(exchange in any_exchange(), minor in 0..1_000_000_i64) {
            let there = exchange.amount(minor);
            prop_assert!((exchange.amount(exchange.back(there)) - there).abs() <= 1 + exchange.amount(1));
        }
    }
}
