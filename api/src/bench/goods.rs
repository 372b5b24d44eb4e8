//! What there is to ask for, and what buyers ask for most.

use std::{
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use mcom_catalog::seed::{self, Offered};
use serde_json::{Value, json};

use super::{
    chance::{Chance, Zipf},
    client::Connection,
    ground::Ground,
    server::Running,
    target::Target,
};

/// Longer than an index of a million products takes.
const INDEXED: Duration = Duration::from_secs(1800);
/// How often the search is asked meanwhile.
const GLANCE: Duration = Duration::from_millis(100);

const FOUND: &str =
    "query($term: String!) { search(query: $term, first: 1, types: [PRODUCT]) { totalCount } }";
const COLLECTIONS: &[u8] = br#"{"query":"{ collections(first: 50) { nodes { handle } } }"}"#;

/// A catalog as buyers know it.
#[derive(Debug)]
pub(super) struct Goods {
    products: Vec<Offered>,
    popularity: Zipf,
    collections: Vec<String>,
}

impl Goods {
    /// The published products and collections of the store.
    ///
    /// # Errors
    /// If they cannot be read.
    pub async fn of(ground: &Ground, running: &Running) -> anyhow::Result<Arc<Self>> {
        let products = seed::offered(&ground.cx).await?;
        ensure!(!products.is_empty(), "the store has no products");
        let target = running.targets(ground).storefront;
        let asked = move || -> anyhow::Result<Value> {
            Ok(serde_json::from_slice(Connection::open(&target, 0)?.post(COLLECTIONS)?)?)
        };
        let answer = tokio::task::spawn_blocking(asked).await??;
        let nodes = answer["data"]["collections"]["nodes"].as_array().context("no collections")?;
        let collections =
            nodes.iter().filter_map(|node| node["handle"].as_str()).map(str::to_owned).collect();
        Ok(Arc::new(Goods { popularity: Zipf::new(products.len()), products, collections }))
    }

    /// Waits until the last product is found by its name: an index is built in the order of ids, and building it takes from what is measured.
    ///
    /// # Errors
    /// If the server cannot be asked, or the product is not found for a long time.
    pub async fn searchable(self: &Arc<Self>, target: Target) -> anyhow::Result<()> {
        let goods = self.clone();
        tokio::task::spawn_blocking(move || goods.wait(&target)).await?
    }

    fn wait(&self, target: &Target) -> anyhow::Result<()> {
        let last = self.products.iter().max_by_key(|product| product.product).context("no products")?;
        let body = json!({ "query": FOUND, "variables": { "term": last.title } }).to_string();
        let mut connection = Connection::open(target, 0)?;
        let begun = Instant::now();
        loop {
            let answer: Value = serde_json::from_slice(connection.post(body.as_bytes())?)?;
            if answer["data"]["search"]["totalCount"].as_i64().is_some_and(|count| count > 0) {
                return Ok(());
            }
            ensure!(begun.elapsed() < INDEXED, "the search does not find «{}»: {answer}", last.title);
            thread::sleep(GLANCE);
        }
    }

    /// How many products there are.
    pub fn products(&self) -> usize {
        self.products.len()
    }

    /// The numbers of the first and of the last product.
    pub fn numbers(&self) -> (i64, i64) {
        let number = |product: Option<&Offered>| product.map_or(0, |product| product.product);
        (number(self.products.first()), number(self.products.last()))
    }

    /// How many collections there are.
    pub fn collections(&self) -> usize {
        self.collections.len()
    }

    /// The product that has this place in the order of popularity.
    pub fn at(&self, place: usize) -> &Offered {
        &self.products[place % self.products.len()]
    }

    /// A product by its popularity.
    pub fn product(&self, chance: &mut Chance) -> &Offered {
        &self.products[self.popularity.pick(chance)]
    }

    /// Any collection.
    pub fn collection(&self, chance: &mut Chance) -> &str {
        self.collections.get(chance.below(self.collections.len())).map_or("", String::as_str)
    }
}
