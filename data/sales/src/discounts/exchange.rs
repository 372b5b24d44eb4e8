//! Discounts in the currency of a market: the amounts that they take off and ask for are worth what the merchant said, converted.

use mcom_schema::Exchange;

use super::{
    row::Discount,
    terms::{DiscountEffect, DiscountMinimum},
};

impl Discount {
    /// The same discount for a cart that is priced in another currency.
    pub(crate) fn exchanged(mut self, exchange: &Exchange) -> Self {
        let terms = &mut self.details.terms;
        match &mut terms.effect {
            DiscountEffect::Amount { minor, .. } => *minor = exchange.amount(*minor),
            DiscountEffect::FreeShipping { max_price_minor: Some(most), .. } => {
                *most = exchange.amount(*most);
            }
            DiscountEffect::FreeShipping { .. }
            | DiscountEffect::Percentage { .. }
            | DiscountEffect::BuyGet { .. } => {}
        }
        if let DiscountMinimum::Subtotal { minor } = &mut terms.minimum {
            *minor = exchange.amount(*minor);
        }
        self
    }
}
