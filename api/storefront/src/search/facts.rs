//! Facts among the facets: categories, and what the fields hold that a merchant added to products and variants.

use std::{collections::HashMap, sync::Arc};

use mcom_catalog::products::{self, category::Category};
use mcom_kit::{Cx, Error};
use mcom_search::{Facets, Fact, Tally};
use mcom_store::metafields::{self, DefinitionValues, OwnerKind};
use serde_json::json;

use super::facet::{self, Filter};
use crate::product::category;

/// Categories with those that they are in, by key.
type Categories = HashMap<String, Vec<Category>>;

/// What facts are called.
pub(super) struct Facts {
    fields: Arc<Vec<DefinitionValues>>,
    categories: Arc<Categories>,
}

impl Facts {
    /// Looks up what the facts among these facets are called.
    pub(super) async fn named(cx: &Cx, facets: &Facets) -> Result<Self, Error> {
        let facts: Vec<Fact> = facets.options.iter().filter_map(|(name, _)| Fact::read(name)).collect();
        let has_fields = facts.iter().any(|fact| *fact != Fact::Category);
        let has_categories = facts.contains(&Fact::Category);
        Ok(Facts {
            fields: if has_fields { metafields::filterable(cx).await? } else { Arc::default() },
            categories: if has_categories { products::categories(cx).await? } else { Arc::default() },
        })
    }

    /// A fact as a filter; none of a field that buyers no longer narrow products down by.
    pub(super) fn filter(&self, fact: &Fact, tallies: &[Tally]) -> Option<Filter> {
        match fact {
            Fact::Category => Some(categories(&self.categories, tallies)),
            Fact::ProductField { namespace, key } => {
                self.field(OwnerKind::Product, ("p", "productMetafield"), (namespace, key), tallies)
            }
            Fact::VariantField { namespace, key } => {
                self.field(OwnerKind::Variant, ("v", "variantMetafield"), (namespace, key), tallies)
            }
        }
    }

    fn field(
        &self,
        owner: OwnerKind,
        (letter, input): (&str, &str),
        (namespace, key): (&String, &String),
        tallies: &[Tally],
    ) -> Option<Filter> {
        let is_it = |known: &&DefinitionValues| {
            known.owner().is_ok_and(|kind| kind == owner)
                && (&known.namespace, &known.key) == (namespace, key)
        };
        let definition = self.fields.iter().find(is_it)?;
        let id = format!("filter.{letter}.m.{namespace}.{key}");
        let choice = |value: &str| json!({ input: { "namespace": namespace, "key": key, "value": value } });
        let mut filter = facet::list(id, &definition.name, tallies, choice);
        if definition.value_type().is_ok_and(|of| of.is_truth() && !of.list) {
            filter.kind = "BOOLEAN";
        }
        Some(filter)
    }
}

/// Categories are told apart by their keys, and people call them by their names.
fn categories(names: &Categories, tallies: &[Tally]) -> Filter {
    let id = "filter.p.t.category".to_owned();
    let mut filter =
        facet::list(id, "Category", tallies, |key| json!({ "category": { "id": category::id(key) } }));
    for (value, tally) in filter.values.iter_mut().zip(tallies) {
        if let Some(own) = names.get(&tally.value).and_then(|path| path.last()) {
            value.label = own.name.clone();
        }
    }
    filter
}
