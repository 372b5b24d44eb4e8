//! Requests that are cancelled, fail or forget to end leave nothing behind on their connection.

use std::time::Duration;

use diesel::{QueryableByName, sql_query, sql_types::BigInt};
use diesel_async::RunQueryDsl;
use mcom_data::{Cx, Error, Result, TenantConn};
use mcom_tests::{Database, Shop, shop::cx};

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

async fn number(db: &mut TenantConn, sql: &str) -> Result<i64> {
    Ok(sql_query(sql).get_result::<Number>(db.conn()).await?.n)
}

/// The stores whose tokens this context sees, as a sum: its own number and nothing else.
async fn visible(cx: &Cx) -> i64 {
    let seen = cx
        .read(async |db| number(db, "select sum(distinct tenant_id)::bigint as n from access_tokens").await)
        .await;
    cx.finish().await;
    seen.unwrap()
}

async fn in_transaction(shop: &Shop) -> i64 {
    let sql = "select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'";
    shop.database.superuser().await.query_one(sql, &[]).await.unwrap().get(0)
}

#[tokio::test]
async fn three_hundred_cancelled_reads_leak_no_store_into_the_next_request() {
    let shop = Shop::open_in(Database::own().await, 1).await;
    let neighbour = shop.neighbour().await.tenant;
    for round in 0..300 {
        let cancelled = shop.admin();
        let reading = cancelled
            .read(async |db| number(db, "select count(*) as n from access_tokens, pg_sleep(0.0005)").await);
        let _ = tokio::time::timeout(Duration::from_micros(20 + round * 7), reading).await;
        drop(cancelled);
        let other = cx(&shop.services, &neighbour, mcom_data::Actor::Operator);
        assert_eq!(visible(&other).await, neighbour.id().get(), "round {round}");
    }
    assert_eq!(in_transaction(&shop).await, 0);
}

#[tokio::test]
async fn a_hundred_cancelled_writes_leave_no_row_or_a_whole_one() {
    let shop = Shop::open_in(Database::own().await, 1).await;
    for round in 0..100u64 {
        let cancelled = shop.admin();
        let writing = cancelled.write("test", async |db| {
            let tenant = db.tenant_id();
            for part in ["a", "b"] {
                sql_query("insert into counters (tenant_id, series, value) values ($1, $2 || $3, 1)")
                    .bind::<BigInt, _>(tenant)
                    .bind::<diesel::sql_types::Text, _>(part)
                    .bind::<diesel::sql_types::Text, _>(round.to_string())
                    .execute(db.conn())
                    .await?;
            }
            Ok(())
        });
        let _ = tokio::time::timeout(Duration::from_micros(200 + round * 40), writing).await;
    }
    // The last one may still be on its way to a rollback.
    tokio::time::sleep(Duration::from_millis(50)).await;
    let written =
        shop.rows("select count(*) from counters where tenant_id = $1 group by right(series, -1)").await;
    assert!(written.iter().all(|row| row.get::<_, i64>(0) == 2));
    let audited =
        shop.rows("select count(*) from audit_entries where tenant_id = $1 and verb = 'test'").await;
    assert_eq!(audited[0].get::<_, i64>(0), i64::try_from(written.len()).unwrap());
    assert_eq!(in_transaction(&shop).await, 0);
}

#[tokio::test]
async fn a_context_that_is_dropped_or_fails_gives_its_connection_back() {
    let shop = Shop::open_in(Database::own().await, 1).await;
    let forgotten = shop.admin();
    assert_eq!(forgotten.read(async |db| number(db, "select 7::bigint as n").await).await.unwrap(), 7);
    drop(forgotten);
    let failed = shop.admin();
    let error = failed.read(async |db| number(db, "select (1 / 0)::bigint as n").await).await;
    assert!(matches!(error, Err(Error::Broken(_))));
    // The same context reads on, in a new transaction.
    assert_eq!(visible(&failed).await, shop.tenant().id().get());
    let refused: Result<()> = failed.write("test", async |_| Err(Error::NotFound("thing"))).await;
    assert!(refused.is_err());
    assert_eq!(visible(&shop.admin()).await, shop.tenant().id().get());
    assert_eq!(in_transaction(&shop).await, 0);
}

#[tokio::test]
async fn a_read_cannot_write() {
    let shop = Shop::open().await;
    let sql = "insert into counters (tenant_id, series, value) values (current_setting('app.tenant_id')::bigint, 'x', 1) returning value as n";
    let error = shop.admin().read(async |db| number(db, sql).await).await;
    assert!(matches!(error, Err(Error::Broken(_))));
}
