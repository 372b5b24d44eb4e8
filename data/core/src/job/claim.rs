//! Claiming: due jobs become one worker's alone for the length of a lease.

use chrono::{DateTime, Duration, Utc};
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Integer, Jsonb, Text, Timestamptz};
use diesel_async::RunQueryDsl;
use serde_json::Value;

use super::turn;
use crate::{Db, PlatformConn, Prepare, Result, Tenant, TenantId, tenant};

/// A job in the hands of one worker, until its lease ends.
#[derive(Debug, Clone)]
pub struct Claim {
    pub(super) tenant_id: i64,
    /// The job's id.
    pub id: i64,
    /// Its kind.
    pub kind: String,
    /// What it needs to know.
    pub payload: Value,
    /// How often it was begun, this time included.
    pub attempts: i32,
    /// The lease's own name: unlike that of any other claim, of this worker too.
    pub(super) locked_by: String,
    tenant: Option<Tenant>,
}

impl Claim {
    /// The store the job belongs to; `None` if it is closed or gone.
    pub fn tenant(&self) -> Option<&Tenant> {
        self.tenant.as_ref()
    }

    /// The lease's own name.
    pub fn lease(&self) -> &str {
        &self.locked_by
    }
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
    if let Some(store) = ask.store {
        return turn::claim_in_turn(db, now, ask, &[store]).await;
    }
    let mut platform = db.platform().await?;
    let rows = diesel::sql_query(OLDEST)
        .bind::<Timestamptz, _>(now)
        .bind::<Array<Text>, _>(ask.kinds)
        .bind::<BigInt, _>(ask.limit)
        .bind::<Timestamptz, _>(now + ask.lease)
        .bind::<Text, _>(ask.worker)
        .prepared()
        .load(platform.conn())
        .await?;
    with_tenants(&mut platform, rows).await
}

// Nobody waits for the disk: a lease that a crash of the database forgets is one that nobody holds.
// The rows are found again by where they lie: fresh bulk rows have no statistics, and a join would read the whole queue.
const OLDEST: &str = "with due as materialized (
        select ctid from jobs
        where status <> 'failed' and coalesce(locked_until, run_at) <= $1 and kind = any($2)
        order by coalesce(locked_until, run_at), id limit $3 for update skip locked)
    update jobs set status = 'running', locked_until = $4, locked_by = $5 || '/' || gen_random_uuid(), attempts = attempts + 1
    where ctid = any(array(select ctid from due))
    returning tenant_id, id, kind, payload, attempts, locked_by, set_config('synchronous_commit', 'off', true)";

/// The jobs with the stores they belong to, which are looked up in one statement.
pub(super) async fn with_tenants(platform: &mut PlatformConn, rows: Vec<Row>) -> Result<Vec<Claim>> {
    if rows.is_empty() {
        return Ok(vec![]);
    }
    let mut stores: Vec<i64> = rows.iter().map(|row| row.tenant_id).collect();
    stores.sort_unstable();
    stores.dedup();
    let tenants = tenant::of_claims(platform, &stores).await?;
    let claim = |row: Row| Claim {
        tenant: tenants.get(&row.tenant_id).cloned(),
        tenant_id: row.tenant_id,
        id: row.id,
        kind: row.kind,
        payload: row.payload,
        attempts: row.attempts,
        locked_by: row.locked_by,
    };
    Ok(rows.into_iter().map(claim).collect())
}

#[derive(QueryableByName)]
pub(super) struct Row {
    #[diesel(sql_type = BigInt)]
    tenant_id: i64,
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Jsonb)]
    payload: Value,
    #[diesel(sql_type = Integer)]
    attempts: i32,
    #[diesel(sql_type = Text)]
    locked_by: String,
}
