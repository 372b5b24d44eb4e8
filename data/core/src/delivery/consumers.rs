//! The consumers there are: written down by the workers that have them, paused and resumed by people.

use chrono::{DateTime, Duration, Utc};
use diesel::QueryableByName;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;
use mcom_tables::consumers;

use super::KEY;
use crate::{Change, Cx, Db, Error, Result, Services, Told};

/// Who wants to hear of what.
#[derive(Debug, Clone, Copy)]
pub struct Subscription<'a> {
    /// The consumer's name, which is the kind of the jobs that deliver to it.
    pub name: &'static str,
    /// Topics of the events.
    pub topics: &'a [&'a str],
    /// For how long events are gathered.
    pub gather: Duration,
}

/// Writes down who wants to hear of what.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be reached.
pub async fn subscribe(db: &Db, subscriptions: &[Subscription<'_>]) -> Result<()> {
    let mut platform = db.platform().await?;
    for subscription in subscriptions {
        diesel::sql_query(SUBSCRIBE)
            .bind::<Text, _>(subscription.name)
            .bind::<Array<Text>, _>(subscription.topics)
            .bind::<BigInt, _>(subscription.gather.num_milliseconds())
            .execute(platform.conn())
            .await?;
    }
    Ok(())
}

const SUBSCRIBE: &str = "insert into consumers (name, topics, gather_ms) values ($1, $2, $3)
    on conflict (name) do update set topics = excluded.topics, gather_ms = excluded.gather_ms
    where (consumers.topics, consumers.gather_ms) is distinct from (excluded.topics, excluded.gather_ms)";

/// Whether deliveries to `consumer` are to stay where they are.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be reached.
pub async fn is_paused(cx: &Cx, consumer: &str) -> Result<bool> {
    cx.read(async |db| {
        let row = consumers::table.find(consumer).select(consumers::paused_at.is_not_null());
        Ok(row.first(db.conn()).await.optional()?.unwrap_or(false))
    })
    .await
}

/// From now on, deliveries to `consumer` stay where they are; what is under way is finished.
///
/// # Errors
/// `NotFound` if there is no such consumer.
pub async fn pause(services: &Services, consumer: &str) -> Result<()> {
    set_paused(services, consumer, Some(services.clock.now())).await
}

/// Ends a pause: `consumer` catches up with what happened meanwhile.
///
/// # Errors
/// `NotFound` if there is no such consumer.
pub async fn resume(services: &Services, consumer: &str) -> Result<()> {
    set_paused(services, consumer, None).await?;
    // A relay that still saw the pause has committed by now, for it held the row.
    ring(services, Some(consumer)).await?;
    Ok(())
}

async fn set_paused(services: &Services, consumer: &str, since: Option<DateTime<Utc>>) -> Result<()> {
    let mut platform = services.db.platform().await?;
    let set = diesel::update(consumers::table.find(consumer)).set(consumers::paused_at.eq(since));
    if set.execute(platform.conn()).await? == 0 { Err(Error::NotFound("consumer")) } else { Ok(()) }
}

/// Makes sure that every store with something due to `consumer` (`None`: to anyone) has the job that delivers it. Answers with how many
/// were missing.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be reached.
pub async fn ring(services: &Services, consumer: Option<&str>) -> Result<usize> {
    let mut platform = services.db.platform().await?;
    let rung = diesel::sql_query(RING)
        .bind::<Nullable<Text>, _>(consumer)
        .bind::<Timestamptz, _>(services.clock.now())
        .bind::<Text, _>(KEY)
        .execute(platform.conn())
        .await?;
    services.changes.tell(Told { tenant: 0, change: Change::Jobs });
    Ok(rung)
}

const RING: &str = "insert into jobs (tenant_id, kind, payload, unique_key, run_at, created_at)
    select behind.tenant_id, behind.consumer, 'null', $3, $2, $2 from (
        select distinct d.tenant_id, d.consumer from deliveries d
        where d.consumed < d.relayed and d.parked_at is null and ($1 is null or d.consumer = $1)) behind
    join consumers on consumers.name = behind.consumer and consumers.paused_at is null
    where not exists (select 1 from jobs j where j.tenant_id = behind.tenant_id and j.kind = behind.consumer
                      and j.unique_key = $3 and j.status <> 'failed')
    order by 1, 2
    on conflict (tenant_id, kind, unique_key) where unique_key is not null and status = 'waiting' do nothing";

/// How far one consumer is.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName, serde::Serialize)]
pub struct Backlog {
    /// The consumer.
    #[diesel(sql_type = Text)]
    pub consumer: String,
    /// What it hears of.
    #[diesel(sql_type = Array<Text>)]
    pub topics: Vec<String>,
    /// Whether it is paused.
    #[diesel(sql_type = Bool)]
    pub is_paused: bool,
    /// Aggregates of which it has not seen all events.
    #[diesel(sql_type = BigInt)]
    pub behind: i64,
    /// Aggregates that were given up.
    #[diesel(sql_type = BigInt)]
    pub parked: i64,
}

/// How far every consumer is, over all stores, by name.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be reached.
pub async fn backlog(db: &Db) -> Result<Vec<Backlog>> {
    let mut platform = db.platform().await?;
    Ok(diesel::sql_query(BACKLOG).load(platform.conn()).await?)
}

const BACKLOG: &str = "select c.name as consumer, c.topics, c.paused_at is not null as is_paused,
        coalesce(d.behind, 0) as behind, coalesce(d.parked, 0) as parked
    from consumers c left join (
        select consumer, count(*) filter (where parked_at is null) as behind, count(*) filter (where parked_at is not null) as parked
        from deliveries where consumed < relayed or parked_at is not null group by consumer) d on d.consumer = c.name
    order by c.name";
