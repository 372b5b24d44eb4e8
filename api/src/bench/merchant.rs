//! The merchant, who goes on changing the catalog while buyers buy.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

use mcom_schema::id::ProductId;
use serde_json::json;

use super::{chance::Chance, client::Connection, document::Operation, goods::Goods, load::Crew};

/// One write for so many requests of buyers.
const REQUESTS_PER_WRITE: u64 = 100;
/// How often the merchant looks whether it is time.
const GLANCE: Duration = Duration::from_millis(2);

const UPDATE: &str = "mutation Describe($product: ProductUpdateInput!) {
  productUpdate(product: $product) { product { id } userErrors { field message } }
}";

/// Somebody who rewrites descriptions.
pub(super) struct Merchant {
    connection: Connection,
    goods: Arc<Goods>,
    update: Operation,
}

impl Merchant {
    /// The merchant of the store that a crew buys in.
    ///
    /// # Errors
    /// If the server cannot be reached.
    pub fn new(crew: &Crew) -> anyhow::Result<Self> {
        Ok(Merchant {
            connection: Connection::open(&crew.targets.admin, 0)?,
            goods: crew.goods.clone(),
            update: Operation::of(("Describe", UPDATE)),
        })
    }

    /// Writes once for every hundredth request of `begun` until told to stop. Answers with how many writes were made and how many
    /// failed.
    pub fn work(mut self, begun: &AtomicU64, stop: &AtomicBool) -> (u64, u64) {
        let mut chance = Chance::of(0);
        let (mut written, mut failed) = (0, 0);
        while !stop.load(Ordering::Acquire) {
            if begun.load(Ordering::Relaxed) / REQUESTS_PER_WRITE <= written + failed {
                thread::sleep(GLANCE);
            } else if self.write(&mut chance).is_ok() {
                written += 1;
            } else {
                failed += 1;
            }
        }
        (written, failed)
    }

    fn write(&mut self, chance: &mut Chance) -> anyhow::Result<()> {
        let product = self.goods.product(chance);
        let text = format!("<p>{} in stock again. Batch {}.</p>", product.title, chance.token());
        let input = json!({ "id": ProductId(product.product).gid(), "descriptionHtml": text });
        let answer = self.connection.post(&self.update.with(&json!({ "product": input })))?;
        let answer: serde_json::Value = serde_json::from_slice(answer)?;
        anyhow::ensure!(answer["data"]["productUpdate"]["product"]["id"].is_string(), "refused: {answer}");
        Ok(())
    }
}
