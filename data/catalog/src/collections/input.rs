//! What merchants send about collections, as the published Admin API names it.

use mcom_schema::{Look, id::ProductId};
use serde::Deserialize;

use super::{Rule, RuleColumn, RuleRelation, RuleSet};
use crate::{
    patch::{Patch, mentioned},
    products::SeoInput,
};

/// A collection to be made, or what is to change of one.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CollectionInput {
    /// The address; made of the title if it is left out at creation.
    pub handle: Option<String>,
    /// The name; needed at creation.
    pub title: Option<String>,
    /// The body.
    pub description_html: Option<String>,
    /// Its image.
    #[serde(deserialize_with = "mentioned")]
    pub image: Patch<ImageInput>,
    /// What to put in by hand, at creation only.
    #[serde(deserialize_with = "crate::gid::list")]
    pub products: Vec<ProductId>,
    /// Which products fill it by themselves. A collection stays what it is: filled by hand, or by rules.
    pub rule_set: Option<CollectionRuleSetInput>,
    /// Words for search engines.
    pub seo: Option<SeoInput>,
    /// In which order its products are shown.
    pub sort_order: Option<CollectionSortOrder>,
    /// The theme's alternate template.
    #[serde(deserialize_with = "mentioned")]
    pub template_suffix: Patch<String>,
    /// Leave a redirect at the old address when the handle changes.
    pub redirect_new_handle: Option<bool>,
}

/// An image by address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ImageInput {
    /// Its address on the web.
    pub src: Option<String>,
    /// What it shows, in words.
    pub alt_text: Option<String>,
    /// How it looks before it is there; what was known of it if it is left out and the address stays.
    #[serde(skip)]
    pub look: Option<Look>,
}

/// Rules.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CollectionRuleSetInput {
    /// One rule is enough, instead of all of them.
    pub applied_disjunctively: bool,
    /// At least one.
    #[serde(default)]
    pub rules: Vec<CollectionRuleInput>,
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CollectionRuleInput {
    /// What is looked at.
    pub column: RuleColumn,
    /// How it compares.
    pub relation: RuleRelation,
    /// With what.
    pub condition: String,
}

impl From<&CollectionRuleSetInput> for RuleSet {
    fn from(input: &CollectionRuleSetInput) -> Self {
        let rule = |rule: &CollectionRuleInput| Rule {
            column: rule.column,
            relation: rule.relation,
            condition: rule.condition.clone(),
        };
        RuleSet {
            applied_disjunctively: input.applied_disjunctively,
            rules: input.rules.iter().map(rule).collect(),
        }
    }
}

/// In which order a collection shows its products.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CollectionSortOrder {
    /// As the merchant put them.
    Manual,
    /// By name.
    AlphaAsc,
    /// By name, backwards.
    AlphaDesc,
    /// What was sold most first.
    BestSelling,
    /// Cheapest first.
    PriceAsc,
    /// Dearest first.
    PriceDesc,
    /// Oldest first.
    Created,
    /// Newest first.
    CreatedDesc,
}

impl CollectionSortOrder {
    /// As it is kept.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Manual => "MANUAL",
            Self::AlphaAsc => "ALPHA_ASC",
            Self::AlphaDesc => "ALPHA_DESC",
            Self::BestSelling => "BEST_SELLING",
            Self::PriceAsc => "PRICE_ASC",
            Self::PriceDesc => "PRICE_DESC",
            Self::Created => "CREATED",
            Self::CreatedDesc => "CREATED_DESC",
        }
    }

    /// The order with this name.
    pub fn parse(name: &str) -> Option<Self> {
        let all = [
            Self::Manual,
            Self::AlphaAsc,
            Self::AlphaDesc,
            Self::BestSelling,
            Self::PriceAsc,
            Self::PriceDesc,
            Self::Created,
            Self::CreatedDesc,
        ];
        all.into_iter().find(|order| order.name() == name)
    }
}
