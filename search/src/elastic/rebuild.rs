//! Rebuilding while writes go on. A small store is corrected where it is. A large one gets a new index of its own, which hears
//! of every write from its first moment; when it is complete the alias is moved, and searches never see anything in between.

use mcom_schema::id::StoreId;
use serde_json::json;

use super::{
    BUILT, Elastic, bulk, mapping,
    place::{KNOWN_FOR, Places},
};
use crate::{document::Write, engine::Unavailable};

/// Makes the index that is built, if the store is to have one.
pub(super) async fn begin(engine: &Elastic, store: StoreId, size: u64) -> Result<(), Unavailable> {
    let own = engine.places.own(store);
    let place = engine.places.of(&engine.wire, store).await?;
    let has_own = place.searched.starts_with(&format!("{own}-"));
    if place.built.is_some() || !(has_own || size >= engine.own_index_from) {
        return Ok(());
    }
    let number = number(&place.searched, &own) + 1;
    let mut index = mapping::index();
    index["aliases"] = json!({ Places::next(&own): {} });
    engine.wire.create(&format!("{own}-{number}"), &index).await?;
    heard(engine).await;
    Ok(())
}

/// Moves the alias to what was built, marks it as complete, and takes away what it replaces.
pub(super) async fn finish(engine: &Elastic, store: StoreId) -> Result<(), Unavailable> {
    let own = engine.places.own(store);
    engine.places.forget();
    let place = engine.places.of(&engine.wire, store).await?;
    let mark = Write::Remove { version: 0, id: BUILT };
    bulk::write(&engine.wire, &place.written(), store, &[mark]).await?;
    let Some(built) = place.built else { return Ok(()) };
    engine.wire.post(&format!("/{built}/_refresh"), &json!({})).await?;
    let has_own = place.searched.starts_with(&format!("{own}-"));
    let mut actions = vec![
        json!({ "remove": { "index": built, "alias": Places::next(&own) } }),
        json!({ "add": { "index": built, "alias": own } }),
    ];
    actions.extend(has_own.then(|| json!({ "remove": { "index": place.searched, "alias": own } })));
    engine.wire.post("/_aliases", &json!({ "actions": actions })).await?;
    heard(engine).await;
    if has_own {
        return engine.wire.delete(&place.searched).await;
    }
    leave_shared(engine, store, &place.searched).await
}

/// Takes a store's products out of the index that it shared.
async fn leave_shared(engine: &Elastic, store: StoreId, shared: &str) -> Result<(), Unavailable> {
    let body = json!({ "query": { "term": { "store": store.0 } } });
    let path = format!("/{shared}/_delete_by_query?routing={}&conflicts=proceed&refresh=true", store.0);
    engine.wire.post(&path, &body).await.map(drop)
}

/// Waits until every process has heard of new aliases.
async fn heard(engine: &Elastic) {
    engine.places.forget();
    tokio::time::sleep(2 * KNOWN_FOR).await;
}

/// The number of a store's own index; zero for one that it shares.
fn number(index: &str, own: &str) -> u64 {
    index.strip_prefix(own).and_then(|rest| rest.strip_prefix('-')?.parse().ok()).unwrap_or_default()
}
