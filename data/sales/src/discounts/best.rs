//! Which discounts apply together: those with which the buyer pays least.

use std::cmp::Reverse;

use mcom_data::Result;

use super::row::Discount;

/// The set of `offered` that may stand together for which `price` is least, by their places, with what `price` made of it.
///
/// Sets are built greedily, what takes off most first, once beginning with each discount: exact for the few discounts that stores have
/// beside each other, and cheap for many.
///
/// # Errors
/// Those of `price`.
pub(crate) fn best<T>(
    offered: &[&Discount],
    price: impl Fn(&[usize]) -> Result<(i64, T)>,
) -> Result<(Vec<usize>, T)> {
    let (mut least, mut made) = price(&[])?;
    let mut chosen = vec![];
    let mut ranked = vec![];
    for (place, discount) in offered.iter().enumerate() {
        // Of two that take off the same, what the buyer asked for comes first.
        let asked = discount.details.code.is_some();
        ranked.push((price(&[place])?.0, Reverse(asked), discount.id, place));
    }
    ranked.sort_unstable();
    let order: Vec<usize> = ranked.into_iter().map(|(.., place)| place).collect();
    for seed in &order {
        let set = grown(offered, *seed, &order);
        let (costs, quote) = price(&set)?;
        // What changes nothing yet, as free shipping before there is an address, is kept where it can be.
        if chosen.is_empty() && costs <= least || costs < least {
            (least, made, chosen) = (costs, quote, set);
        }
    }
    Ok((chosen, made))
}

/// `seed` and whatever may stand beside it, in this order.
fn grown(offered: &[&Discount], seed: usize, order: &[usize]) -> Vec<usize> {
    let mut set = vec![seed];
    for place in order.iter().copied().filter(|place| *place != seed) {
        let terms = &offered[place].details.terms;
        if set.iter().all(|other| offered[*other].details.terms.combine_with(terms)) {
            set.push(place);
        }
    }
    set
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use mcom_schema::id::DiscountId;

    use super::{
        super::{
            details::DiscountDetails,
            row::Discount,
            terms::{CombinesWith, DiscountEffect, DiscountItems, DiscountMinimum, DiscountTerms},
        },
        best,
    };

    fn off(id: i64, minor: i64, order: bool) -> Discount {
        let terms = DiscountTerms {
            effect: DiscountEffect::Amount { minor, each: false },
            items: DiscountItems::All,
            minimum: DiscountMinimum::None,
            combines_with: CombinesWith { order, ..CombinesWith::default() },
            customers: None,
        };
        let details = DiscountDetails {
            code: Some(id.to_string()),
            title: String::new(),
            terms,
            starts_at: DateTime::<Utc>::UNIX_EPOCH,
            ends_at: None,
            usage_limit: None,
            once_per_customer: false,
        };
        Discount { id: DiscountId(id), details, used: 0 }
    }

    fn chosen(offered: &[Discount]) -> Vec<i64> {
        let offered: Vec<&Discount> = offered.iter().collect();
        let price = |set: &[usize]| {
            let minor = |place: &usize| match offered[*place].details.terms.effect {
                DiscountEffect::Amount { minor, .. } => minor,
                _ => 0,
            };
            Ok((100 - set.iter().map(minor).sum::<i64>(), ()))
        };
        let (set, ()) = best(&offered, price).unwrap();
        set.into_iter().map(|place| offered[place].id.0).collect()
    }

    #[test]
    fn two_that_may_stand_together_win_over_a_larger_one_that_stands_alone() {
        assert_eq!(chosen(&[off(1, 10, false), off(2, 8, true), off(3, 7, true)]), [2, 3]);
        assert_eq!(chosen(&[off(1, 20, false), off(2, 8, true), off(3, 7, true)]), [1]);
    }

    #[test]
    fn each_has_to_allow_the_other() {
        assert_eq!(chosen(&[off(1, 10, true), off(2, 8, false)]), [1]);
        assert_eq!(chosen(&[]), Vec::<i64>::new());
    }
}
