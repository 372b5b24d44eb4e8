//! The job queue's table side: enqueue inside a transaction, claim by lease, finish or fail.

use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use mcom_tables::jobs;
use serde::Serialize;

use crate::{Cx, Db, Error, Result, Tenant, TenantConn, tenant};

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

/// Adds a job in the caller's transaction. With a `unique_key` that already waits, the earlier of the two times is kept.
///
/// # Errors
/// `Broken` if the queue cannot be written.
pub async fn enqueue<P: Serialize + Sync>(cx: &Cx, db: &mut TenantConn, job: NewJob<'_, P>) -> Result<()> {
    let tenant = db.tenant_id();
    diesel::sql_query(ENQUEUE)
        .bind::<diesel::sql_types::BigInt, _>(tenant)
        .bind::<diesel::sql_types::Text, _>(job.kind)
        .bind::<diesel::sql_types::Jsonb, _>(serde_json::to_value(job.payload)?)
        .bind::<diesel::sql_types::Nullable<diesel::sql_types::Text>, _>(job.unique_key)
        .bind::<diesel::sql_types::Timestamptz, _>(job.run_at)
        .bind::<diesel::sql_types::Timestamptz, _>(cx.now())
        .execute(db.conn())
        .await?;
    Ok(())
}

const ENQUEUE: &str = "insert into jobs (tenant_id, kind, payload, unique_key, run_at, created_at) values ($1, $2, $3, $4, $5, $6)
    on conflict (tenant_id, kind, unique_key) where unique_key is not null and status = 'waiting'
    do update set run_at = least(jobs.run_at, excluded.run_at) where jobs.locked_until is null";

/// A job in the hands of one worker, until its lease ends.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(table_name = jobs)]
pub struct Claim {
    pub(crate) tenant_id: i64,
    /// The job's id.
    pub id: i64,
    /// Its kind.
    pub kind: String,
    /// What it needs to know.
    pub payload: serde_json::Value,
    /// How often it was begun, this time included.
    pub attempts: i32,
    /// Who holds it; a lease that was taken over by somebody else cannot be finished.
    pub locked_by: Option<String>,
}

/// Takes up to `limit` jobs that are due and that nobody holds.
///
/// # Errors
/// `Broken` if the queue cannot be read.
pub async fn claim(
    db: &Db,
    worker: &str,
    now: DateTime<Utc>,
    lease: Duration,
    limit: i64,
) -> Result<Vec<Claim>> {
    let mut platform = db.platform().await?;
    let claims = diesel::sql_query(CLAIM)
        .bind::<diesel::sql_types::Timestamptz, _>(now)
        .bind::<diesel::sql_types::BigInt, _>(limit)
        .bind::<diesel::sql_types::Timestamptz, _>(now + lease)
        .bind::<diesel::sql_types::Text, _>(worker)
        .load(platform.conn())
        .await?;
    Ok(claims)
}

const CLAIM: &str = "with due as (
        select tenant_id, id from jobs
        where status = 'waiting' and run_at <= $1 and (locked_until is null or locked_until < $1)
        order by run_at, id limit $2 for update skip locked)
    update jobs set locked_until = $3, locked_by = $4, attempts = attempts + 1
    from due where jobs.tenant_id = due.tenant_id and jobs.id = due.id
    returning jobs.tenant_id, jobs.id, jobs.kind, jobs.payload, jobs.attempts, jobs.locked_by";

/// What is to become of a claimed job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Done: the row goes.
    Done,
    /// Again at this time.
    Again(DateTime<Utc>, String),
    /// Never again; kept for people to look at.
    Failed(String),
}

impl Claim {
    /// The store the job belongs to.
    ///
    /// # Errors
    /// `NotFound` if the store is gone.
    pub async fn tenant(&self, db: &Db) -> Result<Tenant> {
        let mut platform = db.platform().await?;
        tenant::of_claim(&mut platform, self).await
    }

    /// Holds on to the job for longer. `false`: somebody else has it by now.
    ///
    /// # Errors
    /// `Broken` if the queue cannot be written.
    pub async fn extend(&self, db: &Db, until: DateTime<Utc>) -> Result<bool> {
        let mut platform = db.platform().await?;
        let rows = diesel::update(jobs::table.find((self.tenant_id, self.id)))
            .filter(jobs::locked_by.eq(&self.locked_by))
            .set(jobs::locked_until.eq(until))
            .execute(platform.conn())
            .await?;
        Ok(rows == 1)
    }

    /// Settles the job, unless the lease was lost meanwhile.
    ///
    /// # Errors
    /// `Conflict` if somebody else has it by now.
    pub async fn settle(&self, db: &Db, outcome: Outcome) -> Result<()> {
        let mut platform = db.platform().await?;
        let mine = jobs::locked_by.eq(&self.locked_by);
        let row = jobs::table.find((self.tenant_id, self.id));
        let free = (jobs::locked_until.eq(None::<DateTime<Utc>>), jobs::locked_by.eq(None::<String>));
        let rows = match outcome {
            Outcome::Done => diesel::delete(row).filter(mine).execute(platform.conn()).await?,
            Outcome::Again(at, error) => {
                let again = (jobs::run_at.eq(at), jobs::last_error.eq(error), free);
                diesel::update(row).filter(mine).set(again).execute(platform.conn()).await?
            }
            Outcome::Failed(error) => {
                let failed = (jobs::status.eq("failed"), jobs::last_error.eq(error), free);
                diesel::update(row).filter(mine).set(failed).execute(platform.conn()).await?
            }
        };
        if rows == 1 { Ok(()) } else { Err(Error::Conflict("job")) }
    }
}

/// How many jobs of this store wait or failed.
///
/// # Errors
/// `Broken` if the queue cannot be read.
pub async fn left(db: &mut TenantConn) -> Result<i64> {
    Ok(jobs::table.count().get_result(db.conn()).await?)
}
