//! The audit trail: who ran which verb, in the transaction of the verb itself, so that no room has to remember it.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use mcom_tables::audit_entries;

use crate::{Cx, Result, TenantConn};

/// Records that the context's actor ran `verb`.
pub(crate) async fn record(cx: &Cx, db: &mut TenantConn, verb: &'static str) -> Result<()> {
    let tenant = db.tenant_id();
    diesel::insert_into(audit_entries::table)
        .values((
            audit_entries::tenant_id.eq(tenant),
            audit_entries::verb.eq(verb),
            audit_entries::actor.eq(cx.actor().to_string()),
            audit_entries::request_id.eq(&*cx.request().0),
            audit_entries::created_at.eq(cx.now()),
        ))
        .execute(db.conn())
        .await?;
    Ok(())
}
