//! When work is due: the next instant a worker must be awake for, and the jobs that every store has.

use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use crate::{Db, Prepare, Result};

/// When the next of these kinds is due; in the past if one already is.
///
/// # Errors
/// `Busy` or `Broken` if the queue cannot be reached.
pub async fn next_due(db: &Db, kinds: &[&str]) -> Result<Option<DateTime<Utc>>> {
    let mut platform = db.platform().await?;
    let due: Option<Due> = diesel::sql_query(NEXT_DUE)
        .bind::<Array<Text>, _>(kinds)
        .prepared()
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
