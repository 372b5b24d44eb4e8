//! SQL of articles.

mod comments;
mod read;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use mcom_data::{Error, Result, TenantConn, on_constraint};
use mcom_schema::{Refusal, refuse};
use mcom_tables::articles as a;

use super::ArticleValues;

pub(super) use comments::{
    comment_insert, comments, comments_by_ids, comments_delete, comments_lock, comments_page,
};
pub(super) use read::{all, authors, by_handle, by_ids, page};

pub(super) async fn insert(
    db: &mut TenantConn,
    blog: i64,
    values: &ArticleValues,
    now: DateTime<Utc>,
) -> Result<i64> {
    let row = (a::tenant_id.eq(db.tenant_id()), a::blog_id.eq(blog), values);
    diesel::insert_into(a::table)
        .values((row, a::created_at.eq(now), a::updated_at.eq(now)))
        .returning(a::id)
        .get_result(db.conn())
        .await
        .map_err(|error| match &error {
            diesel::result::Error::DatabaseError(
                diesel::result::DatabaseErrorKind::ForeignKeyViolation,
                _,
            ) => Error::NotFound("blog"),
            _ => on_constraint("articles_handle", taken(values))(error),
        })
}

pub(super) async fn update(
    db: &mut TenantConn,
    id: i64,
    values: &ArticleValues,
    now: DateTime<Utc>,
) -> Result<()> {
    let tenant = db.tenant_id();
    let changed = diesel::update(a::table.find((tenant, id)))
        .set((values, a::updated_at.eq(now)))
        .execute(db.conn())
        .await
        .map_err(on_constraint("articles_handle", taken(values)))?;
    if changed == 0 { Err(Error::NotFound("article")) } else { Ok(()) }
}

pub(super) async fn delete(db: &mut TenantConn, id: i64) -> Result<()> {
    let tenant = db.tenant_id();
    let deleted = diesel::delete(a::table.find((tenant, id))).execute(db.conn()).await?;
    if deleted == 0 { Err(Error::NotFound("article")) } else { Ok(()) }
}

fn taken(values: &ArticleValues) -> Refusal {
    refuse("handle", "TAKEN", format!("Handle '{}' already in use in this blog", values.handle))
}
