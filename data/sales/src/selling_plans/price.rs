//! What a piece costs by a plan.

use mcom_data::Result;
use mcom_schema::{Exchange, Money};

use super::terms::{Adjustment, PlanTerms};

/// All of a price, in hundredths of a percent.
const WHOLE: i64 = 10_000;

/// What a piece costs as long as one of a plan's adjustments counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanPrice {
    /// What is paid at once: for all deliveries of the period that is billed.
    pub price: Money,
    /// What that would cost without the plan.
    pub compare_at: Money,
    /// The part of one delivery.
    pub per_delivery: Money,
}

impl PlanTerms {
    /// What a piece that usually costs `unit` comes to, once for each adjustment; `exchange` leads from the store's currency to that of
    /// `unit`.
    ///
    /// # Errors
    /// `Broken` if a price leaves the range of money.
    pub fn prices(&self, unit: Money, exchange: &Exchange) -> Result<Vec<PlanPrice>> {
        let deliveries = self.deliveries();
        let price = |per_delivery: Money| -> Result<PlanPrice> {
            Ok(PlanPrice {
                price: per_delivery.times(deliveries)?,
                compare_at: unit.times(deliveries)?,
                per_delivery,
            })
        };
        if self.adjustments.is_empty() {
            return Ok(vec![price(unit)?]);
        }
        let adjusted = self.adjustments.iter().map(|it| price(it.value.of(unit, exchange)?));
        adjusted.collect()
    }
}

impl Adjustment {
    fn of(self, unit: Money, exchange: &Exchange) -> Result<Money> {
        Ok(match self {
            Adjustment::Percentage { hundredths } => unit.minus(unit.share(hundredths, WHOLE)?)?,
            Adjustment::Amount { minor } => {
                let left = unit.minus(Money::new(exchange.amount(minor), unit.currency))?;
                Money::new(left.minor.max(0), unit.currency)
            }
            Adjustment::Price { minor } => Money::new(exchange.price(minor), unit.currency),
        })
    }
}

#[cfg(test)]
mod tests {
    use mcom_schema::{Currency, Exchange, Money};

    use super::super::terms::{Adjustment, Interval, IntervalUnit, PlanTerms, PriceAdjustment};

    fn eur(minor: i64) -> Money {
        Money::new(minor, Currency::EUR)
    }

    const HOME: Exchange = Exchange::none(Currency::EUR);

    fn adjusted(value: Adjustment) -> i64 {
        let adjustments = vec![PriceAdjustment { value, orders: None }];
        let terms = PlanTerms { adjustments, ..PlanTerms::default() };
        terms.prices(eur(1050), &HOME).unwrap()[0].price.minor
    }

    #[test]
    fn a_plan_takes_off_a_share_or_an_amount_or_says_the_price() {
        assert_eq!(adjusted(Adjustment::Percentage { hundredths: 1500 }), 892);
        assert_eq!(adjusted(Adjustment::Percentage { hundredths: 10_000 }), 0);
        assert_eq!(adjusted(Adjustment::Amount { minor: 200 }), 850);
        assert_eq!(adjusted(Adjustment::Amount { minor: 2000 }), 0);
        assert_eq!(adjusted(Adjustment::Price { minor: 900 }), 900);
    }

    #[test]
    fn what_is_billed_before_it_is_delivered_is_paid_for_all_deliveries() {
        let every = |count| Some(Interval { unit: IntervalUnit::Month, count });
        let orders = Some(2);
        let first = PriceAdjustment { value: Adjustment::Percentage { hundredths: 5000 }, orders };
        let later = PriceAdjustment { value: Adjustment::Percentage { hundredths: 1000 }, orders: None };
        let adjustments = vec![first, later];
        let terms = PlanTerms { billing: every(3), delivery: every(1), adjustments, options: vec![] };
        let prices = terms.prices(eur(1000), &HOME).unwrap();
        let told: Vec<_> =
            prices.iter().map(|it| (it.price.minor, it.compare_at.minor, it.per_delivery.minor)).collect();
        assert_eq!(told, [(1500, 3000, 500), (2700, 3000, 900)]);
    }
}
