//! Claiming deliveries: what one consumer has not seen of a store becomes one job's alone, together with the events themselves.

use chrono::{DateTime, Utc};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Integer, Jsonb, Nullable, SmallInt, Text, Timestamptz};
use diesel_async::RunQueryDsl;
use mcom_schema::id::EventId;
use serde_json::Value;

use super::{Batch, Delivered, Holder, Stretch};
use crate::{Cx, Prepare, Result, TenantConn};

/// How much is claimed at once.
#[derive(Debug, Clone, Copy)]
pub struct Measure {
    /// Of so many aggregates at most.
    pub aggregates: i64,
    /// Of each so many events at most.
    pub events_each: i64,
    /// Only if no other job holds deliveries to this consumer in this store.
    pub alone: bool,
}

/// What a claim brought.
#[derive(Debug, Clone)]
pub enum Claimed {
    /// Events.
    Batch(Batch),
    /// Nothing is due, or others have it.
    Nothing,
    /// Another job is at it, and the claim was to be alone.
    Occupied,
}

/// Takes what is due to `consumer`. Of each aggregate all events on which it is behind, those of other topics left out; a part of them if there
/// are many.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be reached.
pub async fn claim(
    cx: &Cx,
    consumer: &'static str,
    topics: &[&str],
    holder: &Holder,
    measure: Measure,
) -> Result<Claimed> {
    let rows = cx
        .write_quietly(async |db| {
            if measure.alone && is_occupied(cx, db, consumer, holder).await? {
                return Ok(None);
            }
            take(cx, db, consumer, holder, measure).await.map(Some)
        })
        .await?;
    let Some(rows) = rows else { return Ok(Claimed::Occupied) };
    if rows.is_empty() {
        return Ok(Claimed::Nothing);
    }
    Ok(Claimed::Batch(gather(rows, consumer, topics, holder.clone(), measure)))
}

/// Waits for other claims of this consumer in this store to be written, then looks whether one of them is held.
async fn is_occupied(cx: &Cx, db: &mut TenantConn, consumer: &str, holder: &Holder) -> Result<bool> {
    let tenant = db.tenant_id();
    diesel::sql_query("select pg_advisory_xact_lock(hashtextextended($2, $1))")
        .bind::<BigInt, _>(tenant)
        .bind::<Text, _>(consumer)
        .prepared()
        .execute(db.conn())
        .await?;
    let held: Answer = diesel::sql_query(HELD)
        .bind::<BigInt, _>(tenant)
        .bind::<Text, _>(consumer)
        .bind::<Timestamptz, _>(cx.now())
        .bind::<Text, _>(&holder.lease)
        .prepared()
        .get_result(db.conn())
        .await?;
    Ok(held.answer)
}

const HELD: &str = "select exists (
        select 1 from deliveries d join jobs j on j.tenant_id = d.tenant_id and j.id = d.job_id and j.locked_by = d.held_by
        where d.tenant_id = $1 and d.consumer = $2 and d.held_by is not null and d.held_by <> $4 and j.locked_until > $3) as answer";

#[derive(QueryableByName)]
struct Answer {
    #[diesel(sql_type = Bool)]
    answer: bool,
}

async fn take(
    cx: &Cx,
    db: &mut TenantConn,
    consumer: &str,
    holder: &Holder,
    measure: Measure,
) -> Result<Vec<Row>> {
    let tenant = db.tenant_id();
    let rows = diesel::sql_query(TAKE)
        .bind::<BigInt, _>(tenant)
        .bind::<Text, _>(consumer)
        .bind::<Timestamptz, _>(cx.now())
        .bind::<BigInt, _>(measure.aggregates)
        .bind::<Text, _>(&holder.lease)
        .bind::<BigInt, _>(holder.job)
        .bind::<BigInt, _>(measure.events_each)
        .prepared()
        .load(db.conn())
        .await?;
    Ok(rows)
}

const TAKE: &str = "with due as materialized (
        select d.ctid from deliveries d
        where d.tenant_id = $1 and d.consumer = $2 and d.consumed < d.relayed and d.parked_at is null and d.run_at <= $3
          and (d.job_id is null or $3 >= coalesce(
              (select j.locked_until from jobs j where j.tenant_id = $1 and j.id = d.job_id and j.locked_by = d.held_by), $3))
        order by d.run_at limit $4 for update of d skip locked),
    taken as (
        update deliveries set held_by = $5, job_id = $6, attempts = attempts + 1
        where tenant_id = $1 and ctid = any(array(select ctid from due))
        returning aggregate, aggregate_id, consumed, relayed, attempts)
    select taken.*, e.id, e.sequence, e.topic, e.version, e.payload, e.created_at
    from taken left join lateral (
        select id, sequence, topic, version, payload, created_at from events
        where tenant_id = $1 and aggregate = taken.aggregate and aggregate_id = taken.aggregate_id
          and sequence > taken.consumed and sequence <= taken.relayed
        order by sequence limit $7) e on true
    order by aggregate, aggregate_id, sequence";

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    aggregate: String,
    #[diesel(sql_type = BigInt)]
    aggregate_id: i64,
    #[diesel(sql_type = BigInt)]
    consumed: i64,
    #[diesel(sql_type = BigInt)]
    relayed: i64,
    #[diesel(sql_type = Integer)]
    attempts: i32,
    #[diesel(sql_type = Nullable<BigInt>)]
    id: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    sequence: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    topic: Option<String>,
    #[diesel(sql_type = Nullable<SmallInt>)]
    version: Option<i16>,
    #[diesel(sql_type = Nullable<Jsonb>)]
    payload: Option<Value>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    created_at: Option<DateTime<Utc>>,
}

/// Makes a batch of rows that are ordered by aggregate and sequence.
fn gather(
    rows: Vec<Row>,
    consumer: &'static str,
    topics: &[&str],
    holder: Holder,
    measure: Measure,
) -> Batch {
    let mut stretches: Vec<Stretch> = vec![];
    let mut events = vec![];
    let mut read = 0;
    for row in rows {
        let is_next = stretches
            .last()
            .is_none_or(|last| last.aggregate_id != row.aggregate_id || last.aggregate != row.aggregate);
        if is_next {
            read = 0;
            stretches.push(row.stretch());
        }
        read += 1;
        if let (true, Some(stretch), Some(last)) =
            (read == measure.events_each, stretches.last_mut(), row.sequence)
        {
            // There may be more than were read.
            stretch.upto = last;
        }
        events.extend(row.event().filter(|event| topics.contains(&event.topic.as_str())));
    }
    Batch::new(consumer, holder, stretches, events)
}

impl Row {
    fn stretch(&self) -> Stretch {
        Stretch {
            aggregate: self.aggregate.clone(),
            aggregate_id: self.aggregate_id,
            attempts: self.attempts,
            from: self.consumed,
            upto: self.relayed,
        }
    }

    fn event(self) -> Option<Delivered> {
        Some(Delivered {
            id: EventId(self.id?),
            aggregate: self.aggregate,
            aggregate_id: self.aggregate_id,
            sequence: self.sequence?,
            topic: self.topic?,
            version: self.version?,
            payload: self.payload?,
            created_at: self.created_at?,
        })
    }
}
