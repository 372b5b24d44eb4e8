//! The terms of a selling plan: how often it is billed and delivered, and what that costs.

use serde::{Deserialize, Serialize};

/// What a plan's buyers agree to, as it is kept with it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlanTerms {
    /// Its value for each option of its group.
    pub options: Vec<String>,
    /// How often it is billed; `None`: once.
    pub billing: Option<Interval>,
    /// How often it is delivered; `None`: once.
    pub delivery: Option<Interval>,
    /// What it does to the price, one after the other. Without any the price is the usual one.
    pub adjustments: Vec<PriceAdjustment>,
}

/// A period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interval {
    /// What is counted.
    pub unit: IntervalUnit,
    /// How many of them, at least 1.
    pub count: i64,
}

/// What periods are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum IntervalUnit {
    /// Days.
    Day,
    /// Weeks.
    Week,
    /// Months.
    Month,
    /// Years.
    Year,
}

/// What a plan does to the price, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceAdjustment {
    /// What it does.
    pub value: Adjustment,
    /// For so many orders, after which the next one counts; `None`: for ever.
    pub orders: Option<i64>,
}

/// What is done to the price of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Adjustment {
    /// A share of it is taken off.
    Percentage {
        /// Hundredths of a percent, 10000 at most.
        hundredths: i64,
    },
    /// An amount is taken off.
    Amount {
        /// Minor units of the store's currency.
        minor: i64,
    },
    /// It is this one.
    Price {
        /// Minor units of the store's currency.
        minor: i64,
    },
}

impl IntervalUnit {
    /// Its name in the published APIs.
    pub const fn name(self) -> &'static str {
        match self {
            IntervalUnit::Day => "DAY",
            IntervalUnit::Week => "WEEK",
            IntervalUnit::Month => "MONTH",
            IntervalUnit::Year => "YEAR",
        }
    }

    /// Whether it is a number of months, and how many of its kind's smallest unit it is.
    const fn size(self) -> (bool, i64) {
        match self {
            IntervalUnit::Day => (false, 1),
            IntervalUnit::Week => (false, 7),
            IntervalUnit::Month => (true, 1),
            IntervalUnit::Year => (true, 12),
        }
    }
}

impl Interval {
    /// How many of `part` it is; `None` if it is no whole number of them.
    pub(super) fn whole_parts(self, part: Interval) -> Option<i64> {
        let ((in_months, size), (part_in_months, part_size)) = (self.unit.size(), part.unit.size());
        let (all, one) = (size.checked_mul(self.count)?, part_size.checked_mul(part.count)?);
        (in_months == part_in_months && one > 0 && all >= one && all % one == 0).then(|| all / one)
    }
}

impl PlanTerms {
    /// How many deliveries are paid for at once.
    pub fn deliveries(&self) -> i64 {
        match (self.billing, self.delivery) {
            (Some(billing), Some(delivery)) => billing.whole_parts(delivery).unwrap_or(1),
            _ => 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Interval, IntervalUnit, PlanTerms};

    #[test]
    fn a_bill_pays_for_a_whole_number_of_deliveries() {
        let every = |count, unit| Interval { unit, count };
        let parts = |all: Interval, one| all.whole_parts(one);
        assert_eq!(parts(every(1, IntervalUnit::Year), every(3, IntervalUnit::Month)), Some(4));
        assert_eq!(parts(every(2, IntervalUnit::Week), every(7, IntervalUnit::Day)), Some(2));
        assert_eq!(parts(every(1, IntervalUnit::Month), every(1, IntervalUnit::Month)), Some(1));
        assert_eq!(parts(every(1, IntervalUnit::Month), every(1, IntervalUnit::Week)), None);
        assert_eq!(parts(every(1, IntervalUnit::Month), every(2, IntervalUnit::Month)), None);
        assert_eq!(PlanTerms::default().deliveries(), 1);
    }
}
