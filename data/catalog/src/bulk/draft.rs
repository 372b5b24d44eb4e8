//! A whole product as it is to be, before it has ids.

use crate::{products::ProductStatus, variants::InventoryPolicy};

/// A product with everything that belongs to it. Checked: what is in it may be written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Draft {
    pub handle: String,
    pub title: String,
    pub description_html: String,
    pub vendor: String,
    pub product_type: String,
    /// Sorted, without repetitions.
    pub tags: Vec<String>,
    pub status: ProductStatus,
    /// Whether it is on the online store.
    pub published: bool,
    pub seo_title: Option<String>,
    pub seo_description: Option<String>,
    pub gift_card: bool,
    /// Names and values, in their order; 1 to 3.
    pub options: Vec<(String, Vec<String>)>,
    /// In their order, without repetitions.
    pub media: Vec<DraftImage>,
    /// At least one; no two with the same values.
    pub variants: Vec<DraftVariant>,
}

/// An image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DraftImage {
    pub url: String,
    pub alt: Option<String>,
}

/// A variant.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DraftVariant {
    /// For each option, the place of the value in it.
    pub values: Vec<usize>,
    pub sku: Option<String>,
    pub barcode: Option<String>,
    pub price_minor: i64,
    pub compare_at_minor: Option<i64>,
    pub cost_minor: Option<i64>,
    pub taxable: bool,
    pub requires_shipping: bool,
    pub policy: InventoryPolicy,
    pub weight_grams: i64,
    pub tracked: bool,
    /// Pieces to begin with.
    pub quantity: i64,
    /// The place of its image in the product's media.
    pub image: Option<usize>,
}

impl Draft {
    /// The names of a variant's values, in the order of the options.
    pub(crate) fn names<'d>(&'d self, variant: &'d DraftVariant) -> impl Iterator<Item = &'d str> {
        let name = |((_, values), place): (&'d (String, Vec<String>), &usize)| {
            values.get(*place).map(String::as_str)
        };
        self.options.iter().zip(&variant.values).filter_map(name)
    }

    /// The name of a variant.
    pub(crate) fn variant_title(&self, variant: &DraftVariant) -> String {
        self.names(variant).collect::<Vec<_>>().join(" / ")
    }
}
