//! What hangs off a list.

use std::collections::HashMap;

use mcom_data::{Cx, Result, load::Batch};
use mcom_tests::Shop;

use crate::sql::{count_up, counters};

struct Counters;

impl Batch for Counters {
    type Key = String;
    type Value = i64;

    async fn load(cx: &Cx, keys: Vec<String>) -> Result<HashMap<String, i64>> {
        cx.read(async |db| counters(db, &keys).await).await
    }
}

#[tokio::test]
async fn what_hangs_off_a_list_is_loaded_at_once_and_forgotten_by_a_write() {
    let shop = Shop::open().await;
    let cx = shop.admin();
    cx.write_quietly(async |db| {
        count_up(db, "a", 1).await?;
        count_up(db, "b", 2).await
    })
    .await
    .unwrap();
    let before = cx.statements();
    let load = |key: &str| cx.load::<Counters>(key.to_owned());
    let (a, b, none, again) = tokio::join!(load("a"), load("b"), load("c"), load("a"));
    assert_eq!((a.unwrap(), b.unwrap(), none.unwrap(), again.unwrap()), (Some(1), Some(2), None, Some(1)));
    assert_eq!(cx.statements() - before, 1);
    assert_eq!(load("a").await.unwrap(), Some(1));
    assert_eq!(cx.statements() - before, 1);
    cx.write_quietly(async |db| count_up(db, "a", 1).await).await.unwrap();
    assert_eq!(load("a").await.unwrap(), Some(2));
}
