//! What there is to ask for, and what buyers ask for most.

use std::sync::Arc;

use anyhow::{Context, ensure};
use mcom_catalog::seed::{self, Offered};
use serde_json::Value;

use super::{
    chance::{Chance, Zipf},
    client::Connection,
    ground::Ground,
    server::Running,
};

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
