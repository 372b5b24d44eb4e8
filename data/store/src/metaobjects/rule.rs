//! What kinds and things must be like.

use std::collections::HashSet;

use mcom_data::{Error, Result};
use mcom_schema::{Currency, Refusal, refuse};
use serde_json::{Map, Value};

use super::row::{
    Definition, FieldDefinition, MetaobjectDefinitionInput, MetaobjectDefinitionValues, MetaobjectInput,
    MetaobjectValues,
};
use crate::{
    content,
    metafields::{ValueType, rule},
};

/// A kind has at most this many fields, as in the published API.
const MOST_FIELDS: usize = 40;

impl MetaobjectDefinitionInput {
    /// The columns that this means.
    ///
    /// # Errors
    /// Refuses odd names, too many fields, fields that are there twice or of no type, and roles of fields that are not there.
    pub fn checked(&self) -> Result<MetaobjectDefinitionValues> {
        let type_name = rule::key("type", &self.type_name, 255)?;
        if type_name.len() < 3 {
            return Err(refuse("type", "TOO_SHORT", "The type is too short (minimum is 3 characters)").into());
        }
        check_fields(&self.fields)?;
        self.check_roles()?;
        let url_handle = self.url_handle.as_deref().map(|url| content::handle(Some(url), ""));
        Ok(MetaobjectDefinitionValues {
            type_name,
            name: rule::name(&self.name)?,
            description: content::some(self.description.as_deref()),
            fields: serde_json::to_value(&self.fields)?,
            display_name_key: self.display_name_key.clone(),
            is_publishable: self.is_publishable,
            seo_title_key: self.seo_title_key.clone(),
            seo_description_key: self.seo_description_key.clone(),
            url_handle: url_handle.transpose()?,
            is_public: self.is_public,
        })
    }

    fn check_roles(&self) -> Result<(), Refusal> {
        let roles = [
            ("displayNameKey", &self.display_name_key),
            ("seoTitleKey", &self.seo_title_key),
            ("seoDescriptionKey", &self.seo_description_key),
        ];
        for (role, key) in roles {
            if let Some(key) = key
                && !self.fields.iter().any(|field| field.key == *key)
            {
                return Err(refuse(role, "UNDEFINED_OBJECT_FIELD", format!("There is no field «{key}»")));
            }
        }
        Ok(())
    }
}

fn check_fields(fields: &[FieldDefinition]) -> Result<(), Refusal> {
    if !(1..=MOST_FIELDS).contains(&fields.len()) {
        let message = format!("A definition has between 1 and {MOST_FIELDS} fields");
        return Err(refuse("fields", "INVALID", message));
    }
    let mut seen = HashSet::new();
    for (index, field) in fields.iter().enumerate() {
        let at = |refusal: Refusal| refusal.under(["fields".to_owned(), index.to_string()]);
        rule::key("key", &field.key, 64).map_err(at)?;
        rule::name(&field.name).map_err(at)?;
        rule::value_type(&field.value_type, &field.validations).map_err(at)?;
        if !seen.insert(&field.key) {
            let message = format!("Field «{}» is there twice", field.key);
            return Err(at(refuse("key", "DUPLICATE_FIELD_INPUT", message)));
        }
    }
    Ok(())
}

impl MetaobjectDefinitionValues {
    /// Whether a definition may become this one: its type is for ever, and so are those of the fields that stay.
    /// Answers with the keys of the fields that go.
    ///
    /// # Errors
    /// Refuses other types.
    pub fn follows(&self, before: &MetaobjectDefinitionValues) -> Result<Vec<String>> {
        if self.type_name != before.type_name {
            return Err(refuse("type", "INVALID", "The type can't be changed").into());
        }
        let after = self.fields()?;
        let mut gone = vec![];
        for field in before.fields()? {
            match after.iter().position(|other| other.key == field.key) {
                None => gone.push(field.key),
                Some(index) if after[index].value_type != field.value_type => {
                    let message = format!("The type of «{}» can't be changed", field.key);
                    let field = format!("fields.{index}.type");
                    return Err(refuse(&field, "INVALID", message).into());
                }
                Some(_) => {}
            }
        }
        Ok(gone)
    }
}

impl FieldDefinition {
    /// Of which type it is.
    ///
    /// # Errors
    /// `Broken` for types that this version does not know.
    pub fn value_type(&self) -> Result<ValueType> {
        ValueType::parse(&self.value_type)
            .ok_or_else(|| Error::bug(format!("{} is no type of value", self.value_type)))
    }
}

impl MetaobjectInput {
    /// The thing as it is kept. Whether there is what it refers to is not looked at. `currency` is the store's.
    ///
    /// # Errors
    /// Refuses, by the field's key, what is not of its type or breaks a rule, fields that the kind does not have, and missing ones.
    pub fn checked(&self, definition: &Definition, currency: Currency) -> Result<MetaobjectValues> {
        let mut refused = vec![];
        let mut fields = Map::new();
        for key in self.fields.keys().filter(|key| !definition.fields.iter().any(|field| field.key == **key))
        {
            let message = format!("{} has no field «{key}»", definition.values.type_name);
            refused.push(refuse("", "UNDEFINED_OBJECT_FIELD", message).under(["fields", key]));
        }
        for field in &definition.fields {
            let checked = match self.fields.get(&field.key) {
                Some(text) => field.value_type()?.check(text, &field.validations, currency).map(Some),
                None if field.required => {
                    Err(refuse("", "OBJECT_FIELD_REQUIRED", format!("{} can't be blank", field.name)))
                }
                None => Ok(None),
            };
            match checked {
                Ok(Some(value)) => drop(fields.insert(field.key.clone(), Value::String(value))),
                Ok(None) => {}
                // The key says it all.
                Err(refusal) => {
                    refused.push(Refusal { field: vec![], ..refusal }.under(["fields", field.key.as_str()]));
                }
            }
        }
        if !refused.is_empty() {
            return Err(Error::Refused(refused));
        }
        let named = definition.values.display_name_key.as_deref().and_then(|key| fields.get(key)?.as_str());
        let handle = content::handle(self.handle.as_deref(), named.unwrap_or_default())?;
        Ok(MetaobjectValues {
            display_name: named.map_or_else(|| handle.clone(), str::to_owned),
            handle,
            fields: Value::Object(fields),
            is_active: self.is_active || !definition.values.is_publishable,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use mcom_data::Error;
    use mcom_schema::Currency;

    use super::{Definition, FieldDefinition, MetaobjectDefinitionInput, MetaobjectInput};

    fn field(key: &str, value_type: &str, required: bool) -> FieldDefinition {
        FieldDefinition {
            key: key.to_owned(),
            name: key.to_owned(),
            description: None,
            value_type: value_type.to_owned(),
            required,
            validations: vec![],
        }
    }

    fn maker() -> MetaobjectDefinitionInput {
        MetaobjectDefinitionInput {
            type_name: "maker".to_owned(),
            name: "Maker".to_owned(),
            fields: vec![field("name", "single_line_text_field", true), field("since", "date", false)],
            display_name_key: Some("name".to_owned()),
            is_publishable: true,
            ..MetaobjectDefinitionInput::default()
        }
    }

    fn definition(input: &MetaobjectDefinitionInput) -> Definition {
        Definition { id: 1, values: input.checked().unwrap(), fields: input.fields.clone() }
    }

    /// Which fields are refused.
    fn refused(told: &[(&str, &str)]) -> Vec<String> {
        let fields = told.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        let input = MetaobjectInput { fields: BTreeMap::from_iter(fields), ..MetaobjectInput::default() };
        match input.checked(&definition(&maker()), Currency::EUR) {
            Ok(_) => vec![],
            Err(Error::Refused(refusals)) => {
                refusals.into_iter().map(|refusal| refusal.field.join(".")).collect()
            }
            Err(error) => panic!("{error}"),
        }
    }

    #[test]
    fn a_thing_has_the_fields_of_its_kind() {
        assert_eq!(refused(&[("name", "Ada")]), Vec::<String>::new());
        assert_eq!(refused(&[("since", "1980-01-01")]), ["fields.name"]);
        assert_eq!(
            refused(&[("name", "Ada"), ("since", "long ago"), ("town", "Bonn")]),
            ["fields.town", "fields.since"]
        );
    }

    #[test]
    fn a_thing_is_called_by_its_name() {
        let fields = BTreeMap::from([("name".to_owned(), "Ada Visser".to_owned())]);
        let input = MetaobjectInput { fields, ..MetaobjectInput::default() };
        let values = input.checked(&definition(&maker()), Currency::EUR).unwrap();
        assert_eq!((values.handle.as_str(), values.display_name.as_str()), ("ada-visser", "Ada Visser"));
        assert!(!values.is_active, "things of this kind are drafts until they are made active");
        let kind = MetaobjectDefinitionInput { is_publishable: false, ..maker() };
        assert!(input.checked(&definition(&kind), Currency::EUR).unwrap().is_active);
    }

    #[test]
    fn a_kind_keeps_the_types_of_its_fields() {
        let before = maker().checked().unwrap();
        let change = |fields| MetaobjectDefinitionInput { fields, ..maker() }.checked();
        let fewer = change(vec![field("name", "single_line_text_field", false)]).unwrap();
        assert_eq!(fewer.follows(&before).unwrap(), ["since"]);
        let other = change(vec![field("name", "multi_line_text_field", true)]).unwrap();
        assert!(other.follows(&before).is_err());
        assert!(change(vec![field("since", "date", false)]).is_err(), "the field that names it is gone");
        assert!(change(vec![field("name", "date", false), field("name", "date", false)]).is_err());
        assert!(change(vec![]).is_err());
    }
}
