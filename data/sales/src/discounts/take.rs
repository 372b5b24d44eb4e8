//! How much a discount takes off: whole minor units, spread so that the parts add up to it.

use mcom_data::Result;
use mcom_schema::{Currency, Money};

use super::{
    applied::{AppliedDiscount, DiscountPart},
    judge::{Goods, Members},
    row::Discount,
    terms::{DiscountClass, DiscountEffect, WHOLE},
};

/// Takes a discount off goods of which `left` is still to be paid, line by line. A line that another discount of lines was taken off
/// is not given a second one.
pub(crate) fn off_goods(
    discount: &Discount,
    (goods, members): (&[Goods], &Members),
    before: &[AppliedDiscount],
    (left, currency): (&mut [i64], Currency),
) -> Result<AppliedDiscount> {
    let terms = &discount.details.terms;
    let had = |place: usize| {
        let of_lines = before.iter().filter(|it| it.class == DiscountClass::Product);
        terms.class() == DiscountClass::Product && of_lines.into_iter().any(|it| it.off_line(place) > 0)
    };
    let places: Vec<usize> = (0..goods.len())
        .filter(|place| terms.is_for(&goods[*place], members) && left[*place] > 0 && !had(*place))
        .collect();
    let amounts = match terms.effect {
        DiscountEffect::FreeShipping { .. } => vec![],
        DiscountEffect::BuyGet { hundredths, .. } => {
            let got = terms.pieces_got((goods, members), left, had);
            let share = |place: &usize| {
                let all = Money::new(left[*place], currency);
                Ok(all.share(got[*place] * hundredths, goods[*place].quantity * WHOLE)?.minor)
            };
            places.iter().map(share).collect::<Result<Vec<i64>>>()?
        }
        DiscountEffect::Amount { minor, each: true } => places
            .iter()
            .map(|place| minor.saturating_mul(goods[*place].quantity).min(left[*place]))
            .collect(),
        DiscountEffect::Amount { minor, each: false } => spread(minor, &places, (left, currency))?,
        DiscountEffect::Percentage { hundredths } if terms.class() == DiscountClass::Product => {
            let share =
                |place: &usize| Ok(Money::new(left[*place], currency).share(hundredths, WHOLE)?.minor);
            places.iter().map(share).collect::<Result<Vec<i64>>>()?
        }
        DiscountEffect::Percentage { hundredths } => {
            let all = Money::new(places.iter().map(|place| left[*place]).sum(), currency);
            spread(all.share(hundredths, WHOLE)?.minor, &places, (left, currency))?
        }
    };
    for (place, minor) in places.iter().zip(&amounts) {
        left[*place] -= minor;
    }
    Ok(applied(discount, places.into_iter().zip(amounts)))
}

/// `minor`, but no more than is left at `places`, in proportion to what is left at each.
fn spread(minor: i64, places: &[usize], (left, currency): (&[i64], Currency)) -> Result<Vec<i64>> {
    let weights: Vec<i64> = places.iter().map(|place| left[*place]).collect();
    let all: i64 = weights.iter().sum();
    if all == 0 {
        return Ok(vec![0; places.len()]);
    }
    let parts = Money::new(minor.min(all), currency).allocate(&weights)?;
    Ok(parts.into_iter().map(|part| part.minor).collect())
}

/// Takes a discount off sending parcels: for each, where it goes and what that still costs.
pub(crate) fn off_shipping(discount: &Discount, parcels: &mut [(&str, i64)]) -> AppliedDiscount {
    let DiscountEffect::FreeShipping { countries, max_price_minor } = &discount.details.terms.effect else {
        return applied(discount, std::iter::empty());
    };
    let mut amounts = vec![];
    for (country, cost) in parcels {
        let reaches = countries.is_empty() || countries.iter().any(|known| known == country);
        let is_cheap = max_price_minor.is_none_or(|most| *cost <= most);
        amounts.push(if reaches && is_cheap { std::mem::take(cost) } else { 0 });
    }
    applied(discount, amounts.into_iter().enumerate())
}

fn applied(discount: &Discount, parts: impl Iterator<Item = (usize, i64)>) -> AppliedDiscount {
    let (details, terms) = (&discount.details, &discount.details.terms);
    AppliedDiscount {
        id: discount.id,
        code: details.code.clone(),
        title: details.title.clone(),
        class: terms.class(),
        value: terms.value(),
        each: matches!(
            terms.effect,
            DiscountEffect::Amount { each: true, .. } | DiscountEffect::FreeShipping { .. }
        ),
        picked: matches!(terms.effect, DiscountEffect::BuyGet { .. }),
        parts: parts
            .filter(|(_, minor)| *minor > 0)
            .map(|(place, minor)| DiscountPart { place, minor })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use mcom_schema::{
        Currency,
        id::{DiscountId, ProductId},
    };

    use super::{
        super::{
            details::DiscountDetails,
            judge::Goods,
            row::Discount,
            terms::{CombinesWith, DiscountEffect, DiscountItems, DiscountMinimum, DiscountTerms},
        },
        off_goods, off_shipping,
    };

    fn discount(effect: DiscountEffect, items: DiscountItems) -> Discount {
        let terms = DiscountTerms {
            effect,
            items,
            minimum: DiscountMinimum::None,
            combines_with: CombinesWith::default(),
            customers: None,
        };
        let details = DiscountDetails {
            code: None,
            title: "Sale".to_owned(),
            terms,
            starts_at: DateTime::<Utc>::UNIX_EPOCH,
            ends_at: None,
            usage_limit: None,
            once_per_customer: false,
        };
        Discount { id: DiscountId(1), details, used: 0 }
    }

    fn goods(totals: &[(i64, i64)]) -> Vec<Goods> {
        let line = |(i, (quantity, total)): (usize, &(i64, i64))| Goods {
            product: ProductId(i as i64 + 1),
            quantity: *quantity,
            total: *total,
            is_money: false,
            requires_shipping: true,
        };
        totals.iter().enumerate().map(line).collect()
    }

    /// What is taken off each line, from lines of so many pieces that cost so much.
    fn taken(discount: &Discount, lines: &[(i64, i64)]) -> Vec<i64> {
        let goods = goods(lines);
        let mut left: Vec<i64> = goods.iter().map(|it| it.total).collect();
        let applied =
            off_goods(discount, (&goods, &Default::default()), &[], (&mut left, Currency::EUR)).unwrap();
        let off: Vec<i64> = (0..lines.len()).map(|place| applied.off_line(place)).collect();
        assert!(goods.iter().zip(&left).zip(&off).all(|((it, left), off)| it.total == left + off));
        off
    }

    #[test]
    fn an_amount_is_spread_over_the_lines_and_adds_up_to_the_cent() {
        let ten = discount(DiscountEffect::Amount { minor: 1000, each: false }, DiscountItems::All);
        assert_eq!(taken(&ten, &[(1, 1000), (1, 1000), (1, 1000)]), [334, 333, 333]);
        assert_eq!(taken(&ten, &[(1, 300), (1, 200)]), [300, 200]);
        assert_eq!(taken(&ten, &[(1, 0), (1, 5000)]), [0, 1000]);
    }

    #[test]
    fn a_share_of_the_order_is_rounded_once_and_one_of_lines_for_each() {
        let tenth = DiscountEffect::Percentage { hundredths: 1000 };
        let of_order = discount(tenth.clone(), DiscountItems::All);
        assert_eq!(taken(&of_order, &[(1, 5), (1, 5), (1, 5)]), [1, 1, 0]);
        let products = (1..=2).map(ProductId).collect();
        let of_lines = discount(tenth, DiscountItems::Only { products, collections: vec![] });
        assert_eq!(taken(&of_lines, &[(1, 5), (1, 5), (1, 5)]), [1, 1, 0]);
        assert_eq!(taken(&of_lines, &[(1, 14), (1, 16), (1, 100)]), [1, 2, 0]);
    }

    #[test]
    fn an_amount_for_each_piece_is_no_more_than_the_piece_costs() {
        let each = discount(DiscountEffect::Amount { minor: 200, each: true }, DiscountItems::All);
        assert_eq!(taken(&each, &[(3, 900), (2, 100)]), [600, 100]);
    }

    #[test]
    fn a_line_is_given_one_discount_of_lines_only() {
        let products = vec![ProductId(1)];
        let items = DiscountItems::Only { products, collections: vec![] };
        let half = discount(DiscountEffect::Percentage { hundredths: 5000 }, items);
        let (goods, mut left) = (goods(&[(1, 100)]), [100]);
        let members = Default::default();
        let first = off_goods(&half, (&goods, &members), &[], (&mut left, Currency::EUR)).unwrap();
        let again = off_goods(&half, (&goods, &members), &[first], (&mut left, Currency::EUR)).unwrap();
        assert_eq!((again.total_minor(), left), (0, [50]));
    }

    #[test]
    fn sending_is_free_where_and_as_far_as_the_discount_says() {
        let countries = vec!["DE".to_owned()];
        let effect = DiscountEffect::FreeShipping { countries, max_price_minor: Some(900) };
        let free = discount(effect, DiscountItems::All);
        let mut parcels = [("DE", 900), ("FR", 500), ("DE", 901)];
        assert_eq!(off_shipping(&free, &mut parcels).total_minor(), 900);
        assert_eq!(parcels.map(|(_, cost)| cost), [0, 500, 901]);
    }
}
