//! Writing many products at once, with the versions of their states.

use mcom_schema::id::{ProductId, StoreId};
use serde_json::{Value, json};

use super::{mapping, wire::Wire};
use crate::{document::Write, engine::Unavailable};

/// What a product is called in an index.
pub(super) fn id(store: StoreId, product: ProductId) -> String {
    format!("{}-{}", store.0, product.0)
}

/// Writes to all of `indexes`. What is older than what is there is turned down by the cluster, which is well.
pub(super) async fn write(
    wire: &Wire,
    indexes: &[&str],
    store: StoreId,
    writes: &[Write],
) -> Result<(), Unavailable> {
    if writes.is_empty() {
        return Ok(());
    }
    let mut lines = Vec::with_capacity(writes.len() * indexes.len() * 2);
    for write in writes {
        let document = match write {
            Write::Put { version, product } => mapping::document(store, *version, product),
            Write::Remove { version, id } => mapping::tombstone(store, *version, *id),
        };
        for index in indexes {
            lines.push(json!({ "index": {
                "_index": index, "_id": id(store, write.id()), "routing": store.0.to_string(),
                "version": write.version(), "version_type": "external_gte",
            } }));
            lines.push(document.clone());
        }
    }
    check(&wire.bulk("/_bulk", lines).await?)
}

fn check(answer: &Value) -> Result<(), Unavailable> {
    const CONFLICT: u64 = 409;
    let items = answer["items"].as_array().map_or(&[][..], Vec::as_slice);
    for item in items.iter().map(|item| &item["index"]) {
        let status = item["status"].as_u64().unwrap_or_default();
        if status >= 300 && status != CONFLICT {
            let reason = item["error"]["reason"].as_str().unwrap_or("no reason was given");
            return Err(Unavailable(format!("{} was not written: {reason}", item["_id"])));
        }
    }
    Ok(())
}
