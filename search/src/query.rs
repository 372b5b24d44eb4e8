//! What is asked of an engine.

use std::sync::Arc;

use mcom_schema::id::CollectionId;

use crate::{
    analysis::words,
    interpret::Synonyms,
    order::{Order, Place, Sort},
};

/// A search in one store.
#[derive(Debug, Clone)]
pub struct Query {
    /// What was typed; without it all products match.
    pub text: Option<Text>,
    /// What the counts of all facets are confined to as well.
    pub scope: Scope,
    /// What was chosen. Choices of one dimension widen the result, choices of different ones narrow it.
    pub filters: Vec<Filter>,
    /// Whether facets are wanted.
    pub facets: bool,
    /// In which order.
    pub order: Order,
    /// Which part of the result.
    pub page: Page,
}

/// What was typed.
#[derive(Debug, Clone)]
pub struct Text {
    /// As it was typed.
    pub words: String,
    /// ISO 639-1 code of the store's language.
    pub language: String,
    /// Whether the last word may be the beginning of one.
    pub prefix: bool,
    /// Words that the store takes for each other.
    pub synonyms: Arc<Synonyms>,
}

/// Where is searched.
#[derive(Debug, Clone, Copy, Default)]
pub struct Scope {
    /// Only in this collection.
    pub collection: Option<CollectionId>,
    /// Only what can be bought.
    pub available_only: bool,
}

/// Which part of a result.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// At most this many.
    pub size: usize,
    /// Only what comes after this place, or before it if `backward`.
    pub from: Option<Place>,
    /// The nearest before the place, or the last ones.
    pub backward: bool,
}

/// A choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// Can be bought, or can not.
    Available(bool),
    /// A variant costs this much, in minor units, both ends included.
    Price {
        /// Not less.
        min: Option<i64>,
        /// Not more.
        max: Option<i64>,
    },
    /// Made by.
    Vendor(String),
    /// Of this kind.
    ProductType(String),
    /// With this label.
    Tag(String),
    /// A variant has this value of an option.
    Option {
        /// Name of the option.
        name: String,
        /// The value.
        value: String,
    },
}

/// What choices are about; every option is one of its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dimension {
    /// Whether it can be bought.
    Available,
    /// What it costs.
    Price,
    /// Who makes it.
    Vendor,
    /// What kind of thing it is.
    ProductType,
    /// Its labels.
    Tag,
    /// The option of this name.
    Option(String),
}

impl Filter {
    /// What the choice is about.
    pub fn dimension(&self) -> Dimension {
        match self {
            Filter::Available(_) => Dimension::Available,
            Filter::Price { .. } => Dimension::Price,
            Filter::Vendor(_) => Dimension::Vendor,
            Filter::ProductType(_) => Dimension::ProductType,
            Filter::Tag(_) => Dimension::Tag,
            Filter::Option { name, .. } => Dimension::Option(name.clone()),
        }
    }
}

impl Query {
    /// Whether results differ in how well they match: something was typed that has words in it.
    pub(crate) fn is_scored(&self) -> bool {
        let typed = self.text.as_ref().is_some_and(|text| !words(&text.words).is_empty());
        typed && self.order.sort == Sort::Relevance
    }

    /// The choices by dimension, in the dimensions' order.
    pub(crate) fn by_dimension(&self) -> Vec<(Dimension, Vec<&Filter>)> {
        let mut groups: Vec<(Dimension, Vec<&Filter>)> = vec![];
        for filter in &self.filters {
            let dimension = filter.dimension();
            match groups.iter_mut().find(|(known, _)| *known == dimension) {
                Some((_, filters)) => filters.push(filter),
                None => groups.push((dimension, vec![filter])),
            }
        }
        groups.sort_by(|a, b| a.0.cmp(&b.0));
        groups
    }
}

#[cfg(test)]
mod tests {
    use super::{Dimension, Filter, Page, Query, Scope};
    use crate::Order;

    #[test]
    fn choices_are_grouped_by_what_they_are_about() {
        let option = |name: &str| Filter::Option { name: name.into(), value: "x".into() };
        let filters = vec![option("Size"), Filter::Tag("a".into()), option("Color"), Filter::Tag("b".into())];
        let (scope, order, page) = (Scope::default(), Order::default(), Page::default());
        let query = Query { text: None, scope, filters, facets: false, order, page };
        let groups: Vec<(Dimension, usize)> =
            query.by_dimension().into_iter().map(|(dimension, filters)| (dimension, filters.len())).collect();
        let option = |name: &str| Dimension::Option(name.into());
        assert_eq!(groups, [(Dimension::Tag, 2), (option("Color"), 1), (option("Size"), 1)]);
    }
}
