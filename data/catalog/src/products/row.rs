//! Rows of products, their options and their media.

use chrono::{DateTime, Utc};
use diesel::{pg::Pg, prelude::*};
use mcom_schema::id::ProductId;
use mcom_tables::{product_media, product_options, products};

use crate::images::SHOWN_AT;

/// A product as merchants keep it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = products, check_for_backend(Pg))]
pub struct ProductRow {
    /// The product's number.
    pub id: i64,
    /// The address.
    pub handle: String,
    /// The name.
    pub title: String,
    /// The body as the merchant wrote it.
    pub description_html: String,
    /// Who makes it; empty if nobody is named.
    pub vendor: String,
    /// What kind of thing it is; may be empty.
    pub product_type: String,
    /// Where it stands in a taxonomy: names from the general to the special one, as in `Apparel > Shirts`.
    pub category: Option<String>,
    /// `ACTIVE`, `ARCHIVED` or `DRAFT`.
    pub status: String,
    /// Labels, in alphabetical order.
    pub tags: Vec<String>,
    /// Title for search engines, if it differs.
    pub seo_title: Option<String>,
    /// Description for search engines, if it differs.
    pub seo_description: Option<String>,
    /// The theme's alternate template.
    pub template_suffix: Option<String>,
    /// Whether it is a gift card.
    pub gift_card: bool,
    /// Grows with every change.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

impl ProductRow {
    /// The product.
    pub fn id(&self) -> ProductId {
        ProductId(self.id)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = product_options, check_for_backend(Pg))]
pub(crate) struct OptionRow {
    pub id: i64,
    pub product_id: i64,
    pub name: String,
    pub position: i32,
}

/// An image of a product.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = product_media, check_for_backend(Pg))]
pub struct MediaRow {
    /// The image's number.
    pub id: i64,
    /// Whose it is.
    pub product_id: i64,
    /// Where it is.
    pub url: String,
    /// What it shows, in words.
    pub alt: Option<String>,
    /// In pixels, if known.
    pub width: Option<i32>,
    /// In pixels, if known.
    pub height: Option<i32>,
    /// Its place among the product's images, from 1.
    pub position: i32,
    /// The kept copy of what is at `url`, if there is one.
    pub file_hash: Option<String>,
    /// How the address of the copy ends.
    pub file_suffix: String,
    /// The picture in some twenty bytes: its ThumbHash in Base64, if the copy could be decoded.
    pub thumbhash: Option<String>,
}

impl MediaRow {
    /// Where it is shown: a path of the store's own host if there is a kept copy, else its URL.
    pub fn address(&self) -> String {
        let kept = |hash| format!("{SHOWN_AT}{hash}{}", self.file_suffix);
        self.file_hash.as_ref().map_or_else(|| self.url.clone(), kept)
    }
}

/// The columns of a product that writing sets.
#[derive(Debug, Clone, PartialEq, Eq, Insertable, AsChangeset)]
#[diesel(table_name = products, check_for_backend(Pg), treat_none_as_null = true)]
pub(crate) struct ProductValues {
    pub handle: String,
    pub title: String,
    pub description_html: String,
    pub vendor: String,
    pub product_type: String,
    pub category: Option<String>,
    pub status: String,
    pub tags: Vec<String>,
    pub seo_title: Option<String>,
    pub seo_description: Option<String>,
    pub template_suffix: Option<String>,
    pub gift_card: bool,
    pub title_key: String,
    pub vendor_key: String,
    pub type_key: String,
    pub updated_at: DateTime<Utc>,
}
