//! The document: everything about a published product that changes only when a merchant changes it.

use chrono::{DateTime, Utc};
use mcom_schema::{
    Measure,
    id::{FileId, InventoryItemId, MediaId, ProductId, ProductOptionId, ProductOptionValueId, VariantId},
};
use serde::{Deserialize, Serialize};

use crate::{
    files::FileDetails,
    variants::{InventoryPolicy, Quantities},
};

/// A published product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProductDocument {
    /// The product.
    pub id: ProductId,
    /// Grows with every change of the product.
    pub version: i64,
    /// Its address.
    pub handle: String,
    /// Its name.
    pub title: String,
    /// The body as the merchant wrote it.
    pub description_html: String,
    /// The body without markup.
    pub description: String,
    /// Who makes it; empty if nobody is named.
    pub vendor: String,
    /// What kind of thing it is, in the merchant's words; may be empty.
    pub product_type: String,
    /// Where it stands in a taxonomy, as in `Apparel > Shirts`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Labels, in alphabetical order.
    pub tags: Vec<String>,
    /// Whether it is a gift card.
    pub gift_card: bool,
    /// The theme's alternate template, if one was chosen.
    pub template_suffix: Option<String>,
    /// Title for search engines, if it differs.
    pub seo_title: Option<String>,
    /// Description for search engines, if it differs.
    pub seo_description: Option<String>,
    /// Up to three, in the merchant's order.
    pub options: Vec<DocumentOption>,
    /// Images in the merchant's order; the first one is the featured one.
    pub media: Vec<DocumentMedia>,
    /// What is shown among the images: films and models, in the order of their places.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<DocumentFile>,
    /// In the merchant's order; never empty.
    pub variants: Vec<DocumentVariant>,
    /// Cheapest and dearest variant.
    pub price_range: MoneyRange,
    /// Lowest and highest compare-at price; none if no variant has one.
    pub compare_at_range: Option<MoneyRange>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// When it was published on the online store.
    pub published_at: DateTime<Utc>,
}

impl ProductDocument {
    /// Gives every variant the price and the former price that `price` says.
    pub fn reprice(&mut self, price: impl Fn(&DocumentVariant) -> (i64, Option<i64>)) {
        for variant in &mut self.variants {
            (variant.price_minor, variant.compare_at_minor) = price(variant);
        }
        let prices = MoneyRange::of(self.variants.iter().map(|variant| variant.price_minor));
        self.price_range = prices.unwrap_or(self.price_range);
        self.compare_at_range =
            MoneyRange::of(self.variants.iter().filter_map(|variant| variant.compare_at_minor));
    }
}

/// Lowest and highest of several amounts, in minor units of the store's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoneyRange {
    /// The lowest.
    pub min_minor: i64,
    /// The highest.
    pub max_minor: i64,
}

impl MoneyRange {
    /// The range of `amounts`; none of none.
    pub fn of(amounts: impl Iterator<Item = i64>) -> Option<Self> {
        amounts.fold(None, |range: Option<MoneyRange>, minor| {
            let (min, max) = range.map_or((minor, minor), |range| (range.min_minor, range.max_minor));
            Some(MoneyRange { min_minor: min.min(minor), max_minor: max.max(minor) })
        })
    }
}

/// Something a buyer chooses: «Size».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentOption {
    /// The option.
    pub id: ProductOptionId,
    /// Its name.
    pub name: String,
    /// What can be chosen, in the merchant's order.
    pub values: Vec<DocumentOptionValue>,
}

/// A choice: «XL».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentOptionValue {
    /// The value.
    pub id: ProductOptionValueId,
    /// Its name.
    pub name: String,
    /// How it is shown where there is no room for its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub swatch: Option<DocumentSwatch>,
}

/// A color or a picture that stands for a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentSwatch {
    /// `#RRGGBB`
    pub color: Option<String>,
    /// The place of its picture in the document's media.
    pub media: Option<usize>,
}

/// An image.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentMedia {
    /// The image.
    pub id: MediaId,
    /// Where it is.
    pub url: String,
    /// What it shows, in words.
    pub alt: Option<String>,
    /// In pixels, if known.
    pub width: Option<i32>,
    /// In pixels, if known.
    pub height: Option<i32>,
    /// Its ThumbHash in Base64, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thumbhash: Option<String>,
}

/// A film or a model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentFile {
    /// The file.
    pub id: FileId,
    /// Its place among everything that is shown of the product, from 1; what is beyond the end stands at the end.
    pub position: i32,
    /// What it shows, in words.
    pub alt: Option<String>,
    /// What it is.
    pub details: FileDetails,
}

/// What can be bought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentVariant {
    /// The variant.
    pub id: VariantId,
    /// Its option values joined by ` / `.
    pub title: String,
    /// The merchant's own number.
    pub sku: Option<String>,
    /// EAN, UPC, ISBN.
    pub barcode: Option<String>,
    /// Minor units of the store's currency.
    pub price_minor: i64,
    /// The former price, if it is reduced.
    pub compare_at_minor: Option<i64>,
    /// Whether tax is due on it.
    pub taxable: bool,
    /// Whether it has to be shipped.
    pub requires_shipping: bool,
    /// What happens when nothing is left.
    pub policy: InventoryPolicy,
    /// In grams.
    pub weight_grams: i64,
    /// For each option of the document, the place of this variant's value in it.
    pub option_values: Vec<usize>,
    /// The place of its own image in the document's media.
    pub media: Option<usize>,
    /// What it is in the warehouse.
    pub inventory_item_id: InventoryItemId,
    /// Whether its stock is counted at all.
    pub tracked: bool,
    /// How much is in one piece, if prices are to be compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Measure>,
    /// How many pieces are sold at once, and what they then cost.
    #[serde(default, skip_serializing_if = "Quantities::is_plain")]
    pub quantities: Quantities,
}

impl DocumentVariant {
    /// What was chosen of each of the document's options: its name, and that of the value.
    pub fn chosen<'o>(&self, options: &'o [DocumentOption]) -> impl Iterator<Item = (&'o str, &'o str)> {
        options.iter().zip(&self.option_values).filter_map(|(option, value)| {
            let value = option.values.get(*value)?;
            Some((option.name.as_str(), value.name.as_str()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::MoneyRange;

    #[test]
    fn a_range_spans_all_amounts() {
        let range = MoneyRange::of([3, 1, 2].into_iter());
        assert_eq!(range, Some(MoneyRange { min_minor: 1, max_minor: 3 }));
        assert_eq!(MoneyRange::of(std::iter::empty()), None);
    }
}
