//! What definitions and values must be like.

use mcom_data::{Error, Result};
use mcom_schema::{Currency, Refusal, refuse};

use super::{
    row::{DefinitionInput, DefinitionValues, MetafieldInput, MetafieldValues},
    value::{Validation, ValueType},
};
use crate::content;

/// Of names for people, in characters.
const LONGEST_NAME: usize = 255;

/// Looks at a name that programs use.
pub(crate) fn key(field: &str, text: &str, most: usize) -> Result<String, Refusal> {
    let known = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '$' | ':');
    let name = field.rsplit('.').next().unwrap_or(field);
    match text.chars().count() {
        0 | 1 => {
            Err(refuse(field, "TOO_SHORT", format!("The {name} is too short (minimum is 2 characters)")))
        }
        length if length > most => {
            Err(refuse(field, "TOO_LONG", format!("The {name} is too long (maximum is {most} characters)")))
        }
        _ if text.chars().all(known) => Ok(text.to_owned()),
        _ => Err(refuse(
            field,
            "INVALID_CHARACTER",
            format!("The {name} has something else in it than letters, digits, hyphens and underscores"),
        )),
    }
}

/// Looks at a name for people.
pub(crate) fn name(text: &str) -> Result<String, Refusal> {
    let name = text.trim();
    match name.chars().count() {
        0 => Err(refuse("name", "BLANK", "The name can't be blank")),
        1..=LONGEST_NAME => Ok(name.to_owned()),
        _ => Err(refuse(
            "name",
            "TOO_LONG",
            format!("The name is too long (maximum is {LONGEST_NAME} characters)"),
        )),
    }
}

/// Finds a type by its name, and looks at rules for it.
pub(crate) fn value_type(name: &str, validations: &[Validation]) -> Result<ValueType, Refusal> {
    let unknown = || refuse("type", "INVALID_TYPE", format!("There is no type «{name}»"));
    let value_type = ValueType::parse(name).ok_or_else(unknown)?;
    value_type.check_rules(validations)?;
    Ok(value_type)
}

impl DefinitionInput {
    /// The columns that this means.
    ///
    /// # Errors
    /// Refuses blank names, keys with odd characters, and unknown types and rules.
    pub fn checked(&self) -> Result<DefinitionValues> {
        let of = value_type(&self.value_type, &self.validations)?;
        if self.is_filterable && !(self.owner.is_sold() && of.is_choosable() && self.is_public) {
            let told = "Products are narrowed down by texts, whole numbers and truths that buyers may read of products and variants";
            return Err(refuse("filter", "INVALID", told).into());
        }
        Ok(DefinitionValues {
            owner_type: self.owner.name().to_owned(),
            namespace: key("namespace", &self.namespace, 255)?,
            key: key("key", &self.key, 64)?,
            name: name(&self.name)?,
            description: content::some(self.description.as_deref()),
            value_type: self.value_type.clone(),
            validations: serde_json::to_value(&self.validations)?,
            is_public: self.is_public,
            is_filterable: self.is_filterable,
        })
    }
}

impl DefinitionValues {
    /// Whether a definition may become this one: where it belongs and the type of its values are for ever.
    ///
    /// # Errors
    /// Refuses another type, another key and another kind of owner.
    pub fn follows(&self, before: &DefinitionValues) -> Result<()> {
        if self.value_type != before.value_type {
            return Err(refuse("type", "INVALID_TYPE", "The type can't be changed").into());
        }
        let place = |values: &DefinitionValues| {
            (values.owner_type.clone(), values.namespace.clone(), values.key.clone())
        };
        if place(self) != place(before) {
            return Err(refuse("key", "INVALID", "Namespace, key and type of owner can't be changed").into());
        }
        Ok(())
    }
}

impl MetafieldInput {
    /// Whether this definition is about it.
    pub fn is_defined_by(&self, definition: &DefinitionValues) -> bool {
        (definition.owner_type.as_str(), &definition.namespace, &definition.key)
            == (self.owner.kind.name(), &self.namespace, &self.key)
    }

    /// The value as it is kept, with its type. Whether there is what it refers to is not looked at. `currency` is the store's.
    ///
    /// # Errors
    /// Refuses what is not of its type or breaks a rule of its definition.
    pub fn checked(
        &self,
        definition: Option<&DefinitionValues>,
        currency: Currency,
    ) -> Result<(MetafieldValues, ValueType)> {
        let validations = definition.map(DefinitionValues::validations).transpose()?.unwrap_or_default();
        let value_type = match (&self.value_type, definition) {
            (Some(name), Some(definition)) if *name != definition.value_type => {
                let wanted = format!("The definition says the type is {}", definition.value_type);
                return Err(refuse("type", "INVALID_TYPE", wanted).into());
            }
            (_, Some(definition)) => definition.value_type()?,
            (Some(name), None) => ValueType::parse(name)
                .ok_or_else(|| refuse("type", "INVALID_TYPE", format!("There is no type «{name}»")))?,
            (None, None) => return Err(refuse("type", "BLANK", "The type can't be blank").into()),
        };
        let values = MetafieldValues {
            owner_type: self.owner.kind.name(),
            owner_id: self.owner.id,
            namespace: key("namespace", &self.namespace, 255)?,
            key: key("key", &self.key, 64)?,
            value_type: value_type.to_string(),
            value: value_type.check(&self.value, &validations, currency)?,
        };
        Ok((values, value_type))
    }
}

/// All that is refused of several things, told by their place among them.
pub(super) fn gathered<T>(all: impl Iterator<Item = Result<T>>) -> Result<Vec<T>> {
    let (mut fine, mut refused) = (vec![], vec![]);
    for (index, one) in all.enumerate() {
        match one {
            Ok(one) => fine.push(one),
            Err(Error::Refused(refusals)) => {
                let place = ["metafields".to_owned(), index.to_string()];
                refused.extend(refusals.into_iter().map(|refusal| refusal.under(&place)));
            }
            Err(error) => return Err(error),
        }
    }
    if refused.is_empty() { Ok(fine) } else { Err(Error::Refused(refused)) }
}
