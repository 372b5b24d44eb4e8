//! What a store file says of collections.

use mcom_catalog::collections::{CollectionSortOrder, RuleColumn, RuleRelation};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Image, Seo};

/// Products that are shown together.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Collection {
    /// The readable part of its address, by which the collection is known.
    pub handle: String,
    /// Its name.
    pub title: String,
    /// The text, HTML.
    #[serde(default)]
    pub body: String,
    /// Its picture.
    pub image: Option<Image>,
    /// Which products fill it by themselves.
    pub rule_set: Option<RuleSet>,
    /// Handles of the products that are put into it by hand when it is made. What is in it later is not looked at.
    #[serde(default)]
    pub products: Vec<String>,
    /// In which order its products are shown: `MANUAL`, `ALPHA_ASC`, `ALPHA_DESC`, `BEST_SELLING`, `PRICE_ASC`, `PRICE_DESC`,
    /// `CREATED` or `CREATED_DESC`.
    #[schemars(with = "Option<String>")]
    pub sort_order: Option<CollectionSortOrder>,
    /// What search engines are told.
    #[serde(default)]
    pub seo: Seo,
    /// The theme's alternate template.
    pub template_suffix: Option<String>,
    /// Whether it is on the online store.
    #[serde(default = "super::yes")]
    pub published: bool,
}

/// Rules by which a collection fills itself.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RuleSet {
    /// One rule is enough, instead of all of them.
    #[serde(default)]
    pub applied_disjunctively: bool,
    /// At least one.
    pub rules: Vec<Rule>,
}

/// A condition on products.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rule {
    /// What is looked at: `TAG`, `TITLE`, `TYPE`, `VENDOR`, `VARIANT_PRICE`, `VARIANT_COMPARE_AT_PRICE`, `VARIANT_WEIGHT`,
    /// `VARIANT_TITLE` or `IS_PRICE_REDUCED`.
    #[schemars(with = "String")]
    pub column: RuleColumn,
    /// How it compares: `EQUALS`, `NOT_EQUALS`, `CONTAINS`, `NOT_CONTAINS`, `STARTS_WITH`, `ENDS_WITH`, `GREATER_THAN`,
    /// `LESS_THAN`, `IS_SET` or `IS_NOT_SET`.
    #[schemars(with = "String")]
    pub relation: RuleRelation,
    /// With what.
    #[serde(default)]
    pub condition: String,
}
