//! Rows of collections.

use chrono::{DateTime, Utc};
use diesel::{pg::Pg, prelude::*};
use mcom_schema::{Look, id::CollectionId};
use mcom_tables::collections;

/// A collection as merchants keep it.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = collections, check_for_backend(Pg))]
pub struct CollectionRow {
    /// The collection's number.
    pub id: i64,
    /// The address.
    pub handle: String,
    /// The name.
    pub title: String,
    /// The body as the merchant wrote it.
    pub description_html: String,
    /// In which order its products are shown.
    pub sort_order: String,
    pub(crate) rule_set: Option<serde_json::Value>,
    /// Where its image is.
    pub image_url: Option<String>,
    /// What its image shows, in words.
    pub image_alt: Option<String>,
    pub(crate) image_look: Option<serde_json::Value>,
    /// Title for search engines, if it differs.
    pub seo_title: Option<String>,
    /// Description for search engines, if it differs.
    pub seo_description: Option<String>,
    /// The theme's alternate template.
    pub template_suffix: Option<String>,
    /// Grows with every change.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

impl CollectionRow {
    /// The collection.
    pub fn id(&self) -> CollectionId {
        CollectionId(self.id)
    }

    /// How its image looks before it is there.
    pub fn image_look(&self) -> Look {
        Look::of(self.image_look.as_ref())
    }
}

impl CollectionValues {
    /// Whether a collection is so already.
    pub(super) fn are_of(&self, row: &CollectionRow) -> bool {
        self.handle == row.handle
            && self.title == row.title
            && self.description_html == row.description_html
            && self.sort_order == row.sort_order
            && self.rule_set == row.rule_set
            && (&self.image_url, &self.image_alt, &self.image_look)
                == (&row.image_url, &row.image_alt, &row.image_look)
            && (&self.seo_title, &self.seo_description) == (&row.seo_title, &row.seo_description)
            && self.template_suffix == row.template_suffix
    }
}

/// The columns of a collection that writing sets.
#[derive(Debug, Clone, PartialEq, Insertable, AsChangeset)]
#[diesel(table_name = collections, check_for_backend(Pg), treat_none_as_null = true)]
pub(crate) struct CollectionValues {
    pub handle: String,
    pub title: String,
    pub title_key: String,
    pub description_html: String,
    pub sort_order: String,
    pub rule_set: Option<serde_json::Value>,
    pub image_url: Option<String>,
    pub image_alt: Option<String>,
    pub image_look: Option<serde_json::Value>,
    pub seo_title: Option<String>,
    pub seo_description: Option<String>,
    pub template_suffix: Option<String>,
    pub updated_at: DateTime<Utc>,
}
