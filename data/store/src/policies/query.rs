//! SQL of policies.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use mcom_data::{Result, TenantConn};
use mcom_tables::shop_policies as p;

use super::{PolicyKind, PolicyRow};

pub(super) async fn all(db: &mut TenantConn) -> Result<Vec<PolicyRow>> {
    let of_tenant = p::tenant_id.eq(db.tenant_id());
    let rows = p::table.filter(of_tenant).order(p::kind).select(PolicyRow::as_select());
    Ok(rows.load(db.conn()).await?)
}

pub(super) async fn put(db: &mut TenantConn, kind: PolicyKind, body: &str, now: DateTime<Utc>) -> Result<()> {
    let tenant = db.tenant_id();
    diesel::insert_into(p::table)
        .values((
            (p::tenant_id.eq(tenant), p::kind.eq(kind.name()), p::body_html.eq(body)),
            (p::created_at.eq(now), p::updated_at.eq(now)),
        ))
        .on_conflict((p::tenant_id, p::kind))
        .do_update()
        .set((p::body_html.eq(body), p::updated_at.eq(now)))
        .execute(db.conn())
        .await?;
    Ok(())
}

pub(super) async fn delete(db: &mut TenantConn, kind: PolicyKind) -> Result<()> {
    let of_kind = p::tenant_id.eq(db.tenant_id()).and(p::kind.eq(kind.name()));
    diesel::delete(p::table.filter(of_kind)).execute(db.conn()).await?;
    Ok(())
}
