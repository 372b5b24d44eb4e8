//! The terms of a discount: what it takes off what, from which purchase on, and beside which others.

use mcom_schema::id::{CollectionId, CustomerId, ProductId};
use serde::{Deserialize, Serialize};

/// What a discount does and when, as it is kept with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiscountTerms {
    /// What it takes off.
    pub effect: DiscountEffect,
    /// From what.
    pub items: DiscountItems,
    /// What has to be bought.
    pub minimum: DiscountMinimum,
    /// Which others may apply beside it.
    pub combines_with: CombinesWith,
    /// Who may have it, if they have signed in; `None`: everybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customers: Option<Vec<CustomerId>>,
}

/// What is taken off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum DiscountEffect {
    /// A share of the price.
    Percentage {
        /// Hundredths of a percent, 10000 at most.
        hundredths: i64,
    },
    /// An amount.
    Amount {
        /// Minor units of the store's currency.
        minor: i64,
        /// From each piece, instead of once from all together.
        each: bool,
    },
    /// A share of the price of some pieces, for whoever buys others.
    BuyGet {
        /// What has to be bought.
        buys: DiscountItems,
        /// So many of that,
        pieces: i64,
        /// for so many pieces of what the discount is given on: the cheapest ones.
        gets: i64,
        /// Hundredths of a percent, 10000 at most.
        hundredths: i64,
        /// So often in one order; `None`: as often as it goes.
        most: Option<i64>,
    },
    /// All that sending it costs.
    FreeShipping {
        /// ISO 3166-1 alpha-2 codes of where it goes; empty: anywhere.
        countries: Vec<String>,
        /// Only ways of sending that cost this much at most, in minor units; `None`: all.
        max_price_minor: Option<i64>,
    },
}

/// What a discount is given on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum DiscountItems {
    /// On everything.
    All,
    /// On these products, and on what is in these collections.
    Only {
        /// Single products.
        products: Vec<ProductId>,
        /// Whole collections.
        collections: Vec<CollectionId>,
    },
}

/// What has to be bought for it. Counted is what the discount is given on, at its price without discounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum DiscountMinimum {
    /// Anything.
    None,
    /// Goods worth this much.
    Subtotal {
        /// Minor units of the store's currency.
        minor: i64,
    },
    /// So many pieces.
    Quantity {
        /// At least 1.
        pieces: i64,
    },
}

/// Which other discounts may apply beside one. Two apply together only if each allows the other's class.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CombinesWith {
    /// Those of single lines.
    pub product: bool,
    /// Those of the whole order.
    pub order: bool,
    /// Those of sending it.
    pub shipping: bool,
}

/// What a discount is taken off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DiscountClass {
    /// Single lines.
    Product,
    /// The lines together.
    Order,
    /// Sending it.
    Shipping,
}

/// How much a discount takes off, as people are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum DiscountValue {
    /// A share.
    Percentage {
        /// Hundredths of a percent.
        hundredths: i64,
    },
    /// An amount.
    Amount {
        /// Minor units of the store's currency.
        minor: i64,
    },
}

/// All of it, in hundredths of a percent.
pub(super) const WHOLE: i64 = 10_000;

impl DiscountTerms {
    /// What it is taken off. What is given on some goods only, or on each piece, is taken off lines.
    pub fn class(&self) -> DiscountClass {
        match (&self.effect, &self.items) {
            (DiscountEffect::FreeShipping { .. }, _) => DiscountClass::Shipping,
            (DiscountEffect::Amount { each: true, .. } | DiscountEffect::BuyGet { .. }, _)
            | (_, DiscountItems::Only { .. }) => DiscountClass::Product,
            (_, DiscountItems::All) => DiscountClass::Order,
        }
    }

    /// How much it takes off, as people are told.
    pub fn value(&self) -> DiscountValue {
        match self.effect {
            DiscountEffect::Percentage { hundredths } | DiscountEffect::BuyGet { hundredths, .. } => {
                DiscountValue::Percentage { hundredths }
            }
            DiscountEffect::Amount { minor, .. } => DiscountValue::Amount { minor },
            DiscountEffect::FreeShipping { .. } => DiscountValue::Percentage { hundredths: WHOLE },
        }
    }

    /// Whether both may apply to one cart.
    pub(super) fn combine_with(&self, other: &DiscountTerms) -> bool {
        self.combines_with.allows(other.class()) && other.combines_with.allows(self.class())
    }
}

impl CombinesWith {
    fn allows(self, class: DiscountClass) -> bool {
        match class {
            DiscountClass::Product => self.product,
            DiscountClass::Order => self.order,
            DiscountClass::Shipping => self.shipping,
        }
    }
}
