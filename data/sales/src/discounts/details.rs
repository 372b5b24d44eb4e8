//! What a merchant says of a discount.

use chrono::{DateTime, Utc};
use mcom_schema::{Refusal, refuse};

use super::terms::{DiscountEffect, DiscountItems, DiscountMinimum, DiscountTerms, WHOLE};

/// No title and no code has more characters.
const LONGEST_NAME: usize = 255;
/// No more pieces are bought or got for one.
const MOST_PIECES: i64 = 10_000;
/// No discount is for more customers than this; for more of them it is for everybody.
const MOST_CUSTOMERS: usize = 1_000;
/// No discount names more products and collections than this.
const MOST_ITEMS: usize = 100;

/// All that a merchant decides about a discount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiscountDetails {
    /// What buyers type, in any case; `None`: it applies by itself.
    pub code: Option<String>,
    /// What it is called; of a discount that applies by itself buyers see this.
    pub title: String,
    /// What it does.
    pub terms: DiscountTerms,
    /// Not before.
    pub starts_at: DateTime<Utc>,
    /// Not from then on; `None`: without end.
    pub ends_at: Option<DateTime<Utc>>,
    /// So many orders may have it; `None`: as many as like. Only with a code.
    pub usage_limit: Option<i64>,
    /// Whether nobody may have it twice. Only with a code.
    pub once_per_customer: bool,
}

impl DiscountDetails {
    /// Looks at all of it.
    ///
    /// # Errors
    /// Refuses blank and long names, amounts and shares that take off nothing or more than there is, minima of nothing, an end before
    /// the beginning, and limits on what applies by itself.
    pub fn check(&self) -> Result<(), Refusal> {
        name("title", &self.title)?;
        if let Some(code) = &self.code {
            name("code", code)?;
        }
        effect(&self.terms.effect)?;
        if self.terms.customers.as_ref().is_some_and(|it| it.is_empty() || it.len() > MOST_CUSTOMERS) {
            let message = format!("A discount is for 1 to {MOST_CUSTOMERS} customers, or for everybody");
            return Err(refuse("customers", "INVALID", message));
        }
        items(&self.terms)?;
        minimum(&self.terms.minimum)?;
        if self.ends_at.is_some_and(|end| end <= self.starts_at) {
            return Err(refuse("endsAt", "INVALID", "Ends at needs to be after starts at"));
        }
        self.limits()
    }

    fn limits(&self) -> Result<(), Refusal> {
        if self.usage_limit.is_some_and(|limit| limit < 1) {
            return Err(refuse("usageLimit", "GREATER_THAN", "Usage limit must be at least 1"));
        }
        let limited = self.usage_limit.is_some() || self.once_per_customer;
        if self.code.is_none() && limited {
            let message = "A discount without a code can't be limited in its use";
            return Err(refuse("usageLimit", "INVALID", message));
        }
        Ok(())
    }
}

fn name(field: &'static str, text: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() || text.trim() != text {
        return Err(refuse(field, "BLANK", format!("{field} can't be blank, nor begin or end with blanks")));
    }
    if text.chars().count() > LONGEST_NAME {
        return Err(refuse(
            field,
            "TOO_LONG",
            format!("{field} is too long (maximum is {LONGEST_NAME} characters)"),
        ));
    }
    Ok(())
}

fn effect(effect: &DiscountEffect) -> Result<(), Refusal> {
    match effect {
        DiscountEffect::Percentage { hundredths } | DiscountEffect::BuyGet { hundredths, .. }
            if !(1..=WHOLE).contains(hundredths) =>
        {
            Err(refuse("percentage", "INVALID", "Percentage must be above 0 and at most 100"))
        }
        DiscountEffect::Amount { minor, .. } if *minor < 1 => {
            Err(refuse("amount", "GREATER_THAN", "Amount must be above 0"))
        }
        DiscountEffect::BuyGet { pieces, gets, most, .. }
            if [*pieces, *gets, most.unwrap_or(1)].iter().any(|it| !(1..=MOST_PIECES).contains(it)) =>
        {
            Err(refuse("buyXGetY", "INVALID", format!("Quantities must be from 1 to {MOST_PIECES}")))
        }
        DiscountEffect::FreeShipping { max_price_minor: Some(most), .. } if *most < 0 => {
            Err(refuse("maximumShippingPrice", "INVALID", "Maximum shipping price must not be negative"))
        }
        DiscountEffect::FreeShipping { countries, .. } if countries.iter().any(|code| !is_country(code)) => {
            Err(refuse("countries", "INVALID", "Countries are named by two capital letters, as in DE"))
        }
        _ => Ok(()),
    }
}

fn is_country(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn items(terms: &DiscountTerms) -> Result<(), Refusal> {
    let DiscountItems::Only { products, collections } = &terms.items else { return Ok(()) };
    if matches!(terms.effect, DiscountEffect::FreeShipping { .. }) {
        return Err(refuse("products", "INVALID", "Free shipping is given on the whole order"));
    }
    match products.len() + collections.len() {
        0 => Err(refuse("products", "BLANK", "Products or collections are needed")),
        count if count > MOST_ITEMS => {
            let message = format!("A discount names at most {MOST_ITEMS} products and collections");
            Err(refuse("products", "TOO_MANY", message))
        }
        _ => Ok(()),
    }
}

fn minimum(minimum: &DiscountMinimum) -> Result<(), Refusal> {
    let least = match minimum {
        DiscountMinimum::None => return Ok(()),
        DiscountMinimum::Subtotal { minor } => *minor,
        DiscountMinimum::Quantity { pieces } => *pieces,
    };
    if least > 0 { Ok(()) } else { Err(refuse("minimum", "GREATER_THAN", "A minimum must be above 0")) }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::{
        super::terms::{CombinesWith, DiscountEffect, DiscountItems, DiscountMinimum, DiscountTerms},
        DiscountDetails,
    };

    fn plain(effect: DiscountEffect) -> DiscountDetails {
        DiscountDetails {
            code: Some("TEN".to_owned()),
            title: "Ten off".to_owned(),
            terms: DiscountTerms {
                effect,
                items: DiscountItems::All,
                minimum: DiscountMinimum::None,
                combines_with: CombinesWith::default(),
                customers: None,
            },
            starts_at: DateTime::<Utc>::UNIX_EPOCH,
            ends_at: None,
            usage_limit: None,
            once_per_customer: false,
        }
    }

    fn field(details: &DiscountDetails) -> String {
        details.check().err().map(|refusal| refusal.field.join(".")).unwrap_or_default()
    }

    #[test]
    fn what_takes_off_nothing_or_too_much_is_refused() {
        let share = |hundredths| field(&plain(DiscountEffect::Percentage { hundredths }));
        assert_eq!(
            (share(0), share(10_001), share(10_000)),
            ("percentage".into(), "percentage".into(), "".into())
        );
        assert_eq!(field(&plain(DiscountEffect::Amount { minor: 0, each: false })), "amount");
    }

    #[test]
    fn what_has_no_code_cannot_be_limited_and_ends_come_after_beginnings() {
        let ten = plain(DiscountEffect::Percentage { hundredths: 1000 });
        let limited = DiscountDetails { usage_limit: Some(1), ..ten.clone() };
        assert_eq!(field(&limited), "");
        assert_eq!(field(&DiscountDetails { code: None, ..limited }), "usageLimit");
        assert_eq!(field(&DiscountDetails { ends_at: Some(ten.starts_at), ..ten }), "endsAt");
    }
}
