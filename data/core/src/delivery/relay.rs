//! The relay: hands what the outbox holds over to the consumers, in one statement that is one transaction.

use chrono::{DateTime, Utc};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use super::KEY;
use crate::{Change, Db, Prepare, Result, Services, TenantId, Told, change};

/// How many stores one round serves, and how many events of each.
const STORES: i64 = 32;
const EVENTS_EACH: i64 = 500;

/// Which stores a round serves.
#[derive(Debug, Clone, Copy)]
pub enum Span {
    /// Those that come after this one; `None`: from the first.
    After(Option<TenantId>),
    /// This one alone, and nothing is gathered.
    Store(TenantId),
}

/// What one round of the relay did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Round {
    /// Events handed over.
    pub events: i64,
    /// The store after which the next round goes on; `None`: this one came to the end of the stores.
    pub after: Option<TenantId>,
    /// Whether something may be left in the stores it served.
    pub is_full: bool,
}

/// Hands events over to all consumers of their topics and asks for the jobs that deliver them. Serves the stores with something in
/// the outbox in turn, so that a store that imports a million products does not keep the others waiting. Several relays may be at it: rows
/// that one has locked, the others skip.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be reached.
pub async fn hand_over(services: &Services, span: Span) -> Result<Round> {
    let done = round(&services.db, services.clock.now(), span).await?;
    if done.rung > 0 {
        services.changes.tell(Told { tenant: 0, change: Change::Jobs });
    }
    let is_end = done.stores < STORES;
    Ok(Round {
        events: done.events,
        after: if is_end { None } else { done.last.map(TenantId) },
        is_full: done.events > 0 && done.fullest >= EVENTS_EACH,
    })
}

async fn round(db: &Db, now: DateTime<Utc>, span: Span) -> Result<Done> {
    let mut platform = db.platform().await?;
    let (after, last, gathers) = match span {
        Span::After(after) => (after.map_or(i64::MIN, TenantId::get), i64::MAX, true),
        Span::Store(store) => (store.get() - 1, store.get(), false),
    };
    let message = change::messages(0, &[Change::Jobs])?.concat();
    let done = diesel::sql_query(HAND_OVER)
        .bind::<BigInt, _>(after)
        .bind::<BigInt, _>(STORES)
        .bind::<BigInt, _>(EVENTS_EACH)
        .bind::<Timestamptz, _>(now)
        .bind::<Text, _>(KEY)
        .bind::<Text, _>(change::CHANNEL)
        .bind::<Text, _>(message)
        .bind::<BigInt, _>(last)
        .bind::<Bool, _>(gathers)
        .prepared()
        .get_result(platform.conn())
        .await?;
    Ok(done)
}

// The message is that of a write (see `write::NOTIFY`): one without the transaction's number is not understood and makes everything stale.
//
// `known` is locked against `resume`: whoever is told that a consumer is paused hands over before the pause ends, or sees that it has
// ended. Rows are written in the order of their keys, so that two relays never wait for each other in a circle. Look-ups are fenced by
// LATERAL: rows just written in bulk have no statistics, and a join planned without them reads the whole log.
const HAND_OVER: &str = "with recursive store (tenant_id, step) as (
        (select tenant_id, 1::bigint from outbox where tenant_id > $1 and tenant_id <= $8 order by tenant_id limit 1)
        union all
        select next.tenant_id, step + 1 from store cross join lateral (
            select o.tenant_id from outbox o where o.tenant_id > store.tenant_id and o.tenant_id <= $8 order by o.tenant_id limit 1) next
        where step < $2),
    claimed as materialized (
        select taken.ctid, taken.tenant_id, taken.event_id from store cross join lateral (
            select o.ctid, o.tenant_id, o.event_id from outbox o where o.tenant_id = store.tenant_id
            order by o.event_id limit $3 for update skip locked) taken),
    gone as (delete from outbox where ctid = any(array(select ctid from claimed))),
    known as materialized (select name, topics, gather_ms, paused_at from consumers for share),
    heads as materialized (
        select e.tenant_id, known.name, e.aggregate, e.aggregate_id, max(e.sequence) as sequence
        from claimed cross join lateral (
            select tenant_id, aggregate, aggregate_id, sequence, topic from events
            where tenant_id = claimed.tenant_id and id = claimed.event_id offset 0) e
        join known on e.topic = any(known.topics)
        group by e.tenant_id, known.name, e.aggregate, e.aggregate_id),
    handed as (
        insert into deliveries (tenant_id, consumer, aggregate, aggregate_id, relayed, run_at)
        select tenant_id, name, aggregate, aggregate_id, sequence, $4 from heads order by 1, 2, 3, 4
        on conflict (tenant_id, consumer, aggregate, aggregate_id)
        do update set relayed = greatest(deliveries.relayed, excluded.relayed)),
    rung as (
        insert into jobs (tenant_id, kind, payload, unique_key, run_at, created_at)
        select heads.tenant_id, known.name, 'null', $5, $4 + case when $9 then known.gather_ms else 0 end * interval '1 millisecond', $4
        from (select distinct tenant_id, name from heads) heads join known on known.name = heads.name
        where known.paused_at is null order by 1, 2
        on conflict (tenant_id, kind, unique_key) where unique_key is not null and status = 'waiting'
        do update set run_at = least(jobs.run_at, excluded.run_at)
        returning 1)
    select (select count(*) from claimed) as events, (select count(*) from store) as stores,
        (select max(tenant_id) from store) as last,
        (select coalesce(max(n), 0) from (select count(*) as n from claimed group by tenant_id) each) as fullest,
        count(*) as rung, max(pg_notify($6, pg_current_xact_id()::text || ' ' || $7)::text) as told
    from rung";

#[derive(QueryableByName)]
struct Done {
    #[diesel(sql_type = BigInt)]
    events: i64,
    #[diesel(sql_type = BigInt)]
    stores: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    last: Option<i64>,
    #[diesel(sql_type = BigInt)]
    fullest: i64,
    #[diesel(sql_type = BigInt)]
    rung: i64,
}
