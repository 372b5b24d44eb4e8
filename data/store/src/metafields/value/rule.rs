//! Rules of a definition: which there are for which type, and what they mean.

use mcom_schema::Refusal;
use regex::Regex;
use serde::{Deserialize, Serialize};

use super::{
    LONGEST_LIST,
    fault::{bad_rule, too_long, too_short},
    kind::{Kind, ValueType},
    measure,
    number::Decimal,
    time,
};

/// Compiled patterns may take this much memory, in bytes.
const LARGEST_PATTERN: usize = 256 * 1024;

/// A rule of a definition, as the published APIs spell it: `max` with `"10"`, `choices` with `["S","M"]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validation {
    /// Which rule.
    pub name: String,
    /// What it says; lists and measures are JSON.
    pub value: String,
}

/// The rules that a value is held against.
#[derive(Clone, Copy)]
pub(super) struct Rules<'a>(pub(super) &'a [Validation]);

impl<'a> Rules<'a> {
    /// What a rule says, if there is one.
    pub(super) fn get(self, name: &str) -> Option<&'a str> {
        self.0.iter().find(|rule| rule.name == name).map(|rule| rule.value.as_str())
    }

    /// A number of characters, digits or items.
    pub(super) fn whole(self, name: &str) -> Option<usize> {
        self.get(name)?.parse().ok()
    }

    /// A list of texts.
    pub(super) fn list(self, name: &str) -> Option<Vec<String>> {
        serde_json::from_str(self.get(name)?).ok()
    }

    /// The pattern that text matches as a whole or in part, as it says.
    pub(super) fn pattern(self) -> Option<Regex> {
        pattern(self.get("regex")?)
    }
}

fn pattern(text: &str) -> Option<Regex> {
    regex::RegexBuilder::new(text).size_limit(LARGEST_PATTERN).build().ok()
}

/// Looks at how many items a list has.
pub(super) fn length(items: usize, rules: Rules<'_>) -> Result<(), Refusal> {
    let most = rules.whole("list.max").unwrap_or(LONGEST_LIST).min(LONGEST_LIST);
    if items > most {
        return Err(too_long(format!("Value has too many items (maximum is {most})")));
    }
    match rules.whole("list.min") {
        Some(least) if items < least => {
            Err(too_short(format!("Value has too few items (minimum is {least})")))
        }
        _ => Ok(()),
    }
}

/// Looks at the rules of a definition of this type.
pub(super) fn check(of: ValueType, validations: &[Validation]) -> Result<(), Refusal> {
    for (index, rule) in validations.iter().enumerate() {
        let (name, value) = (rule.name.as_str(), rule.value.as_str());
        if validations[..index].iter().any(|earlier| earlier.name == rule.name) {
            return Err(bad_rule(format!("Rule {name} is there twice")));
        }
        let means = match name {
            "list.min" | "list.max" if of.list => Some(value.parse::<usize>().is_ok()),
            _ => of.kind.means(name, value),
        };
        match means {
            Some(true) => {}
            Some(false) => return Err(bad_rule(format!("Rule {name} can't be «{value}»"))),
            None => return Err(bad_rule(format!("There is no rule {name} for {of}"))),
        }
    }
    let has = |name: &str| validations.iter().any(|rule| rule.name == name);
    match of.kind {
        Kind::Rating if !has("scale_min") || !has("scale_max") => {
            Err(bad_rule("A rating needs the rules scale_min and scale_max"))
        }
        Kind::MetaobjectReference if !has("metaobject_definition_type") => {
            Err(bad_rule("A metaobject_reference needs the rule metaobject_definition_type"))
        }
        Kind::MixedReference if !has("metaobject_definition_types") => {
            Err(bad_rule("A mixed_reference needs the rule metaobject_definition_types"))
        }
        _ => Ok(()),
    }
}

impl Kind {
    /// Whether a rule's value means something; none if the type has no such rule.
    fn means(self, name: &str, value: &str) -> Option<bool> {
        let texts = || serde_json::from_str::<Vec<String>>(value).is_ok_and(|texts| !texts.is_empty());
        let measure = |units| measure::read(units, value).is_some();
        Some(match (self, name) {
            (Kind::SingleLineText | Kind::MultiLineText | Kind::Id, "min" | "max") => {
                value.parse::<usize>().is_ok()
            }
            (Kind::SingleLineText | Kind::MultiLineText | Kind::Id, "regex") => pattern(value).is_some(),
            (Kind::SingleLineText, "choices") => texts(),
            (Kind::Url | Kind::Link, "allowed_domains") => texts(),
            (Kind::NumberInteger, "min" | "max") => value.parse::<i64>().is_ok(),
            (Kind::NumberDecimal, "min" | "max") | (Kind::Rating, "scale_min" | "scale_max") => {
                Decimal::parse(value).is_some()
            }
            (Kind::NumberDecimal, "max_precision") => value.parse::<usize>().is_ok_and(|digits| digits <= 9),
            (Kind::Date, "min" | "max") => time::read_date(value).is_some(),
            (Kind::DateTime, "min" | "max") => time::read_instant(value).is_some(),
            (Kind::Dimension, "min" | "max") => measure(measure::LENGTHS),
            (Kind::Volume, "min" | "max") => measure(measure::VOLUMES),
            (Kind::Weight, "min" | "max") => measure(measure::WEIGHTS),
            (Kind::MetaobjectReference, "metaobject_definition_type") => !value.is_empty(),
            (Kind::MixedReference, "metaobject_definition_types") => texts(),
            _ => return None,
        })
    }
}
