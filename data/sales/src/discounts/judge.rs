//! Whether a cart may have a discount, and if not, why.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use mcom_schema::id::{CollectionId, ProductId};

use super::{
    row::Discount,
    terms::{DiscountClass, DiscountItems, DiscountMinimum, DiscountTerms},
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
        !goods.is_money
            && match &self.items {
                DiscountItems::All => true,
                DiscountItems::Only { products, collections } => {
                    products.contains(&goods.product)
                        || collections
                            .iter()
                            .any(|collection| members.contains(&(*collection, goods.product)))
                }
            }
    }
}

/// Why a cart with these goods cannot have a discount now; `None` if it can. Who has had it is another question.
pub(super) fn obstacle(
    discount: &Discount,
    goods: &[Goods],
    members: &Members,
    now: DateTime<Utc>,
) -> Option<Obstacle> {
    let details = &discount.details;
    if now < details.starts_at || details.ends_at.is_some_and(|end| end <= now) {
        return Some(Obstacle::Inactive);
    }
    let entitled: Vec<&Goods> = goods.iter().filter(|it| details.terms.is_for(it, members)).collect();
    if entitled.is_empty() {
        return Some(Obstacle::NoGoods);
    }
    let is_sent = goods.iter().any(|it| it.requires_shipping);
    if details.terms.class() == DiscountClass::Shipping && !is_sent {
        return Some(Obstacle::NoShipping);
    }
    // The cart's own sums are checked elsewhere; here too much is enough.
    let sum = |of: fn(&Goods) -> i64| entitled.iter().map(|it| of(it)).fold(0, i64::saturating_add);
    match details.terms.minimum {
        DiscountMinimum::Subtotal { minor } if sum(|it| it.total) < minor => Some(Obstacle::Subtotal),
        DiscountMinimum::Quantity { pieces } if sum(|it| it.quantity) < pieces => Some(Obstacle::Quantity),
        _ => None,
    }
}
