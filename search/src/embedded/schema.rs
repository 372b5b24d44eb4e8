//! The fields of an embedded index. It holds terms and columns and no text: what is shown comes from the projection.

use tantivy::{
    TantivyDocument,
    schema::{
        Field, IndexRecordOption, NumericOptions, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
    },
};

use crate::document::Prepared;

/// Part of the folder's name: indexes with other fields are left alone and built anew.
pub(super) const LAYOUT: &str = "v1";

pub(super) const ID: &str = "id";
pub(super) const VERSION: &str = "version";
pub(super) const FINGERPRINT: &str = "fingerprint";
pub(super) const LIVE: &str = "live";
pub(super) const AVAILABLE: &str = "available";
pub(super) const PRICES: &str = "prices";
pub(super) const MIN_PRICE: &str = "min_price";
pub(super) const CREATED: &str = "created_at";
pub(super) const UPDATED: &str = "updated_at";
pub(super) const BREVITY: &str = "brevity";
pub(super) const VENDOR: &str = "vendor";
pub(super) const PRODUCT_TYPE: &str = "product_type";
pub(super) const TAGS: &str = "tags";
pub(super) const OPTIONS: &str = "options";
pub(super) const TITLE_KEY: &str = "title_key";
pub(super) const VENDOR_KEY: &str = "vendor_key";
pub(super) const TITLE_WORDS: &str = "title_words";

/// Handles of the fields.
#[derive(Debug, Clone)]
pub(super) struct Fields {
    pub(super) id: Field,
    pub(super) live: Field,
    pub(super) available: Field,
    pub(super) collections: Field,
    pub(super) title: Field,
    pub(super) names: Field,
    pub(super) body: Field,
    pub(super) title_words: Field,
    pub(super) name_words: Field,
    pub(super) pairs: Field,
    version: Field,
    fingerprint: Field,
    prices: Field,
    min_price: Field,
    created_at: Field,
    updated_at: Field,
    brevity: Field,
    vendor: Field,
    product_type: Field,
    tags: Field,
    options: Field,
    title_key: Field,
    vendor_key: Field,
}

/// Whole terms, of which only is known who has them: no positions, frequencies or lengths.
fn terms() -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::Basic);
    TextOptions::default().set_indexing_options(indexing)
}

fn column() -> TextOptions {
    TextOptions::default().set_fast("raw")
}

impl Fields {
    pub(super) fn declare() -> (Schema, Self) {
        let mut schema = SchemaBuilder::new();
        let number = NumericOptions::default().set_fast();
        let key = number.clone().set_indexed();
        let fields = Fields {
            id: schema.add_i64_field(ID, key.clone()),
            live: schema.add_i64_field(LIVE, key.clone()),
            available: schema.add_i64_field(AVAILABLE, key),
            collections: schema.add_i64_field("collections", NumericOptions::default().set_indexed()),
            title: schema.add_text_field("title", terms()),
            names: schema.add_text_field("names", terms()),
            body: schema.add_text_field("body", terms()),
            title_words: schema.add_text_field(TITLE_WORDS, terms().set_fast("raw")),
            name_words: schema.add_text_field("name_words", terms()),
            pairs: schema.add_text_field("pairs", terms()),
            version: schema.add_u64_field(VERSION, number.clone()),
            fingerprint: schema.add_i64_field(FINGERPRINT, number.clone()),
            prices: schema.add_i64_field(PRICES, number.clone()),
            min_price: schema.add_i64_field(MIN_PRICE, number.clone()),
            created_at: schema.add_i64_field(CREATED, number.clone()),
            updated_at: schema.add_i64_field(UPDATED, number.clone()),
            brevity: schema.add_i64_field(BREVITY, number),
            vendor: schema.add_text_field(VENDOR, column()),
            product_type: schema.add_text_field(PRODUCT_TYPE, column()),
            tags: schema.add_text_field(TAGS, column()),
            options: schema.add_text_field(OPTIONS, column()),
            title_key: schema.add_text_field(TITLE_KEY, column()),
            vendor_key: schema.add_text_field(VENDOR_KEY, column()),
        };
        (schema.build(), fields)
    }

    /// What is stored of a product.
    pub(super) fn document(&self, version: u64, product: &Prepared) -> TantivyDocument {
        let mut document = self.tombstone(version, product.id);
        document.add_i64(self.live, 1);
        document.add_i64(self.available, i64::from(product.available));
        document.add_i64(self.fingerprint, product.fingerprint);
        document.add_i64(self.min_price, product.min_price);
        document.add_i64(self.created_at, product.created_at);
        document.add_i64(self.updated_at, product.updated_at);
        document.add_i64(self.brevity, product.brevity);
        product.prices.iter().for_each(|price| document.add_i64(self.prices, *price));
        product.collections.iter().for_each(|id| document.add_i64(self.collections, *id));
        let texts = [
            (self.title, &product.title),
            (self.names, &product.names),
            (self.body, &product.body),
            (self.title_words, &product.title_words),
            (self.name_words, &product.name_words),
            (self.pairs, &product.pairs),
            (self.tags, &product.tags),
            (self.options, &product.options),
        ];
        for (field, terms) in texts {
            terms.iter().for_each(|term| document.add_text(field, term));
        }
        product.vendor.iter().for_each(|vendor| document.add_text(self.vendor, vendor));
        product.product_type.iter().for_each(|kind| document.add_text(self.product_type, kind));
        document.add_text(self.title_key, &product.title_key);
        document.add_text(self.vendor_key, &product.vendor_key);
        document
    }

    /// What stays of a product that is gone, so that nobody's older state brings it back.
    pub(super) fn tombstone(&self, version: u64, id: i64) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        document.add_i64(self.id, id);
        document.add_u64(self.version, version);
        document
    }
}
