//! From the names of options and values that a buyer chose to a variant.

use mcom_catalog::{DocumentOption, ProductDocument};
use serde::Deserialize;

use super::face::Face;

/// One choice, in words.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Selected {
    name: String,
    value: String,
}

/// The choices, and how strictly they are read.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Choice {
    case_insensitive_match: Option<bool>,
    ignore_unknown_options: Option<bool>,
    selected_options: Option<Vec<Selected>>,
}

/// For each option the place of the chosen value, if one is chosen.
type Chosen = Vec<Option<usize>>;

impl Choice {
    /// The variant with exactly the chosen values, one for each option.
    pub fn variant(&self, face: &Face) -> Option<usize> {
        let values = self.complete(&face.document)?;
        face.document.variants.iter().position(|variant| variant.option_values == values)
    }

    /// The variant with the chosen values, one that can be bought rather than not; without a match the same of all.
    pub fn variant_or_first(&self, face: &Face) -> Option<usize> {
        let chosen = self.read(&face.document).filter(|chosen| chosen.iter().any(Option::is_some));
        let found =
            chosen.and_then(|chosen| face.first_for_sale(|variant| fits(&chosen, &variant.option_values)));
        found.or_else(|| face.first_for_sale(|_| true))
    }

    /// The variants that differ from the choice in exactly one option, by id.
    pub fn adjacent(&self, face: &Face) -> Vec<usize> {
        let variants = &face.document.variants;
        let first = || face.first_for_sale(|_| true).map(|index| variants[index].option_values.clone());
        let Some(values) = self.complete(&face.document).or_else(first) else { return vec![] };
        let differences = |other: &[usize]| values.iter().zip(other).filter(|(a, b)| a != b).count();
        let mut near: Vec<usize> =
            (0..variants.len()).filter(|index| differences(&variants[*index].option_values) == 1).collect();
        near.sort_unstable_by_key(|index| variants[*index].id);
        near
    }

    /// One value for each option; none if an option is left open or a choice means nothing.
    fn complete(&self, document: &ProductDocument) -> Option<Vec<usize>> {
        self.read(document)?.into_iter().collect()
    }

    /// None if a choice means nothing here.
    fn read(&self, document: &ProductDocument) -> Option<Chosen> {
        let mut chosen = vec![None; document.options.len()];
        for selected in self.selected_options.iter().flatten() {
            match document.options.iter().position(|option| self.same(&option.name, &selected.name)) {
                Some(index) => chosen[index] = Some(self.value(&document.options[index], &selected.value)?),
                None if self.ignore_unknown_options == Some(true) => {}
                None => return None,
            }
        }
        Some(chosen)
    }

    fn value(&self, option: &DocumentOption, name: &str) -> Option<usize> {
        option.values.iter().position(|value| self.same(&value.name, name))
    }

    fn same(&self, a: &str, b: &str) -> bool {
        a == b || self.case_insensitive_match == Some(true) && a.to_lowercase() == b.to_lowercase()
    }
}

fn fits(chosen: &[Option<usize>], values: &[usize]) -> bool {
    chosen.iter().zip(values).all(|(chosen, value)| chosen.is_none_or(|chosen| chosen == *value))
}

#[cfg(test)]
mod tests {
    use super::{super::face::tests::shirt, Choice, Selected};

    fn choose(selected: &[(&str, &str)]) -> Choice {
        let selected = selected
            .iter()
            .map(|(name, value)| Selected { name: (*name).to_owned(), value: (*value).to_owned() });
        Choice {
            case_insensitive_match: None,
            ignore_unknown_options: None,
            selected_options: Some(selected.collect()),
        }
    }

    #[test]
    fn a_variant_is_found_by_all_of_its_values_only() {
        let face = shirt(&[(0, 0, 1), (1, 1, 1)]);
        assert_eq!(choose(&[("Color", "Blue"), ("Size", "M")]).variant(&face), Some(1));
        assert_eq!(choose(&[("Color", "Blue"), ("Size", "S")]).variant(&face), None);
        assert_eq!(choose(&[("Color", "Blue")]).variant(&face), None);
    }

    #[test]
    fn unknown_options_and_other_cases_are_let_pass_on_wish() {
        let face = shirt(&[(0, 0, 1)]);
        let choice = choose(&[("size", "s"), ("COLOR", "red"), ("Cut", "Slim")]);
        assert_eq!(choice.variant(&face), None);
        let lenient = Choice {
            case_insensitive_match: Some(true),
            ignore_unknown_options: Some(true),
            ..choice.clone()
        };
        assert_eq!(lenient.variant(&face), Some(0));
        assert_eq!(Choice { case_insensitive_match: Some(true), ..choice }.variant(&face), None);
    }

    #[test]
    fn without_a_match_the_first_that_can_be_bought_is_taken() {
        let face = shirt(&[(0, 0, 0), (0, 1, 4), (1, 1, 0)]);
        assert_eq!(choose(&[("Size", "S"), ("Color", "Red")]).variant_or_first(&face), Some(0));
        assert_eq!(choose(&[("Size", "S")]).variant_or_first(&face), Some(1));
        assert_eq!(choose(&[("Size", "M"), ("Color", "Red")]).variant_or_first(&face), Some(1));
        assert_eq!(choose(&[("Size", "XXL")]).variant_or_first(&face), Some(1));
        assert_eq!(choose(&[]).variant_or_first(&face), Some(1));
    }

    #[test]
    fn neighbours_differ_in_one_option_and_come_by_id() {
        // The later a variant of this product, the smaller its id.
        let face = shirt(&[(0, 0, 1), (0, 1, 1), (1, 0, 0), (1, 1, 1)]);
        assert_eq!(choose(&[("Size", "S"), ("Color", "Red")]).adjacent(&face), [2, 1]);
        assert_eq!(choose(&[]).adjacent(&face), [2, 1]);
        assert_eq!(choose(&[("Size", "M"), ("Color", "Green")]).adjacent(&face), [3, 2]);
    }
}
