//! The job queue's table side: enqueue inside a transaction, claim by lease, settle.

use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Jsonb, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;
use mcom_tables::jobs;
use serde::Serialize;

use crate::{Change, Cx, Db, Result, Tenant, TenantConn, TenantId, tenant};

mod settle;

pub use settle::Outcome;

/// Work to be done later.
#[derive(Debug, Clone)]
pub struct NewJob<'a, P> {
    /// The job's kind: which file in `workers/src/job` does it.
    pub kind: &'static str,
    /// What it needs to know.
    pub payload: &'a P,
    /// While a job of the same kind and key waits, another one is not added.
    pub unique_key: Option<String>,
    /// Not before.
    pub run_at: DateTime<Utc>,
}

/// How long an idle worker sleeps at most. Work that is due later than this needs no wake-up call.
pub const POLL: Duration = Duration::seconds(5);

/// Adds a job in the caller's transaction. With a `unique_key` that already waits, the earlier of the two times is kept, and
/// that job stays locked until this transaction ends, so that it cannot be begun without seeing what is written here.
/// So choose keys that few transactions share, and enqueue late in the transaction.
///
/// # Errors
/// `Broken` if the queue cannot be written.
pub async fn enqueue<P: Serialize + Sync>(cx: &Cx, db: &mut TenantConn, job: NewJob<'_, P>) -> Result<()> {
    let tenant = db.tenant_id();
    diesel::sql_query(ENQUEUE)
        .bind::<BigInt, _>(tenant)
        .bind::<Text, _>(job.kind)
        .bind::<Jsonb, _>(serde_json::to_value(job.payload)?)
        .bind::<Nullable<Text>, _>(job.unique_key)
        .bind::<Timestamptz, _>(job.run_at)
        .bind::<Timestamptz, _>(cx.now())
        .execute(db.conn())
        .await?;
    if job.run_at < cx.now() + POLL {
        db.changed(Change::Jobs);
    }
    Ok(())
}

const ENQUEUE: &str = "insert into jobs (tenant_id, kind, payload, unique_key, run_at, created_at) values ($1, $2, $3, $4, $5, $6)
    on conflict (tenant_id, kind, unique_key) where unique_key is not null and status = 'waiting'
    do update set run_at = least(jobs.run_at, excluded.run_at)";

/// A job in the hands of one worker, until its lease ends.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(table_name = jobs, check_for_backend(diesel::pg::Pg))]
pub struct Claim {
    tenant_id: i64,
    /// The job's id.
    pub id: i64,
    /// Its kind.
    pub kind: String,
    /// What it needs to know.
    pub payload: serde_json::Value,
    /// How often it was begun, this time included.
    pub attempts: i32,
    /// The lease's own name: unlike that of any other claim, of this worker too.
    #[diesel(sql_type = Text)]
    locked_by: String,
}

/// What a worker asks the queue for.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// The worker's name, for people who look into the queue.
    pub worker: &'a str,
    /// The kinds it can do; others are left to workers that can.
    pub kinds: &'a [&'a str],
    /// How many it has hands for.
    pub limit: i64,
    /// For how long each is its alone.
    pub lease: Duration,
    /// Only the jobs of this store; `None`: of all.
    pub store: Option<TenantId>,
}

/// Takes jobs that are due and that nobody holds, oldest first.
///
/// # Errors
/// `Busy` or `Broken` if the queue cannot be reached.
pub async fn claim(db: &Db, now: DateTime<Utc>, ask: Ask<'_>) -> Result<Vec<Claim>> {
    let mut platform = db.platform().await?;
    let claims = diesel::sql_query(CLAIM)
        .bind::<Timestamptz, _>(now)
        .bind::<Array<Text>, _>(ask.kinds)
        .bind::<BigInt, _>(ask.limit)
        .bind::<Timestamptz, _>(now + ask.lease)
        .bind::<Text, _>(ask.worker)
        .bind::<Nullable<BigInt>, _>(ask.store.map(TenantId::get))
        .load(platform.conn())
        .await?;
    Ok(claims)
}

const CLAIM: &str = "with due as (
        select tenant_id, id from jobs
        where status <> 'failed' and coalesce(locked_until, run_at) <= $1 and kind = any($2) and ($6 is null or tenant_id = $6)
        order by coalesce(locked_until, run_at), id limit $3 for update skip locked)
    update jobs set status = 'running', locked_until = $4, locked_by = $5 || '/' || gen_random_uuid(), attempts = attempts + 1
    from due where jobs.tenant_id = due.tenant_id and jobs.id = due.id
    returning jobs.tenant_id, jobs.id, jobs.kind, jobs.payload, jobs.attempts, jobs.locked_by";

/// When the next of these kinds is due; in the past if one already is.
///
/// # Errors
/// `Busy` or `Broken` if the queue cannot be reached.
pub async fn next_due(db: &Db, kinds: &[&str]) -> Result<Option<DateTime<Utc>>> {
    let mut platform = db.platform().await?;
    let due: Option<Due> = diesel::sql_query(NEXT_DUE)
        .bind::<Array<Text>, _>(kinds)
        .get_result(platform.conn())
        .await
        .optional()?;
    Ok(due.map(|due| due.at))
}

const NEXT_DUE: &str = "select coalesce(locked_until, run_at) as at from jobs
    where status <> 'failed' and kind = any($1) order by coalesce(locked_until, run_at), id limit 1";

#[derive(QueryableByName)]
struct Due {
    #[diesel(sql_type = Timestamptz)]
    at: DateTime<Utc>,
}

/// Gives every open store a job of this periodic kind that has none, spread over `every` so that stores do not crowd one instant.
/// Answers with how many were added.
///
/// # Errors
/// `Busy` or `Broken` if the queue cannot be reached.
pub async fn keep_scheduled(db: &Db, now: DateTime<Utc>, kind: &str, every: Duration) -> Result<usize> {
    let mut platform = db.platform().await?;
    let added = diesel::sql_query(KEEP_SCHEDULED)
        .bind::<Text, _>(kind)
        .bind::<Timestamptz, _>(now)
        .bind::<BigInt, _>(every.num_seconds().max(1))
        .execute(platform.conn())
        .await?;
    Ok(added)
}

const KEEP_SCHEDULED: &str = "insert into jobs (tenant_id, kind, payload, unique_key, run_at, created_at)
    select stores.id, $1, 'null', 'periodic', $2 + (stores.id * 7919 % $3) * interval '1 second', $2 from stores
    where stores.status = 'active'
      and not exists (select 1 from jobs where jobs.tenant_id = stores.id and jobs.kind = $1 and jobs.unique_key = 'periodic'
                      and jobs.status <> 'failed')
    on conflict do nothing";

impl Claim {
    /// The store the job belongs to.
    ///
    /// # Errors
    /// `NotFound` if the store is gone.
    pub async fn tenant(&self, db: &Db) -> Result<Tenant> {
        let mut platform = db.platform().await?;
        tenant::of_claim(&mut platform, self.tenant_id).await
    }
}
