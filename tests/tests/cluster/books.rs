//! The three books – the provider's ledger, the orders, the stock – and what shoppers were told.

use std::{collections::BTreeSet, time::Duration};

use mcom_tests::{Shop, books};
use serde_json::Value;
use tokio::time::{Instant, sleep};

const PATIENCE: Duration = Duration::from_secs(60);
/// How many of the same thing each order holds.
const EACH: i64 = 2;

async fn number(shop: &Shop, sql: &str) -> i64 {
    shop.rows(sql).await[0].get(0)
}

/// Waits until no checkout is under way any more.
pub(crate) async fn settle(shop: &Shop) {
    let under_way =
        "select count(*) from checkouts where tenant_id = $1 and status not in ('placed', 'failed')";
    let until = Instant::now() + PATIENCE;
    while number(shop, under_way).await > 0 {
        assert!(Instant::now() < until, "checkouts are left: {:?}", shop.jobs().await);
        sleep(Duration::from_millis(50)).await;
    }
}

/// Every order has its charge, every charge its order, the stock is what was not sold, and shoppers know of their orders.
pub(crate) async fn compare(shop: &Shop, ledger: &Value, pieces: i64, told: &[String]) {
    books::compare(&shop.rows(books::PAID).await, ledger);
    let written = number(shop, "select count(*) from orders where tenant_id = $1").await;
    let known: BTreeSet<&String> = told.iter().collect();
    assert_eq!(
        (known.len(), written),
        (told.len(), told.len() as i64),
        "an order nobody knows of, or one told twice"
    );
    let level =
        "select available, reserved, committed from inventory_levels where tenant_id = $1 and committed > 0";
    let rows = shop.rows(level).await;
    let level: (i64, i64, i64) = (rows[0].get(0), rows[0].get(1), rows[0].get(2));
    assert_eq!(
        level,
        (pieces - EACH * written, 0, EACH * written),
        "oversold, or stock that is held for nobody"
    );
}
