//! Values of metafields and of metaobjects' fields: what each type accepts, and the one form in which it is kept and shown.

mod document;
mod fault;
mod kind;
mod measure;
mod number;
mod reference;
mod rule;
mod text;
mod time;

use mcom_schema::{Currency, Refusal};
use serde_json::Value;

pub use kind::ValueType;
pub use reference::{Referenced, ReferencedKind};
pub use rule::Validation;

use fault::{invalid, too_long};
use kind::Kind;
use rule::Rules;

/// A value has at most this many bytes.
const LONGEST: usize = 128 * 1024;
/// A list has at most this many items.
const LONGEST_LIST: usize = 256;

impl ValueType {
    /// The value that `text` means, in the form in which it is kept. `currency` is the store's.
    ///
    /// # Errors
    /// Refuses, as `value`, what is not of this type or breaks a rule.
    pub fn check(
        self,
        text: &str,
        validations: &[Validation],
        currency: Currency,
    ) -> Result<String, Refusal> {
        if text.len() > LONGEST {
            return Err(too_long(format!("Value is too long (maximum is {LONGEST} bytes)")));
        }
        if text.contains('\0') {
            return Err(invalid("Value has a null character in it"));
        }
        let rules = Rules(validations);
        if !self.list {
            return self.kind.check(text, rules, currency);
        }
        let items: Vec<Value> =
            serde_json::from_str(text).map_err(|_| invalid("Value must be a JSON array"))?;
        rule::length(items.len(), rules)?;
        let item = |item: &Value| {
            let text = item.as_str().map_or_else(|| item.to_string(), str::to_owned);
            let value = self.kind.check(&text, rules, currency)?;
            Ok(if self.kind.is_bare() { value } else { Value::String(value).to_string() })
        };
        let items = items.iter().map(item).collect::<Result<Vec<_>, Refusal>>()?;
        Ok(format!("[{}]", items.join(",")))
    }

    /// Looks at the rules of a definition of this type.
    ///
    /// # Errors
    /// Refuses, as `validations`, rules that the type does not know, and those whose value means nothing.
    pub fn check_rules(self, validations: &[Validation]) -> Result<(), Refusal> {
        rule::check(self, validations)
    }

    /// What a value of this type refers to, in order.
    pub fn references(self, value: &str) -> Vec<Referenced> {
        if !self.is_reference() {
            return vec![];
        }
        let texts: Vec<String> = match self.list {
            true => serde_json::from_str(value).unwrap_or_default(),
            false => vec![value.to_owned()],
        };
        texts.iter().filter_map(|text| Referenced::read(text)).collect()
    }

    /// Whether values refer to something.
    pub fn is_reference(self) -> bool {
        !self.kind.targets().is_empty()
    }
}

impl Kind {
    fn check(self, text: &str, rules: Rules<'_>, currency: Currency) -> Result<String, Refusal> {
        match self {
            Kind::SingleLineText => text::line(text, rules),
            Kind::MultiLineText => text::lines(text, rules),
            Kind::Id => text::id(text, rules),
            Kind::Color => text::color(text),
            Kind::Language => text::language(text),
            Kind::Url => text::url(text, rules),
            Kind::Boolean => text::boolean(text),
            Kind::NumberInteger => number::integer(text, rules),
            Kind::NumberDecimal => number::decimal(text, rules),
            Kind::Date => time::date(text, rules),
            Kind::DateTime => time::instant(text, rules),
            Kind::Dimension => measure::check(measure::LENGTHS, text, rules),
            Kind::Volume => measure::check(measure::VOLUMES, text, rules),
            Kind::Weight => measure::check(measure::WEIGHTS, text, rules),
            Kind::Json => document::json(text),
            Kind::Link => document::link(text, rules),
            Kind::Money => document::money(text, currency),
            Kind::Rating => document::rating(text, rules),
            Kind::RichText => document::rich_text(text),
            _ => reference::check(self.targets(), text),
        }
    }
}

#[cfg(test)]
mod tests;
