//! Comments in the database.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use diesel::{dsl::exists, prelude::*};
use diesel_async::RunQueryDsl;
use mcom_data::{
    Error, Result, TenantConn, keyset,
    page::{Page, PageArgs},
};
use mcom_tables::{article_comments as c, articles as a};

use super::super::{CommentInput, CommentRow, CommentStatus};

/// The shown comments among `ids` whose articles are published by `now`.
pub(in super::super) async fn comments_by_ids(
    db: &mut TenantConn,
    ids: &[i64],
    now: DateTime<Utc>,
) -> Result<Vec<CommentRow>> {
    let article = a::tenant_id.eq(c::tenant_id).and(a::id.eq(c::article_id)).and(a::published_at.le(now));
    let wanted = c::tenant_id.eq(db.tenant_id()).and(c::id.eq_any(ids));
    Ok(c::table
        .filter(wanted.and(c::status.eq(CommentStatus::Published.name())))
        .filter(exists(a::table.filter(article)))
        .select(CommentRow::as_select())
        .load(db.conn())
        .await?)
}

pub(in super::super) async fn comments_page(
    db: &mut TenantConn,
    article: i64,
    args: &PageArgs,
) -> Result<Page<Arc<CommentRow>>> {
    let wanted = c::tenant_id.eq(db.tenant_id()).and(c::article_id.eq(article));
    let rows = c::table.filter(wanted.and(c::status.eq(CommentStatus::Published.name()))).into_boxed();
    let ids = keyset!(db, rows, args, "ID", c::id => i64, c::id);
    let wanted: Vec<i64> = ids.items.iter().map(|(_, id)| *id).collect();
    let found: Vec<CommentRow> = c::table
        .filter(c::tenant_id.eq(db.tenant_id()).and(c::id.eq_any(&wanted)))
        .select(CommentRow::as_select())
        .load(db.conn())
        .await?;
    Ok(ids.with(found.into_iter().map(|row| (row.id, Arc::new(row)))))
}

pub(in super::super) async fn comments(db: &mut TenantConn, article: i64) -> Result<Vec<CommentRow>> {
    let wanted = c::tenant_id.eq(db.tenant_id()).and(c::article_id.eq(article));
    Ok(c::table.filter(wanted).order(c::id).select(CommentRow::as_select()).load(db.conn()).await?)
}

/// Takes the lock under which an article's comments are set; answers with those there are.
pub(in super::super) async fn comments_lock(db: &mut TenantConn, article: i64) -> Result<Vec<CommentRow>> {
    let tenant = db.tenant_id();
    let locked: Option<i64> = a::table
        .find((tenant, article))
        .for_no_key_update()
        .select(a::id)
        .first(db.conn())
        .await
        .optional()?;
    locked.ok_or(Error::NotFound("article"))?;
    comments(db, article).await
}

pub(in super::super) async fn comments_delete(db: &mut TenantConn, ids: &[i64]) -> Result<()> {
    let gone = c::tenant_id.eq(db.tenant_id()).and(c::id.eq_any(ids));
    diesel::delete(c::table.filter(gone)).execute(db.conn()).await?;
    Ok(())
}

pub(in super::super) async fn comment_insert(
    db: &mut TenantConn,
    article: i64,
    input: &CommentInput,
) -> Result<()> {
    let tenant = db.tenant_id();
    diesel::insert_into(c::table)
        .values((
            (c::tenant_id.eq(tenant), c::article_id.eq(article)),
            (c::author_name.eq(&input.author), c::author_email.eq(&input.email)),
            (c::body_html.eq(&input.body), c::status.eq(input.status.name())),
            c::created_at.eq(input.created_at),
        ))
        .execute(db.conn())
        .await?;
    Ok(())
}
