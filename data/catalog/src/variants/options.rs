//! Which option values a variant has: found by id or name among the product's, or new ones to be added.

use mcom_schema::{Refusal, refuse};

use super::VariantOptionValueInput;
use crate::products::ProductOption;

/// The value of one option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Chosen {
    /// One that the option has.
    Known(i64, String),
    /// One to be added to the option with this id.
    New(i64, String),
}

impl Chosen {
    pub(super) fn name(&self) -> &str {
        match self {
            Chosen::Known(_, name) | Chosen::New(_, name) => name,
        }
    }
}

/// One value for each of the product's options, in their order. `before`: the values the variant has, for options not mentioned.
pub(super) fn choose(
    options: &[ProductOption],
    input: &[VariantOptionValueInput],
    before: Option<&[i64]>,
) -> Result<Vec<Chosen>, Refusal> {
    for (index, value) in input.iter().enumerate() {
        if !options.iter().any(|option| is_meant(option, value)) {
            let path = format!("optionValues.{index}.optionName");
            let message = "Option does not exist on the product";
            return Err(refuse(&path, "OPTION_VALUES_FOR_NUMBER_OF_UNKNOWN_OPTIONS", message));
        }
    }
    let of_option =
        |(place, option): (usize, &ProductOption)| match input.iter().find(|value| is_meant(option, value)) {
            Some(value) => named(option, value),
            None => before
                .and_then(|ids| option.values.iter().find(|value| Some(&value.id.0) == ids.get(place)))
                .map(|value| Chosen::Known(value.id.0, value.name.clone()))
                .ok_or_else(|| {
                    let message = format!("You need to add option values for {}", option.name);
                    refuse("optionValues", "NEED_TO_ADD_OPTION_VALUES", message)
                }),
        };
    options.iter().enumerate().map(of_option).collect()
}

fn is_meant(option: &ProductOption, value: &VariantOptionValueInput) -> bool {
    match (value.option_id, &value.option_name, value.id) {
        (Some(id), _, _) => id == option.id,
        (None, Some(name), _) => name.trim() == option.name,
        // A value's id alone says which option it is of.
        (None, None, Some(id)) => option.values.iter().any(|known| known.id == id),
        (None, None, None) => false,
    }
}

fn named(option: &ProductOption, value: &VariantOptionValueInput) -> Result<Chosen, Refusal> {
    if let Some(id) = value.id {
        let known = option.values.iter().find(|known| known.id == id);
        let known = known.map(|known| Chosen::Known(known.id.0, known.name.clone()));
        return known.ok_or_else(|| refuse("optionValues", "INVALID_INPUT", "Option value does not exist"));
    }
    let name = value.name.as_deref().unwrap_or_default().trim();
    if name.is_empty() || name.chars().count() > 255 {
        return Err(refuse("optionValues", "INVALID_INPUT", "Option values have 1 to 255 characters"));
    }
    Ok(match option.values.iter().find(|known| known.name == name) {
        Some(known) => Chosen::Known(known.id.0, known.name.clone()),
        None => Chosen::New(option.id.0, name.to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use mcom_schema::id::{ProductOptionId, ProductOptionValueId};

    use super::{Chosen, choose};
    use crate::{
        products::{ProductOption, ProductOptionValue},
        variants::VariantOptionValueInput,
    };

    fn size() -> ProductOption {
        let value = ProductOptionValue {
            id: ProductOptionValueId(10),
            name: "S".into(),
            has_variants: true,
            swatch_color: None,
            swatch_media: None,
        };
        ProductOption { id: ProductOptionId(1), name: "Size".into(), position: 1, values: vec![value] }
    }

    fn value(option: &str, name: &str) -> VariantOptionValueInput {
        VariantOptionValueInput {
            option_name: Some(option.to_owned()),
            name: Some(name.to_owned()),
            ..VariantOptionValueInput::default()
        }
    }

    #[test]
    fn values_are_found_or_new() {
        let chosen = |name| choose(&[size()], &[value("Size", name)], None);
        assert_eq!(chosen("S"), Ok(vec![Chosen::Known(10, "S".into())]));
        assert_eq!(chosen("M "), Ok(vec![Chosen::New(1, "M".into())]));
        assert!(chosen(" ").is_err());
    }

    #[test]
    fn every_option_needs_a_value_and_no_other_may_be_named() {
        assert_eq!(choose(&[size()], &[], None).unwrap_err().code, "NEED_TO_ADD_OPTION_VALUES");
        assert_eq!(choose(&[size()], &[], Some(&[10])), Ok(vec![Chosen::Known(10, "S".into())]));
        let unknown = choose(&[size()], &[value("Size", "S"), value("Color", "Red")], None);
        assert_eq!(unknown.unwrap_err().code, "OPTION_VALUES_FOR_NUMBER_OF_UNKNOWN_OPTIONS");
    }
}
