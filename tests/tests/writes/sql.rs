//! The statements these tests write with.

use std::collections::HashMap;

use diesel::{
    QueryableByName, sql_query,
    sql_types::{Array, BigInt, Text},
};
use diesel_async::RunQueryDsl;
use mcom_data::{Result, TenantConn};

/// Runs a statement.
pub async fn run(db: &mut TenantConn, sql: &str) -> Result<usize> {
    Ok(sql_query(sql).execute(db.conn()).await?)
}

/// Adds `by` to a counter of the store, which is made if it is not there.
pub async fn count_up(db: &mut TenantConn, series: &str, by: i64) -> Result<i64> {
    #[derive(QueryableByName)]
    struct Value {
        #[diesel(sql_type = BigInt)]
        value: i64,
    }
    let tenant = db.tenant_id();
    let row: Value = sql_query(
        "insert into counters (tenant_id, series, value) values ($1, $2, $3)
        on conflict (tenant_id, series) do update set value = counters.value + $3 returning value",
    )
    .bind::<BigInt, _>(tenant)
    .bind::<Text, _>(series)
    .bind::<BigInt, _>(by)
    .get_result(db.conn())
    .await?;
    Ok(row.value)
}

/// The counters of these series.
pub async fn counters(db: &mut TenantConn, series: &[String]) -> Result<HashMap<String, i64>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        series: String,
        #[diesel(sql_type = BigInt)]
        value: i64,
    }
    let rows: Vec<Row> = sql_query("select series, value from counters where series = any($1)")
        .bind::<Array<Text>, _>(series)
        .load(db.conn())
        .await?;
    Ok(rows.into_iter().map(|row| (row.series, row.value)).collect())
}
