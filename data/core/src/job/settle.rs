//! What becomes of a claimed job. Each statement names the lease, so that a worker that lost it changes nothing.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use diesel::sql_types::{Array, BigInt, Integer, Nullable, Text, Timestamptz};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use mcom_tables::jobs;

use super::Claim;
use crate::{Db, Error, Prepare, Result};

/// What is to become of a claimed job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Done: the row goes.
    Done,
    /// It went well and is wanted again at this time, with its attempts forgiven.
    Next(DateTime<Utc>),
    /// It did not go well; again at this time, and why.
    Again(DateTime<Utc>, String),
    /// It could not be done, through no fault of its own; again at this time, and why. The attempt does not count.
    PutOff(DateTime<Utc>, String),
    /// Never again; kept, with the reason, for people to look at.
    Failed(String),
}

/// Holds on to these jobs for longer, in one statement. Answers with the ids of those that are still ours.
///
/// # Errors
/// `Busy` or `Broken` if the queue cannot be reached.
pub async fn extend(db: &Db, claims: &[&Claim], until: DateTime<Utc>) -> Result<Vec<i64>> {
    let mut platform = db.platform().await?;
    let (stores, ids, leases) = columns(claims);
    let held: Vec<Held> = diesel::sql_query(EXTEND)
        .bind::<Array<BigInt>, _>(stores)
        .bind::<Array<BigInt>, _>(ids)
        .bind::<Array<Text>, _>(leases)
        .bind::<Timestamptz, _>(until)
        .prepared()
        .load(platform.conn())
        .await?;
    Ok(held.into_iter().map(|held| held.id).collect())
}

/// Takes jobs that are done off the queue, in one statement. Answers with the ids of those that were still ours.
///
/// # Errors
/// `Busy` or `Broken` if the queue cannot be reached.
pub async fn settle_done(db: &Db, claims: &[&Claim]) -> Result<Vec<i64>> {
    let mut platform = db.platform().await?;
    let (stores, ids, leases) = columns(claims);
    let gone: Vec<Held> = diesel::sql_query(REMOVE)
        .bind::<Array<BigInt>, _>(stores)
        .bind::<Array<BigInt>, _>(ids)
        .bind::<Array<Text>, _>(leases)
        .prepared()
        .load(platform.conn())
        .await?;
    Ok(gone.into_iter().map(|gone| gone.id).collect())
}

fn columns<'a>(claims: &[&'a Claim]) -> (Vec<i64>, Vec<i64>, Vec<&'a str>) {
    let stores = claims.iter().map(|claim| claim.tenant_id).collect();
    let ids = claims.iter().map(|claim| claim.id).collect();
    (stores, ids, claims.iter().map(|claim| claim.locked_by.as_str()).collect())
}

// Nobody waits for the disk: what a crash of the database brings back is done again, as after a crash of its worker.
// Each row is looked up by its key, however many rows the planner believes there are.
const EXTEND: &str = "update jobs set locked_until = $4 where ctid = any(array(
        select mine.ctid from unnest($1, $2, $3) as claim (tenant_id, id, locked_by) cross join lateral (
            select j.ctid from jobs j
            where j.tenant_id = claim.tenant_id and j.id = claim.id and j.locked_by = claim.locked_by offset 0) mine))
    returning id, set_config('synchronous_commit', 'off', true)";

const REMOVE: &str = "delete from jobs where ctid = any(array(
        select mine.ctid from unnest($1, $2, $3) as claim (tenant_id, id, locked_by) cross join lateral (
            select j.ctid from jobs j
            where j.tenant_id = claim.tenant_id and j.id = claim.id and j.locked_by = claim.locked_by offset 0) mine))
    returning id, set_config('synchronous_commit', 'off', true)";

#[derive(QueryableByName)]
struct Held {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

impl Claim {
    /// Holds on to the job for longer. `false`: somebody else has it by now.
    ///
    /// # Errors
    /// `Busy` or `Broken` if the queue cannot be reached.
    pub async fn extend(&self, db: &Db, until: DateTime<Utc>) -> Result<bool> {
        let mut platform = db.platform().await?;
        let rows = diesel::update(jobs::table.find((self.tenant_id, self.id)))
            .filter(self.is_held())
            .set(jobs::locked_until.eq(until))
            .execute(platform.conn())
            .await?;
        Ok(rows == 1)
    }

    /// Settles the job, unless the lease was lost meanwhile.
    ///
    /// # Errors
    /// `Conflict` if somebody else has it by now; `Busy` or `Broken` if the queue cannot be reached.
    pub async fn settle(&self, db: &Db, outcome: &Outcome) -> Result<()> {
        let mut platform = db.platform().await?;
        let conn = platform.conn();
        let rows = match outcome {
            Outcome::Done => self.remove(conn).await?,
            Outcome::Next(at) => self.put_back(conn, *at, 0, None).await?,
            Outcome::Again(at, why) => self.put_back(conn, *at, self.attempts, Some(why)).await?,
            Outcome::PutOff(at, why) => self.put_back(conn, *at, self.attempts - 1, Some(why)).await?,
            Outcome::Failed(why) => self.give_up(conn, why).await?,
        };
        if rows == 0 { Err(Error::Conflict("job")) } else { Ok(()) }
    }

    #[diesel::dsl::auto_type(no_type_alias)]
    fn is_held(&self) -> _ {
        let lease: String = self.locked_by.clone();
        jobs::locked_by.eq(lease)
    }

    async fn remove(&self, conn: &mut AsyncPgConnection) -> Result<usize> {
        let row = jobs::table.find((self.tenant_id, self.id));
        Ok(diesel::delete(row).filter(self.is_held()).execute(conn).await?)
    }

    async fn give_up(&self, conn: &mut AsyncPgConnection, why: &str) -> Result<usize> {
        let unlocked = (jobs::locked_until.eq(None::<DateTime<Utc>>), jobs::locked_by.eq(None::<String>));
        let rows = diesel::update(jobs::table.find((self.tenant_id, self.id)))
            .filter(self.is_held())
            .set((jobs::status.eq("failed"), jobs::last_error.eq(why), unlocked))
            .execute(conn)
            .await?;
        Ok(rows)
    }

    /// Back among the waiting. Where another job with the same key has come to wait meanwhile, the two become one.
    async fn put_back(
        &self,
        conn: &mut AsyncPgConnection,
        at: DateTime<Utc>,
        attempts: i32,
        error: Option<&str>,
    ) -> Result<usize> {
        let done = self.run(conn, WAIT, (at, attempts, error)).await;
        match done {
            Err(DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => {
                Ok(self.run(conn, JOIN, (at, attempts, error)).await?)
            }
            done => Ok(done?),
        }
    }

    async fn run(
        &self,
        conn: &mut AsyncPgConnection,
        sql: &str,
        (at, attempts, error): (DateTime<Utc>, i32, Option<&str>),
    ) -> QueryResult<usize> {
        diesel::sql_query(sql)
            .bind::<BigInt, _>(self.tenant_id)
            .bind::<BigInt, _>(self.id)
            .bind::<Text, _>(&self.locked_by)
            .bind::<Timestamptz, _>(at)
            .bind::<Nullable<Text>, _>(error)
            .bind::<Integer, _>(attempts)
            .prepared()
            .execute(conn)
            .await
    }
}

const WAIT: &str =
    "update jobs set status = 'waiting', locked_until = null, locked_by = null, run_at = $4, last_error = $5,
        attempts = $6
    where tenant_id = $1 and id = $2 and locked_by = $3";

const JOIN: &str = "with mine as (
        delete from jobs where tenant_id = $1 and id = $2 and locked_by = $3
        returning tenant_id, kind, unique_key),
    other as (
        update jobs set run_at = least(run_at, $4), last_error = coalesce($5, last_error), attempts = greatest(attempts, $6) from mine
        where jobs.tenant_id = mine.tenant_id and jobs.kind = mine.kind and jobs.unique_key = mine.unique_key
          and jobs.status = 'waiting')
    select 1 from mine";
