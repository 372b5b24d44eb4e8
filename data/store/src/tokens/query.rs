//! SQL of the tokens.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use mcom_data::{Result, TenantConn};
use mcom_schema::Scope;
use mcom_tables::access_tokens;

use super::Api;

/// Id and scopes of the token with this hash, unless it was revoked.
pub(super) async fn find(
    db: &mut TenantConn,
    api: Api,
    hash: &[u8; 32],
) -> Result<Option<(i64, Vec<String>)>> {
    let found = access_tokens::table
        .filter(access_tokens::tenant_id.eq(db.tenant_id()))
        .filter(access_tokens::hash.eq(hash.as_slice()))
        .filter(access_tokens::api.eq(api.name()).and(access_tokens::revoked_at.is_null()))
        .select((access_tokens::id, access_tokens::scopes))
        .first(db.conn())
        .await
        .optional()?;
    Ok(found)
}

pub(super) struct NewToken<'a> {
    pub(super) api: Api,
    pub(super) title: &'a str,
    pub(super) hash: &'a [u8; 32],
    pub(super) scopes: &'a [Scope],
    pub(super) created_at: DateTime<Utc>,
}

pub(super) async fn insert(db: &mut TenantConn, new: NewToken<'_>) -> Result<()> {
    let scopes: Vec<&str> = new.scopes.iter().map(|scope| scope.name()).collect();
    diesel::insert_into(access_tokens::table)
        .values((
            access_tokens::tenant_id.eq(db.tenant_id()),
            access_tokens::api.eq(new.api.name()),
            access_tokens::title.eq(new.title),
            access_tokens::hash.eq(new.hash.as_slice()),
            access_tokens::scopes.eq(scopes),
            access_tokens::created_at.eq(new.created_at),
        ))
        .execute(db.conn())
        .await?;
    Ok(())
}

pub(super) async fn revoke(db: &mut TenantConn, token: i64, now: DateTime<Utc>) -> Result<bool> {
    let rows = diesel::update(access_tokens::table.find((db.tenant_id(), token)))
        .filter(access_tokens::revoked_at.is_null())
        .set(access_tokens::revoked_at.eq(now))
        .execute(db.conn())
        .await?;
    Ok(rows == 1)
}
