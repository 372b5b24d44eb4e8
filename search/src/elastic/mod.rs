//! The engine for many machines: Elasticsearch or OpenSearch. Stores share one family of indexes; large ones have their own.
//!
//! Only what both servers of every age understand is used: plain JSON over HTTP, keyword and number fields, and aggregations.

mod aggregate;
mod answer;
mod ask;
mod bulk;
mod mapping;
mod matching;
mod place;
mod rebuild;
mod wire;

use futures_util::future::{BoxFuture, FutureExt};
use mcom_schema::id::{ProductId, StoreId};
use serde_json::{Value, json};

use crate::{
    analysis,
    document::Write,
    engine::{Hits, SearchEngine, Stored, Unavailable},
    facet::Tally,
    interpret::{Meaning, interpret},
    query::{Query, Scope, Text},
};
use mapping::words_of;
use place::Places;
pub use wire::Node;
use wire::Wire;

/// The mark of a finished rebuild: a tombstone of a product that cannot be.
const BUILT: ProductId = ProductId(0);

/// Searches in a cluster.
pub struct Elastic {
    wire: Wire,
    places: Places,
    own_index_from: u64,
}

/// How indexes are laid out in the cluster.
#[derive(Debug, Clone)]
pub struct Layout {
    /// What the names of all indexes begin with, so that several deployments may share a cluster.
    pub prefix: String,
    /// Stores with this many products get an index of their own when they are rebuilt.
    pub own_index_from: u64,
}

impl Elastic {
    /// Talks to the cluster at this node. Nothing is asked yet.
    ///
    /// # Errors
    /// If the address cannot be used.
    pub fn new(node: &Node, layout: &Layout) -> Result<Self, Unavailable> {
        let places = Places::new(&layout.prefix);
        Ok(Elastic { wire: Wire::to(node)?, places, own_index_from: layout.own_index_from })
    }

    /// Runs a search in the store's index. The only way to one: store filter and routing are put in here.
    async fn ask(&self, store: StoreId, query: Value, mut body: Value) -> Result<Value, Unavailable> {
        let place = self.places.of(&self.wire, store).await?;
        body["query"] = confined(store, &query);
        let path = format!("/{}/_search?routing={}", place.searched, store.0);
        self.wire.post(&path, &body).await
    }

    async fn find(&self, store: StoreId, query: &Query) -> Result<Hits, Unavailable> {
        let asked = self.pass(store, query, false).await?;
        // Whoever makes no slip gets no others' words: they are tried only if nothing else is there.
        if query.text.is_none() || answer::matched(&asked) > 0 {
            return Ok(answer::hits(&asked, query));
        }
        Ok(answer::hits(&self.pass(store, query, true).await?, query))
    }

    async fn pass(&self, store: StoreId, query: &Query, slips: bool) -> Result<Value, Unavailable> {
        let meaning = query.text.as_ref().map(|text| interpret(text, slips)).unwrap_or_default();
        let condition = matching::condition(store, &query.scope, &meaning);
        self.ask(store, ask::scored(query, condition), ask::body(query)).await
    }

    async fn complete(&self, store: StoreId, text: &Text, limit: usize) -> Result<Vec<Tally>, Unavailable> {
        let words = analysis::words(&text.words);
        let Some((last, before)) = words.split_last() else { return Ok(vec![]) };
        let meaning: Meaning = interpret(&Text { prefix: true, ..text.clone() }, false);
        let condition = matching::condition(store, &Scope::default(), &meaning);
        let own = words_of(store);
        let body = json!({ "size": 0, "aggs": { "words": aggregate::beginning("title_words", &format!("{own}{last}"), limit) } });
        let found = self.ask(store, condition, body).await?;
        let complete = |word: Tally| {
            let value = word.value.strip_prefix(&own).unwrap_or(&word.value).to_owned();
            Tally { value, ..word }.after(before)
        };
        Ok(answer::tallies(&found["aggregations"]["words"]).into_iter().map(complete).collect())
    }

    async fn list(&self, store: StoreId, after: i64, limit: usize) -> Result<Vec<Stored>, Unavailable> {
        let place = self.places.of(&self.wire, store).await?;
        let index = place.built.as_ref().unwrap_or(&place.searched);
        let query = confined(store, &json!({ "bool": { "filter": [{ "term": { "live": 1 } }] } }));
        let body = json!({
            "size": limit, "query": query, "sort": [{ "id": "asc" }], "search_after": [after],
            "_source": false, "docvalue_fields": ["id", "version", "fingerprint"],
        });
        let found = self.wire.post(&format!("/{index}/_search?routing={}", store.0), &body).await?;
        Ok(answer::stored(&found))
    }

    async fn knows_mark(&self, store: StoreId) -> Result<bool, Unavailable> {
        let place = self.places.of(&self.wire, store).await?;
        let id = bulk::id(store, BUILT);
        self.wire.exists(&format!("/{}/_doc/{id}?routing={}", place.searched, store.0)).await
    }
}

/// What no search can do without: only this store's products.
fn confined(store: StoreId, query: &Value) -> Value {
    json!({ "bool": { "must": [query], "filter": [{ "term": { "store": store.0 } }] } })
}

impl SearchEngine for Elastic {
    fn name(&self) -> &'static str {
        "elasticsearch"
    }

    fn apply(&self, store: StoreId, writes: Vec<Write>) -> BoxFuture<'_, Result<(), Unavailable>> {
        async move {
            let place = self.places.of(&self.wire, store).await?;
            bulk::write(&self.wire, &place.written(), store, &writes).await
        }
        .boxed()
    }

    fn search<'a>(&'a self, store: StoreId, query: &'a Query) -> BoxFuture<'a, Result<Hits, Unavailable>> {
        self.find(store, query).boxed()
    }

    fn completions<'a>(
        &'a self,
        store: StoreId,
        text: &'a Text,
        limit: usize,
    ) -> BoxFuture<'a, Result<Vec<Tally>, Unavailable>> {
        self.complete(store, text, limit).boxed()
    }

    fn stored(
        &self,
        store: StoreId,
        after: i64,
        limit: usize,
    ) -> BoxFuture<'_, Result<Vec<Stored>, Unavailable>> {
        self.list(store, after, limit).boxed()
    }

    fn refresh(&self, store: StoreId) -> BoxFuture<'_, Result<(), Unavailable>> {
        async move {
            let place = self.places.of(&self.wire, store).await?;
            let indexes = place.written().join(",");
            self.wire.post(&format!("/{indexes}/_refresh"), &json!({})).await.map(drop)
        }
        .boxed()
    }

    fn is_built(&self, store: StoreId) -> BoxFuture<'_, Result<bool, Unavailable>> {
        self.knows_mark(store).boxed()
    }

    fn begin_rebuild(&self, store: StoreId, size: u64) -> BoxFuture<'_, Result<(), Unavailable>> {
        rebuild::begin(self, store, size).boxed()
    }

    fn finish_rebuild(&self, store: StoreId) -> BoxFuture<'_, Result<(), Unavailable>> {
        rebuild::finish(self, store).boxed()
    }
}
