//! The job queue's table side: enqueue inside a transaction, claim by lease, settle.

use chrono::{DateTime, Duration, Utc};
use diesel::sql_types::{BigInt, Jsonb, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;
use serde::Serialize;

use crate::{Change, Cx, Prepare, Result, TenantConn};

mod claim;
mod schedule;
mod settle;
mod turn;

pub use claim::{Ask, Claim, claim};
pub use schedule::{keep_scheduled, next_due};
pub use settle::{Outcome, extend, settle_done};
pub use turn::{Turn, claim_in_turn, stores_in_turn};

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
        .prepared()
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
