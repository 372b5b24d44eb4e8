//! Counting tries.

use chrono::{DateTime, Utc};
use diesel::{
    QueryableByName,
    prelude::*,
    sql_types::{BigInt, Bytea, Timestamptz},
};
use diesel_async::RunQueryDsl;
use mcom_data::{Result, TenantConn};
use mcom_tables::customer_tries as tries;

use super::super::tries::WINDOW;

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    tries: i64,
}

/// What began long ago begins anew.
const COUNT: &str =
    "insert into customer_tries as t (tenant_id, subject, tries, began_at) values ($1, $2, 1, $3)
    on conflict (tenant_id, subject) do update set
        tries = case when t.began_at <= $4 then 1 else t.tries + 1 end,
        began_at = case when t.began_at <= $4 then $3 else t.began_at end
    returning tries";

/// Counts one more, and says how many there are by now.
pub(in super::super) async fn count(db: &mut TenantConn, subject: &[u8], now: DateTime<Utc>) -> Result<i64> {
    let tenant = db.tenant_id();
    let counted: Counted = diesel::sql_query(COUNT)
        .bind::<BigInt, _>(tenant)
        .bind::<Bytea, _>(subject)
        .bind::<Timestamptz, _>(now)
        .bind::<Timestamptz, _>(now - WINDOW)
        .get_result(db.conn())
        .await?;
    Ok(counted.tries)
}

pub(in super::super) async fn forget(db: &mut TenantConn, subject: &[u8]) -> Result<()> {
    diesel::delete(tries::table.find((db.tenant_id(), subject))).execute(db.conn()).await?;
    Ok(())
}

pub(in super::super) async fn take_back(db: &mut TenantConn, subject: &[u8]) -> Result<()> {
    diesel::update(tries::table.find((db.tenant_id(), subject)))
        .filter(tries::tries.gt(0))
        .set(tries::tries.eq(tries::tries - 1))
        .execute(db.conn())
        .await?;
    Ok(())
}

/// Forgets whose time is over.
pub(in super::super) async fn forget_old(db: &mut TenantConn, now: DateTime<Utc>) -> Result<usize> {
    let old = tries::tenant_id.eq(db.tenant_id()).and(tries::began_at.le(now - WINDOW));
    Ok(diesel::delete(tries::table).filter(old).execute(db.conn()).await?)
}
