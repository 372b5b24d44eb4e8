//! The fields in which something typed is looked for.

use mcom_catalog::ProductDocument;
use mcom_search::Document;
use serde::Deserialize;

/// A field of what is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Field {
    Author,
    Body,
    ProductType,
    Tag,
    Title,
    VariantsBarcode,
    VariantsSku,
    VariantsTitle,
    Vendor,
}

/// The fields that were named.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub(super) struct Fields(Vec<Field>);

impl Fields {
    /// Whether this one is among them.
    pub(super) fn have(&self, field: Field) -> bool {
        self.0.contains(&field)
    }

    /// A text without its other fields. Who made it is its author.
    pub(super) fn only(&self, text: Document) -> Document {
        let kept = |field, text: String| if self.have(field) { text } else { String::new() };
        Document {
            title: kept(Field::Title, text.title),
            description: kept(Field::Body, text.description),
            vendor: kept(Field::Author, text.vendor),
            product_type: String::new(),
            tags: if self.have(Field::Tag) { text.tags } else { vec![] },
            ..text
        }
    }

    /// A product as it is searched for, without its other fields.
    pub(super) fn of_product(&self, product: &ProductDocument, language: &str) -> Document {
        let kept = |field, text: &str| if self.have(field) { text.to_owned() } else { String::new() };
        let variants = &product.variants;
        let each = |field, text: fn(&mcom_catalog::DocumentVariant) -> Option<&String>| {
            let told = variants.iter().filter_map(text).cloned().collect::<Vec<String>>();
            if self.have(field) { told } else { vec![] }
        };
        let mut codes = each(Field::VariantsBarcode, |variant| variant.barcode.as_ref());
        codes.extend(each(Field::VariantsSku, |variant| variant.sku.as_ref()));
        codes.extend(each(Field::VariantsTitle, |variant| Some(&variant.title)));
        Document {
            id: product.id,
            language: language.to_owned(),
            title: kept(Field::Title, &product.title),
            description: kept(Field::Body, &product.description),
            vendor: kept(Field::Vendor, &product.vendor),
            product_type: kept(Field::ProductType, &product.product_type),
            tags: if self.have(Field::Tag) { product.tags.clone() } else { vec![] },
            options: vec![],
            facts: vec![],
            codes,
            collections: vec![],
            prices: vec![],
            available: true,
            created_at: 0,
            updated_at: 0,
        }
    }
}
