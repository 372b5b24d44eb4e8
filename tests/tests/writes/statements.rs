//! The count of statements, which budgets are held against.

use mcom_data::{Error, Result};
use mcom_tests::Shop;

use crate::sql::{count_up, run};

#[tokio::test]
async fn statements_are_counted_without_begin_and_commit() {
    let shop = Shop::open().await;
    let cx = shop.admin();
    assert_eq!(cx.statements(), 0);
    cx.read(async |db| run(db, "select 1").await).await.unwrap();
    cx.read(async |db| run(db, "select 2").await).await.unwrap();
    cx.finish().await;
    assert_eq!(cx.statements(), 2);
    cx.write_quietly(async |db| count_up(db, "things", 1).await).await.unwrap();
    assert_eq!(cx.statements(), 3);
    // The audit row is the second.
    cx.write("count", async |db| count_up(db, "things", 1).await).await.unwrap();
    assert_eq!(cx.statements(), 5);
    let refused: Result<()> = cx.write("count", async |_| Err(Error::Busy)).await;
    assert!(refused.is_err());
    assert_eq!(cx.statements(), 5);
}
