//! Serving the stores in turn: when more is due than there are hands, oldest first would let one store with a long queue starve the rest.

use chrono::{DateTime, Utc};
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Bool, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use super::claim::{Ask, Claim, with_tenants};
use crate::{Db, Prepare, Result, TenantId};

/// How many stores one look at the queue passes.
const STEPS: i64 = 128;

/// A stretch of the round through all stores that have jobs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Turn {
    /// Stores with something due.
    pub ready: Vec<TenantId>,
    /// After which store the round goes on; `None`: it is complete.
    pub after: Option<TenantId>,
}

/// The stores that come after `after` in the round and have something due. Costs one look into an index per store passed, however
/// much each has waiting.
///
/// # Errors
/// `Busy` or `Broken` if the queue cannot be reached.
pub async fn stores_in_turn(db: &Db, now: DateTime<Utc>, after: Option<TenantId>) -> Result<Turn> {
    let mut platform = db.platform().await?;
    let passed: Vec<Passed> = diesel::sql_query(ROUND)
        .bind::<Timestamptz, _>(now)
        .bind::<BigInt, _>(after.map_or(i64::MIN, TenantId::get))
        .bind::<BigInt, _>(STEPS)
        .prepared()
        .load(platform.conn())
        .await?;
    let is_complete = i64::try_from(passed.len()).unwrap_or(i64::MAX) < STEPS;
    let after = if is_complete { None } else { passed.last().map(|store| TenantId(store.tenant_id)) };
    let ready = passed.iter().filter(|store| store.is_ready).map(|store| TenantId(store.tenant_id)).collect();
    Ok(Turn { ready, after })
}

const ROUND: &str = "with recursive store (tenant_id, is_ready, step) as (
        (select tenant_id, coalesce(locked_until, run_at) <= $1, 1::bigint from jobs
         where status <> 'failed' and tenant_id > $2 order by tenant_id, coalesce(locked_until, run_at), id limit 1)
        union all
        select next.tenant_id, next.is_ready, step + 1 from store cross join lateral (
            select j.tenant_id, coalesce(j.locked_until, j.run_at) <= $1 as is_ready from jobs j
            where j.status <> 'failed' and j.tenant_id > store.tenant_id
            order by j.tenant_id, coalesce(j.locked_until, j.run_at), j.id limit 1) next
        where step < $3)
    select tenant_id, is_ready from store order by step";

#[derive(QueryableByName)]
struct Passed {
    #[diesel(sql_type = BigInt)]
    tenant_id: i64,
    #[diesel(sql_type = Bool)]
    is_ready: bool,
}

/// Takes jobs of these stores that are due and that nobody holds: of each store its oldest, and of none more than its share.
///
/// # Errors
/// `Busy` or `Broken` if the queue cannot be reached.
pub async fn claim_in_turn(
    db: &Db,
    now: DateTime<Utc>,
    ask: Ask<'_>,
    stores: &[TenantId],
) -> Result<Vec<Claim>> {
    let mut platform = db.platform().await?;
    let ids: Vec<i64> = stores.iter().map(|store| store.get()).collect();
    let among = i64::try_from(ids.len()).unwrap_or(i64::MAX).max(1);
    let rows = diesel::sql_query(OF_STORES)
        .bind::<Timestamptz, _>(now)
        .bind::<Array<Text>, _>(ask.kinds)
        .bind::<BigInt, _>(ask.limit)
        .bind::<Timestamptz, _>(now + ask.lease)
        .bind::<Text, _>(ask.worker)
        .bind::<Array<BigInt>, _>(ids)
        .bind::<BigInt, _>((ask.limit / among).max(1))
        .prepared()
        .load(platform.conn())
        .await?;
    with_tenants(&mut platform, rows).await
}

const OF_STORES: &str = "with due as materialized (
        select taken.ctid from unnest($6) with ordinality as store (tenant_id, place)
        cross join lateral (
            select j.ctid from jobs j
            where j.status <> 'failed' and j.tenant_id = store.tenant_id and coalesce(j.locked_until, j.run_at) <= $1
              and j.kind = any($2)
            order by coalesce(j.locked_until, j.run_at), j.id limit $7 for update skip locked) taken
        limit $3)
    update jobs set status = 'running', locked_until = $4, locked_by = $5 || '/' || gen_random_uuid(), attempts = attempts + 1
    where ctid = any(array(select ctid from due))
    returning tenant_id, id, kind, payload, attempts, locked_by, set_config('synchronous_commit', 'off', true)";
