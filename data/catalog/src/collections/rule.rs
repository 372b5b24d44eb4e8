//! Rules of collections that fill themselves: pure, evaluated on one product at a time.

use mcom_schema::{Currency, Refusal, refuse, text::fold};
use serde::{Deserialize, Serialize};

use crate::variants::{Amount, amount};

const MOST_RULES: usize = 60;

/// Which products are in a collection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RuleSet {
    /// One rule is enough, instead of all of them.
    pub applied_disjunctively: bool,
    /// At least one.
    pub rules: Vec<Rule>,
}

/// A condition on products.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// What is looked at.
    pub column: RuleColumn,
    /// How it compares.
    pub relation: RuleRelation,
    /// With what.
    pub condition: String,
}

/// What a rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RuleColumn {
    /// A variant's former price is above its price.
    IsPriceReduced,
    /// A label.
    Tag,
    /// The name.
    Title,
    /// The kind.
    Type,
    /// A variant's former price.
    VariantCompareAtPrice,
    /// A variant's price.
    VariantPrice,
    /// A variant's name.
    VariantTitle,
    /// A variant's weight, in grams.
    VariantWeight,
    /// Who makes it.
    Vendor,
}

/// How a rule compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RuleRelation {
    Contains,
    EndsWith,
    Equals,
    GreaterThan,
    IsNotSet,
    IsSet,
    LessThan,
    NotContains,
    NotEquals,
    StartsWith,
}

/// What rules see of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Subject {
    pub title: String,
    pub product_type: String,
    pub vendor: String,
    pub tags: Vec<String>,
    pub variants: Vec<SubjectVariant>,
}

/// What rules see of a variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SubjectVariant {
    pub title: String,
    pub price_minor: i64,
    pub compare_at_minor: Option<i64>,
    pub weight_grams: i64,
}

impl RuleSet {
    /// Refuses sets without rules, and rules that compare what cannot be compared.
    pub(super) fn check(&self, currency: Currency) -> Result<(), Refusal> {
        if self.rules.is_empty() || self.rules.len() > MOST_RULES {
            let message = format!("A collection has 1 to {MOST_RULES} rules");
            return Err(refuse("ruleSet.rules", "INVALID", message));
        }
        let bad = self.rules.iter().position(|rule| !rule.makes_sense(currency));
        bad.map_or(Ok(()), |index| {
            let path = format!("ruleSet.rules.{index}");
            Err(refuse(&path, "INVALID", "The rule's relation or condition does not fit its column"))
        })
    }

    /// Whether `product` is in the collection.
    pub(super) fn matches(&self, product: &Subject, currency: Currency) -> bool {
        let mut rules = self.rules.iter();
        let holds = |rule: &Rule| rule.holds(product, currency);
        if self.applied_disjunctively { rules.any(holds) } else { rules.all(holds) }
    }
}

impl Rule {
    fn makes_sense(&self, currency: Currency) -> bool {
        use RuleRelation::{EndsWith, Equals, GreaterThan, IsNotSet, IsSet, LessThan, NotEquals, StartsWith};
        let compares = matches!(self.relation, Equals | NotEquals | GreaterThan | LessThan);
        match self.column {
            RuleColumn::IsPriceReduced => matches!(self.relation, IsSet | IsNotSet),
            RuleColumn::VariantPrice => compares && self.number(currency).is_some(),
            RuleColumn::VariantCompareAtPrice => {
                matches!(self.relation, IsSet | IsNotSet) || (compares && self.number(currency).is_some())
            }
            RuleColumn::VariantWeight => compares && self.number(currency).is_some(),
            RuleColumn::Tag => self.relation == Equals && !self.condition.trim().is_empty(),
            RuleColumn::Title | RuleColumn::Type | RuleColumn::Vendor | RuleColumn::VariantTitle => {
                let textual = matches!(self.relation, Equals | NotEquals | StartsWith | EndsWith)
                    || matches!(self.relation, RuleRelation::Contains | RuleRelation::NotContains);
                textual && !self.condition.trim().is_empty()
            }
        }
    }

    /// The condition as a number: minor units, or grams.
    fn number(&self, currency: Currency) -> Option<i64> {
        match self.column {
            RuleColumn::VariantWeight => {
                let grams: f64 = self.condition.trim().parse().ok()?;
                (0.0..1e9).contains(&grams).then_some(grams.round() as i64)
            }
            _ => amount("condition", &Amount(self.condition.clone()), currency).ok(),
        }
    }

    fn holds(&self, product: &Subject, currency: Currency) -> bool {
        let any = |of: &dyn Fn(&SubjectVariant) -> bool| product.variants.iter().any(of);
        match self.column {
            RuleColumn::Title => self.text(&product.title),
            RuleColumn::Type => self.text(&product.product_type),
            RuleColumn::Vendor => self.text(&product.vendor),
            RuleColumn::Tag => product.tags.iter().any(|tag| self.text(tag)),
            RuleColumn::VariantTitle => any(&|variant| self.text(&variant.title)),
            RuleColumn::VariantPrice => any(&|variant| self.compares(Some(variant.price_minor), currency)),
            RuleColumn::VariantWeight => any(&|variant| self.compares(Some(variant.weight_grams), currency)),
            RuleColumn::VariantCompareAtPrice => {
                any(&|variant| self.compares(variant.compare_at_minor, currency))
            }
            RuleColumn::IsPriceReduced => {
                let reduced = any(&|variant| variant.compare_at_minor > Some(variant.price_minor));
                reduced == (self.relation == RuleRelation::IsSet)
            }
        }
    }

    /// Case and accents do not count.
    fn text(&self, text: &str) -> bool {
        let (text, condition) = (fold(text), fold(&self.condition));
        match self.relation {
            RuleRelation::Contains => text.contains(&condition),
            RuleRelation::NotContains => !text.contains(&condition),
            RuleRelation::StartsWith => text.starts_with(&condition),
            RuleRelation::EndsWith => text.ends_with(&condition),
            RuleRelation::Equals => text == condition,
            RuleRelation::NotEquals => text != condition,
            _ => false,
        }
    }

    fn compares(&self, value: Option<i64>, currency: Currency) -> bool {
        match (self.relation, value, self.number(currency)) {
            (RuleRelation::IsSet, value, _) => value.is_some(),
            (RuleRelation::IsNotSet, value, _) => value.is_none(),
            (RuleRelation::Equals, Some(value), Some(number)) => value == number,
            (RuleRelation::NotEquals, value, Some(number)) => value != Some(number),
            (RuleRelation::GreaterThan, Some(value), Some(number)) => value > number,
            (RuleRelation::LessThan, Some(value), Some(number)) => value < number,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use mcom_schema::Currency::EUR;

    use super::{Rule, RuleColumn as Column, RuleRelation as Relation, RuleSet, Subject, SubjectVariant};

    fn rule(column: Column, relation: Relation, condition: &str) -> Rule {
        Rule { column, relation, condition: condition.to_owned() }
    }

    fn mug() -> Subject {
        let variant = |title: &str, price_minor, compare_at_minor| SubjectVariant {
            title: title.to_owned(),
            price_minor,
            compare_at_minor,
            weight_grams: 300,
        };
        Subject {
            title: "Crème Mug".into(),
            product_type: "Kitchen".into(),
            vendor: "Clay & Co".into(),
            tags: vec!["Sale".into()],
            variants: vec![variant("Red", 900, None), variant("Blue", 1200, Some(1500))],
        }
    }

    #[test]
    fn each_column_is_looked_at_in_its_own_way() {
        for (column, relation, condition, holds) in [
            (Column::Title, Relation::Contains, "creme", true),
            (Column::Title, Relation::NotContains, "tea", true),
            (Column::Type, Relation::Equals, "kitchen", true),
            (Column::Vendor, Relation::StartsWith, "clay", true),
            (Column::Vendor, Relation::EndsWith, "ltd", false),
            (Column::Tag, Relation::Equals, "sale", true),
            (Column::Tag, Relation::Equals, "new", false),
            (Column::VariantTitle, Relation::Equals, "blue", true),
            (Column::VariantPrice, Relation::LessThan, "10", true),
            (Column::VariantPrice, Relation::GreaterThan, "12.00", false),
            (Column::VariantCompareAtPrice, Relation::IsSet, "", true),
            (Column::VariantWeight, Relation::Equals, "300", true),
            (Column::IsPriceReduced, Relation::IsSet, "", true),
        ] {
            let rule = rule(column, relation, condition);
            assert!(rule.makes_sense(EUR), "{rule:?}");
            assert_eq!(rule.holds(&mug(), EUR), holds, "{rule:?}");
        }
    }

    #[test]
    fn all_rules_or_one_of_them() {
        let rules =
            vec![rule(Column::Tag, Relation::Equals, "sale"), rule(Column::Tag, Relation::Equals, "new")];
        let any = RuleSet { applied_disjunctively: true, rules };
        let all = RuleSet { applied_disjunctively: false, ..any.clone() };
        assert!(any.matches(&mug(), EUR));
        assert!(!all.matches(&mug(), EUR));
    }

    #[test]
    fn rules_that_make_no_sense_are_refused() {
        for bad in [
            rule(Column::VariantPrice, Relation::Contains, "1"),
            rule(Column::VariantPrice, Relation::Equals, "cheap"),
            rule(Column::Title, Relation::GreaterThan, "a"),
            rule(Column::Title, Relation::Equals, " "),
        ] {
            assert!(RuleSet { applied_disjunctively: false, rules: vec![bad] }.check(EUR).is_err());
        }
        assert!(RuleSet { applied_disjunctively: false, rules: vec![] }.check(EUR).is_err());
    }
}
