//! What merchants send about products, as the published Admin API names it.

use mcom_schema::id::CollectionId;
use serde::Deserialize;

use crate::patch::{Patch, mentioned};

/// A product to be made, or what is to change of one.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ProductInput {
    /// The address; made of the title if it is left out at creation.
    pub handle: Option<String>,
    /// The name; needed at creation.
    pub title: Option<String>,
    /// The body.
    pub description_html: Option<String>,
    /// Who makes it.
    pub vendor: Option<String>,
    /// What kind of thing it is.
    pub product_type: Option<String>,
    /// Where it stands in a taxonomy: names from the general to the special one, as in `Apparel > Shirts`. Empty text clears it.
    pub category: Option<String>,
    /// Labels; they replace all that were there.
    pub tags: Option<Vec<String>>,
    /// Whether it can be on sale at all; `ACTIVE` if it is left out at creation.
    pub status: Option<ProductStatus>,
    /// Words for search engines.
    pub seo: Option<SeoInput>,
    /// The theme's alternate template.
    #[serde(deserialize_with = "mentioned")]
    pub template_suffix: Patch<String>,
    /// Whether it is a gift card; cannot be changed later.
    pub gift_card: Option<bool>,
    /// Leave a redirect at the old address when the handle changes.
    pub redirect_new_handle: Option<bool>,
    /// Options with their values, at creation only.
    pub product_options: Option<Vec<OptionCreateInput>>,
    /// Collections filled by hand to put it in.
    #[serde(deserialize_with = "crate::gid::list")]
    pub collections_to_join: Vec<CollectionId>,
    /// Collections filled by hand to take it out of.
    #[serde(deserialize_with = "crate::gid::list")]
    pub collections_to_leave: Vec<CollectionId>,
}

/// Whether a product can be on sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ProductStatus {
    /// It can, wherever it is published.
    Active,
    /// No longer.
    Archived,
    /// Not yet.
    Draft,
}

impl ProductStatus {
    /// As it is kept.
    pub const fn name(self) -> &'static str {
        match self {
            ProductStatus::Active => "ACTIVE",
            ProductStatus::Archived => "ARCHIVED",
            ProductStatus::Draft => "DRAFT",
        }
    }

    /// The status with this name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Active, Self::Archived, Self::Draft].into_iter().find(|status| status.name() == name)
    }
}

/// Words for search engines; null clears them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SeoInput {
    /// The title.
    #[serde(deserialize_with = "mentioned")]
    pub title: Patch<String>,
    /// The description.
    #[serde(deserialize_with = "mentioned")]
    pub description: Patch<String>,
}

/// An option of a new product.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct OptionCreateInput {
    /// «Size».
    pub name: String,
    /// Its place among the options, from 1; the order of the list if it is left out.
    pub position: Option<i32>,
    /// What can be chosen.
    pub values: Vec<OptionValueCreateInput>,
}

/// A value of an option of a new product.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct OptionValueCreateInput {
    /// «XL».
    pub name: String,
}

/// Something to be shown of a product: a picture, a film or a model.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CreateMediaInput {
    /// Its address on the web.
    pub original_source: String,
    /// What it shows, in words.
    pub alt: Option<String>,
    /// `IMAGE` if it is left out, `VIDEO`, `EXTERNAL_VIDEO` or `MODEL_3D`.
    pub media_content_type: String,
}
