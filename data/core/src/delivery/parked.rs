//! Deliveries that were given up: shown to people, and tried again when they say so.

use chrono::{DateTime, Utc};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use crate::{Db, Result, Services, delivery};

/// A delivery that was given up. Later events of the same aggregate wait behind it; the consumer's other deliveries go on.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName, serde::Serialize)]
pub struct Parked {
    /// The store's handle.
    #[diesel(sql_type = Text)]
    pub store: String,
    /// Who could not consume it.
    #[diesel(sql_type = Text)]
    pub consumer: String,
    /// The kind of thing it is about.
    #[diesel(sql_type = Text)]
    pub aggregate: String,
    /// Which one.
    #[diesel(sql_type = BigInt)]
    pub aggregate_id: i64,
    /// Sequence of the last event of that thing that was consumed.
    #[diesel(sql_type = BigInt)]
    pub consumed: i64,
    /// Since when.
    #[diesel(sql_type = Timestamptz)]
    pub parked_at: DateTime<Utc>,
    /// Why.
    #[diesel(sql_type = Nullable<Text>)]
    pub last_error: Option<String>,
}

/// Deliveries that were given up, the latest first, `limit` at most.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be reached.
pub async fn parked(db: &Db, limit: i64) -> Result<Vec<Parked>> {
    let mut platform = db.platform().await?;
    Ok(diesel::sql_query(PARKED).bind::<BigInt, _>(limit).load(platform.conn()).await?)
}

const PARKED: &str =
    "select s.handle as store, d.consumer, d.aggregate, d.aggregate_id, d.consumed, d.parked_at, d.last_error
    from deliveries d join stores s on s.id = d.tenant_id
    where d.parked_at is not null order by d.parked_at desc limit $1";

/// Tries what was given up again: to `consumer` only, and of the store with the handle `store` only, if they are named. Answers with
/// how many deliveries that are.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be reached.
pub async fn retry(services: &Services, consumer: Option<&str>, store: Option<&str>) -> Result<usize> {
    let mut platform = services.db.platform().await?;
    let rows = diesel::sql_query(RETRY)
        .bind::<Nullable<Text>, _>(consumer)
        .bind::<Nullable<Text>, _>(store)
        .bind::<Timestamptz, _>(services.clock.now())
        .execute(platform.conn())
        .await?;
    drop(platform);
    delivery::ring(services, consumer).await?;
    Ok(rows)
}

const RETRY: &str = "update deliveries set parked_at = null, attempts = 0, run_at = $3
    where parked_at is not null and ($1 is null or consumer = $1)
      and ($2 is null or tenant_id = (select id from stores where handle = $2))";
