//! The fields of an index, and what is stored of a product. Terms come ready-made and are taken as they are.

use mcom_schema::id::{ProductId, StoreId};
use serde_json::{Value, json};

use crate::document::Prepared;

/// Part of every index's name: indexes with other fields are left alone and built anew beside them.
pub(super) const LAYOUT: &str = "v1";

/// Settings and fields of an index.
pub(super) fn index() -> Value {
    let term = json!({ "type": "keyword", "doc_values": false });
    let column = json!({ "type": "keyword" });
    let key = json!({ "type": "keyword", "index": false });
    let number = json!({ "type": "long" });
    json!({
        "settings": {
            "number_of_shards": 1,
            "auto_expand_replicas": "0-1",
            "refresh_interval": "500ms",
        },
        "mappings": {
            "dynamic": "strict",
            "_routing": { "required": true },
            "properties": {
                "store": number, "id": number, "version": number, "live": number, "fingerprint": number,
                "available": number, "prices": number, "min_price": number, "created_at": number,
                "updated_at": number, "brevity": number, "collections": number,
                "title": term, "names": term, "body": term, "pairs": term, "name_words": term,
                "title_words": column, "vendor": column, "product_type": column, "tags": column, "options": column,
                "title_key": key, "vendor_key": key,
            },
        },
    })
}

/// What words of a store begin with. Slips and beginnings are looked up in the index's dictionary, which stores share: each
/// has its own part of it, so that no store's words crowd out another's.
pub(super) fn words_of(store: StoreId) -> String {
    format!("{}:", store.0)
}

/// What is stored of a product.
pub(super) fn document(store: StoreId, version: u64, product: &Prepared) -> Value {
    let own = words_of(store);
    let owned = |words: &std::collections::BTreeSet<String>| {
        words.iter().map(|word| format!("{own}{word}")).collect::<Vec<String>>()
    };
    json!({
        "store": store.0, "id": product.id, "version": version, "live": 1, "fingerprint": product.fingerprint,
        "available": i64::from(product.available), "prices": product.prices, "min_price": product.min_price,
        "created_at": product.created_at, "updated_at": product.updated_at, "brevity": product.brevity,
        "collections": product.collections,
        "title": product.title, "names": product.names, "body": product.body, "pairs": product.pairs,
        "title_words": owned(&product.title_words), "name_words": owned(&product.name_words),
        "vendor": product.vendor, "product_type": product.product_type, "tags": product.tags,
        "options": product.options, "title_key": product.title_key, "vendor_key": product.vendor_key,
    })
}

/// What stays of a product that is gone, so that nobody's older state brings it back.
pub(super) fn tombstone(store: StoreId, version: u64, id: ProductId) -> Value {
    json!({ "store": store.0, "id": id.0, "version": version, "live": 0 })
}
