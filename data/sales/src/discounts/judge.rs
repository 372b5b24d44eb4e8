//! Whether a cart may have a discount, and if not, why.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use mcom_schema::id::{CollectionId, CustomerId, ProductId};

use super::{
    buy_get::{Offer, Pieces, got},
    row::Discount,
    terms::{DiscountClass, DiscountEffect, DiscountItems, DiscountMinimum, DiscountTerms},
};

/// A line as discounts see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Goods {
    pub(crate) product: ProductId,
    pub(crate) quantity: i64,
    /// Price of all, in minor units.
    pub(crate) total: i64,
    /// Gift cards are money: nothing is taken off them.
    pub(crate) is_money: bool,
    pub(crate) requires_shipping: bool,
}

/// Why a code does not apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// The store has no such code.
    Unknown,
    /// Its time has not come, or is over.
    Inactive,
    /// As many have had it as may.
    UsedUp,
    /// The buyer has had it.
    UsedByBuyer,
    /// Nothing in the cart is what it is given on.
    NoGoods,
    /// Nothing is sent for which it could be given.
    NoShipping,
    /// The goods are not worth enough.
    Subtotal,
    /// There are not enough pieces.
    Quantity,
    /// Others that it may not stand beside take off more.
    Combination,
    /// It is for some customers only, and nobody has signed in.
    CustomerMissing,
    /// It is for other customers.
    CustomerNotEligible,
}

impl Obstacle {
    /// A `CartWarningCode` of the contract.
    pub const fn code(self) -> &'static str {
        match self {
            Obstacle::Unknown => "DISCOUNT_NOT_FOUND",
            Obstacle::Inactive => "DISCOUNT_CURRENTLY_INACTIVE",
            Obstacle::UsedUp => "DISCOUNT_USAGE_LIMIT_REACHED",
            Obstacle::UsedByBuyer => "DISCOUNT_CUSTOMER_USAGE_LIMIT_REACHED",
            Obstacle::NoGoods => "DISCOUNT_NO_ENTITLED_LINE_ITEMS",
            Obstacle::NoShipping => "DISCOUNT_NO_ENTITLED_SHIPPING_LINES",
            Obstacle::Subtotal => "DISCOUNT_PURCHASE_NOT_IN_RANGE",
            Obstacle::Quantity => "DISCOUNT_QUANTITY_NOT_IN_RANGE",
            Obstacle::Combination => "DISCOUNT_CODE_NOT_HONOURED",
            Obstacle::CustomerMissing => "DISCOUNT_ELIGIBLE_CUSTOMER_MISSING",
            Obstacle::CustomerNotEligible => "DISCOUNT_CUSTOMER_NOT_ELIGIBLE",
        }
    }

    /// A sentence for the buyer.
    pub fn message(self, code: &str) -> String {
        match self {
            Obstacle::Unknown => format!("There is no discount for the code {code}."),
            Obstacle::Inactive => format!("The discount {code} is not valid at the moment."),
            Obstacle::UsedUp => format!("The discount {code} has been used up."),
            Obstacle::UsedByBuyer => format!("You have used the discount {code} before."),
            Obstacle::NoGoods => format!("The discount {code} is not for anything in your cart."),
            Obstacle::NoShipping => format!("The discount {code} is not for the way your cart is sent."),
            Obstacle::Subtotal => format!("The discount {code} is for larger purchases."),
            Obstacle::Quantity => format!("The discount {code} is for more pieces."),
            Obstacle::CustomerMissing => format!("The discount {code} is for customers who have signed in."),
            Obstacle::CustomerNotEligible => format!("The discount {code} is for other customers."),
            Obstacle::Combination => {
                format!("The discount {code} cannot be had beside what is already taken off.")
            }
        }
    }
}

/// In which collections products are.
pub(super) type Members = HashSet<(CollectionId, ProductId)>;

impl DiscountTerms {
    /// Whether it is given on these goods.
    pub(super) fn is_for(&self, goods: &Goods, members: &Members) -> bool {
        !goods.is_money && self.items.include(goods, members)
    }

    /// How many pieces of each of the goods are got for less where others are bought, of which `left` is to be paid; `had` are places at
    /// which nothing more is taken off.
    pub(super) fn pieces_got(
        &self,
        (goods, members): (&[Goods], &Members),
        left: &[i64],
        had: impl Fn(usize) -> bool,
    ) -> Vec<i64> {
        let DiscountEffect::BuyGet { buys, pieces, gets, most, .. } = &self.effect else {
            return vec![0; goods.len()];
        };
        let line = |(place, it): (usize, &Goods)| Pieces {
            buys: !it.is_money && buys.include(it, members),
            gets: self.is_for(it, members) && left[place] > 0 && !had(place),
            quantity: it.quantity,
            left: left[place],
        };
        let lines: Vec<Pieces> = goods.iter().enumerate().map(line).collect();
        got(&lines, Offer { pieces: *pieces, gets: *gets, most: *most })
    }

    /// Whether it is for whoever has signed in, or for nobody in particular.
    fn is_open_to(&self, customer: Option<CustomerId>) -> Result<(), Obstacle> {
        match (&self.customers, customer) {
            (None, _) => Ok(()),
            (Some(_), None) => Err(Obstacle::CustomerMissing),
            (Some(chosen), Some(id)) if chosen.contains(&id) => Ok(()),
            _ => Err(Obstacle::CustomerNotEligible),
        }
    }
}

impl DiscountItems {
    fn include(&self, goods: &Goods, members: &Members) -> bool {
        match self {
            DiscountItems::All => true,
            DiscountItems::Only { products, collections } => {
                products.contains(&goods.product)
                    || collections.iter().any(|collection| members.contains(&(*collection, goods.product)))
            }
        }
    }
}

/// Why a cart with these goods cannot have a discount now; `None` if it can. How often it was had is another question.
pub(super) fn obstacle(
    discount: &Discount,
    (goods, members): (&[Goods], &Members),
    customer: Option<CustomerId>,
    now: DateTime<Utc>,
) -> Option<Obstacle> {
    let details = &discount.details;
    if now < details.starts_at || details.ends_at.is_some_and(|end| end <= now) {
        return Some(Obstacle::Inactive);
    }
    if let Err(obstacle) = details.terms.is_open_to(customer) {
        return Some(obstacle);
    }
    let entitled: Vec<&Goods> = goods.iter().filter(|it| details.terms.is_for(it, members)).collect();
    if entitled.is_empty() {
        return Some(Obstacle::NoGoods);
    }
    let is_sent = goods.iter().any(|it| it.requires_shipping);
    if details.terms.class() == DiscountClass::Shipping && !is_sent {
        return Some(Obstacle::NoShipping);
    }
    if matches!(details.terms.effect, DiscountEffect::BuyGet { .. }) {
        let left: Vec<i64> = goods.iter().map(|it| it.total).collect();
        let got = details.terms.pieces_got((goods, members), &left, |_| false);
        if got.iter().all(|pieces| *pieces == 0) {
            return Some(Obstacle::Quantity);
        }
    }
    // The cart's own sums are checked elsewhere; here too much is enough.
    let sum = |of: fn(&Goods) -> i64| entitled.iter().map(|it| of(it)).fold(0, i64::saturating_add);
    match details.terms.minimum {
        DiscountMinimum::Subtotal { minor } if sum(|it| it.total) < minor => Some(Obstacle::Subtotal),
        DiscountMinimum::Quantity { pieces } if sum(|it| it.quantity) < pieces => Some(Obstacle::Quantity),
        _ => None,
    }
}
