//! What becomes of claimed deliveries. Every statement names the lease, so that a job that lost it changes nothing.

use chrono::{DateTime, Utc};
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use super::{Batch, Holder};
use crate::{Cx, Error, Prepare, Result, TenantConn};

/// What became of one aggregate's part of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// The kind of thing.
    pub aggregate: String,
    /// Which one.
    pub aggregate_id: i64,
    /// Sequence of the last event that was consumed, in this batch or before.
    pub consumed: i64,
    /// Attempts that count against what comes next.
    pub attempts: i32,
    /// If it goes on later than now: when.
    pub again_at: Option<DateTime<Utc>>,
    /// Given up: people must look at it.
    pub is_parked: bool,
    /// Why it did not go well.
    pub error: Option<String>,
}

impl Batch {
    /// Says in the transaction of the consumer's own effect that these events are consumed: either both happen or neither, and neither
    /// happens twice. The first thing the transaction does.
    ///
    /// # Errors
    /// `Conflict` if somebody else has consumed one of them or holds them by now; nothing may be written then.
    pub async fn once(&self, db: &mut TenantConn) -> Result<()> {
        let tenant = db.tenant_id();
        let stretches = self.stretches();
        let moved = diesel::sql_query(ONCE)
            .bind::<BigInt, _>(tenant)
            .bind::<Text, _>(self.consumer())
            .bind::<Text, _>(&self.holder().lease)
            .bind::<Array<Text>, _>(stretches.iter().map(|s| s.aggregate.as_str()).collect::<Vec<_>>())
            .bind::<Array<BigInt>, _>(stretches.iter().map(|s| s.aggregate_id).collect::<Vec<_>>())
            .bind::<Array<BigInt>, _>(stretches.iter().map(|s| s.from).collect::<Vec<_>>())
            .bind::<Array<BigInt>, _>(stretches.iter().map(|s| s.upto).collect::<Vec<_>>())
            .prepared()
            .execute(db.conn())
            .await?;
        if moved == stretches.len() { Ok(()) } else { Err(Error::Conflict("delivery")) }
    }
}

// Rows are locked in the order of their keys, as the relay locks them, so that the two never wait for each other.
const ONCE: &str = "update deliveries set consumed = mine.upto from (
        select d.ctid, part.upto from unnest($4, $5, $6, $7) as part (aggregate, aggregate_id, consumed, upto)
        cross join lateral (
            select ctid, aggregate, aggregate_id from deliveries
            where tenant_id = $1 and consumer = $2 and aggregate = part.aggregate and aggregate_id = part.aggregate_id
              and consumed = part.consumed and held_by = $3 for update) d) mine
    where deliveries.tenant_id = $1 and deliveries.ctid = mine.ctid";

/// Writes down what became of a batch and lets go of it. What is not ours any more stays as it is.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be reached.
pub async fn settle(cx: &Cx, consumer: &str, holder: &Holder, settlements: &[Settlement]) -> Result<()> {
    cx.write_quietly(async |db| {
        let tenant = db.tenant_id();
        diesel::sql_query(SETTLE)
            .bind::<BigInt, _>(tenant)
            .bind::<Text, _>(consumer)
            .bind::<Text, _>(&holder.lease)
            .bind::<Timestamptz, _>(cx.now())
            .bind::<Array<Text>, _>(column(settlements, |s| s.aggregate.as_str()))
            .bind::<Array<BigInt>, _>(column(settlements, |s| s.aggregate_id))
            .bind::<Array<BigInt>, _>(column(settlements, |s| s.consumed))
            .bind::<Array<Integer>, _>(column(settlements, |s| s.attempts))
            .bind::<Array<Nullable<Timestamptz>>, _>(column(settlements, |s| s.again_at))
            .bind::<Array<Bool>, _>(column(settlements, |s| s.is_parked))
            .bind::<Array<Nullable<Text>>, _>(column(settlements, |s| s.error.as_deref()))
            .prepared()
            .execute(db.conn())
            .await?;
        Ok(())
    })
    .await
}

fn column<'a, T>(settlements: &'a [Settlement], value: impl Fn(&'a Settlement) -> T) -> Vec<T> {
    settlements.iter().map(value).collect()
}

const SETTLE: &str = "update deliveries
    set consumed = greatest(deliveries.consumed, mine.upto), attempts = mine.attempts,
        run_at = coalesce(mine.again_at, run_at), parked_at = case when mine.is_parked then $4 end, last_error = mine.error,
        job_id = null, held_by = null
    from (
        select d.ctid, part.upto, part.attempts, part.again_at, part.is_parked, part.error
        from unnest($5, $6, $7, $8, $9, $10, $11)
            as part (aggregate, aggregate_id, upto, attempts, again_at, is_parked, error)
        cross join lateral (
            select ctid from deliveries
            where tenant_id = $1 and consumer = $2 and aggregate = part.aggregate and aggregate_id = part.aggregate_id
              and held_by = $3 for update) d) mine
    where deliveries.tenant_id = $1 and deliveries.ctid = mine.ctid";

/// When the next delivery to `consumer` is due that nobody holds; in the past if one already is.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be reached.
pub async fn next_due(cx: &Cx, consumer: &str) -> Result<Option<DateTime<Utc>>> {
    cx.read(async |db| {
        let tenant = db.tenant_id();
        let due: Vec<Due> = diesel::sql_query(NEXT_DUE)
            .bind::<BigInt, _>(tenant)
            .bind::<Text, _>(consumer)
            .prepared()
            .load(db.conn())
            .await?;
        Ok(due.into_iter().next().map(|due| due.run_at))
    })
    .await
}

const NEXT_DUE: &str = "select run_at from deliveries
    where tenant_id = $1 and consumer = $2 and consumed < relayed and parked_at is null and held_by is null
    order by run_at limit 1";

#[derive(QueryableByName)]
struct Due {
    #[diesel(sql_type = Timestamptz)]
    run_at: DateTime<Utc>,
}
