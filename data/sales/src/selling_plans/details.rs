//! What a merchant says of selling plans.

use mcom_schema::{
    Refusal,
    id::{ProductId, VariantId},
    refuse,
};

use super::terms::{Adjustment, Interval, PlanTerms};

/// No name has more characters.
const LONGEST_NAME: usize = 255;
/// No description has more characters.
const LONGEST_DESCRIPTION: usize = 5_000;
/// A group has no more plans.
const MOST_PLANS: usize = 31;
/// The plans of a group differ in no more options.
const MOST_OPTIONS: usize = 3;
/// A plan changes its price no more often.
const MOST_ADJUSTMENTS: usize = 2;
/// No period is longer, counted in its own unit.
const LONGEST_PERIOD: i64 = 1_000;

/// Plans that have something in common, and what is sold by them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupDetails {
    /// Its name for machines, by which it is known.
    pub handle: String,
    /// Its name for buyers.
    pub name: String,
    /// Whose it is, if an app made it.
    pub app_name: Option<String>,
    /// Names of what its plans differ in.
    pub options: Vec<String>,
    /// In the merchant's order, each known by its name.
    pub plans: Vec<PlanDetails>,
    /// Products that are sold by these plans, and whether only so, by their ids.
    pub products: Vec<(ProductId, bool)>,
    /// Single variants that are, by their ids.
    pub variants: Vec<VariantId>,
}

/// A plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlanDetails {
    /// Its name for buyers.
    pub name: String,
    /// What buyers should know of it.
    pub description: Option<String>,
    /// What buyers agree to.
    pub terms: PlanTerms,
}

impl GroupDetails {
    /// Looks at all of it.
    ///
    /// # Errors
    /// Refuses blank and long names, groups without plans, plans of one name, option values that do not answer to the group's options,
    /// periods that do not fit together, and adjustments that take off nothing or more than there is.
    pub fn check(&self) -> Result<(), Refusal> {
        name("handle", &self.handle)?;
        name("name", &self.name)?;
        if self.options.is_empty() || self.options.len() > MOST_OPTIONS {
            let message = format!("Plans differ in 1 to {MOST_OPTIONS} options");
            return Err(refuse("options", "INVALID", message));
        }
        self.options.iter().try_for_each(|option| name("options", option))?;
        if self.plans.is_empty() || self.plans.len() > MOST_PLANS {
            return Err(refuse("plans", "INVALID", format!("A group has 1 to {MOST_PLANS} plans")));
        }
        for (place, plan) in self.plans.iter().enumerate() {
            let within = |refusal: Refusal| refusal.under(["plans".to_owned(), place.to_string()]);
            if self.plans[..place].iter().any(|other| other.name == plan.name) {
                return Err(within(refuse("name", "TAKEN", "A plan of this name is there already")));
            }
            plan.check(self.options.len()).map_err(within)?;
        }
        Ok(())
    }
}

impl PlanDetails {
    fn check(&self, options: usize) -> Result<(), Refusal> {
        name("name", &self.name)?;
        if self.description.as_ref().is_some_and(|text| text.chars().count() > LONGEST_DESCRIPTION) {
            let message = format!("Description is too long (maximum is {LONGEST_DESCRIPTION} characters)");
            return Err(refuse("description", "TOO_LONG", message));
        }
        let terms = &self.terms;
        if terms.options.len() != options {
            let message = "A plan has a value for each option of its group";
            return Err(refuse("options", "INVALID", message));
        }
        terms.options.iter().try_for_each(|value| name("options", value))?;
        terms.billing.map_or(Ok(()), |it| period("billing", it))?;
        terms.delivery.map_or(Ok(()), |it| period("delivery", it))?;
        if let (Some(billing), Some(delivery)) = (terms.billing, terms.delivery)
            && billing.whole_parts(delivery).is_none()
        {
            let message = "What is billed at once must be a whole number of deliveries";
            return Err(refuse("billing", "INVALID", message));
        }
        self.check_adjustments()
    }

    fn check_adjustments(&self) -> Result<(), Refusal> {
        let adjustments = &self.terms.adjustments;
        if adjustments.len() > MOST_ADJUSTMENTS {
            let message = format!("A plan has at most {MOST_ADJUSTMENTS} price adjustments");
            return Err(refuse("priceAdjustments", "TOO_MANY", message));
        }
        for (place, it) in adjustments.iter().enumerate() {
            let is_last = place + 1 == adjustments.len();
            let message = match it.value {
                _ if it.orders.is_some_and(|orders| orders < 1) => "Orders must be at least 1",
                _ if !is_last && it.orders.is_none() => {
                    "What follows would never count: say for how many orders"
                }
                Adjustment::Percentage { hundredths } if !(1..=10_000).contains(&hundredths) => {
                    "Percentage must be above 0 and at most 100"
                }
                Adjustment::Amount { minor } if minor < 1 => "Amount must be above 0",
                Adjustment::Price { minor } if minor < 0 => "Price must not be negative",
                _ => continue,
            };
            return Err(refuse(&place.to_string(), "INVALID", message).under(["priceAdjustments"]));
        }
        Ok(())
    }
}

fn name(field: &'static str, text: &str) -> Result<(), Refusal> {
    let characters = text.chars().count();
    if text.trim() == text && (1..=LONGEST_NAME).contains(&characters) {
        return Ok(());
    }
    let message = format!("{field} needs 1 to {LONGEST_NAME} characters and no blanks around them");
    Err(refuse(field, "INVALID", message))
}

fn period(field: &'static str, interval: Interval) -> Result<(), Refusal> {
    if (1..=LONGEST_PERIOD).contains(&interval.count) {
        return Ok(());
    }
    Err(refuse(field, "INVALID", format!("A period has 1 to {LONGEST_PERIOD} units")))
}

#[cfg(test)]
mod tests {
    use super::{
        super::terms::{Adjustment, Interval, IntervalUnit, PlanTerms, PriceAdjustment},
        GroupDetails, PlanDetails,
    };

    fn monthly() -> PlanDetails {
        let every = Some(Interval { unit: IntervalUnit::Month, count: 1 });
        let options = vec!["1 month".to_owned()];
        let terms = PlanTerms { options, billing: every, delivery: every, adjustments: vec![] };
        PlanDetails { name: "Monthly".to_owned(), description: None, terms }
    }

    fn field(plans: Vec<PlanDetails>) -> String {
        let options = vec!["Deliver every".to_owned()];
        let (handle, name) = ("subscribe".to_owned(), "Subscribe".to_owned());
        let group = GroupDetails { handle, name, options, plans, ..GroupDetails::default() };
        group.check().err().map(|refusal| refusal.field.join(".")).unwrap_or_default()
    }

    fn with(terms: PlanTerms) -> Vec<PlanDetails> {
        vec![PlanDetails { terms, ..monthly() }]
    }

    #[test]
    fn plans_that_make_no_sense_are_refused_by_their_place() {
        let terms = monthly().terms;
        assert_eq!(field(vec![monthly()]), "");
        assert_eq!(field(vec![]), "plans");
        assert_eq!(field(vec![monthly(), monthly()]), "plans.1.name");
        assert_eq!(field(with(PlanTerms { options: vec![], ..terms.clone() })), "plans.0.options");
        let weekly = Some(Interval { unit: IntervalUnit::Week, count: 1 });
        assert_eq!(field(with(PlanTerms { delivery: weekly, ..terms.clone() })), "plans.0.billing");
        let never = Some(Interval { unit: IntervalUnit::Month, count: 0 });
        assert_eq!(field(with(PlanTerms { delivery: never, ..terms.clone() })), "plans.0.delivery");
        let free = PriceAdjustment { value: Adjustment::Amount { minor: 0 }, orders: None };
        let adjustments = vec![free];
        assert_eq!(field(with(PlanTerms { adjustments, ..terms.clone() })), "plans.0.priceAdjustments.0");
        let ever = PriceAdjustment { value: Adjustment::Price { minor: 5 }, orders: None };
        let adjustments = vec![ever, ever];
        assert_eq!(field(with(PlanTerms { adjustments, ..terms })), "plans.0.priceAdjustments.0");
    }
}
