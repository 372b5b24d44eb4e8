//! Reading articles.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use diesel::{
    dsl::sql,
    pg::Pg,
    prelude::*,
    sql_types::{Bool, Text},
};
use diesel_async::RunQueryDsl;
use mcom_data::{Result, TenantConn, keyset, page::Page};
use mcom_tables::{articles as a, blogs as b};
use serde_json::Value;

use super::super::{Article, ArticleList, ArticleRow, ArticleSort, Author};
use crate::{
    blogs::BlogRow,
    content::{ContentTerm, Sql, anywhere, between, condition, word},
};

type Read = (ArticleRow, BlogRow);

#[diesel::dsl::auto_type(no_type_alias)]
fn with_blog() -> _ {
    a::table.inner_join(b::table.on(b::tenant_id.eq(a::tenant_id).and(b::id.eq(a::blog_id))))
}

pub(in super::super) async fn by_ids(db: &mut TenantConn, ids: &[i64]) -> Result<Vec<Article>> {
    let wanted = a::tenant_id.eq(db.tenant_id()).and(a::id.eq_any(ids));
    let rows: Vec<Read> = with_blog()
        .filter(wanted)
        .select((ArticleRow::as_select(), BlogRow::as_select()))
        .load(db.conn())
        .await?;
    rows.into_iter().map(Article::read).collect()
}

pub(in super::super) async fn by_handle(
    db: &mut TenantConn,
    blog: i64,
    handle: &str,
) -> Result<Option<Article>> {
    let wanted = a::tenant_id.eq(db.tenant_id()).and(a::blog_id.eq(blog)).and(a::handle.eq(handle));
    let row: Option<Read> = with_blog()
        .filter(wanted)
        .select((ArticleRow::as_select(), BlogRow::as_select()))
        .first(db.conn())
        .await
        .optional()?;
    row.map(Article::read).transpose()
}

pub(in super::super) async fn all(db: &mut TenantConn, blog: i64) -> Result<Vec<ArticleRow>> {
    let wanted = a::tenant_id.eq(db.tenant_id()).and(a::blog_id.eq(blog));
    let rows = a::table.filter(wanted).order(a::handle).select(ArticleRow::as_select());
    Ok(rows.load(db.conn()).await?)
}

/// Who wrote what is published by `now`, by name; the latest that was said of each.
pub(in super::super) async fn authors(
    db: &mut TenantConn,
    blog: i64,
    now: DateTime<Utc>,
) -> Result<Vec<Author>> {
    let wanted = a::tenant_id.eq(db.tenant_id()).and(a::blog_id.eq(blog)).and(a::published_at.le(now));
    let authors: Vec<Value> = a::table
        .filter(wanted)
        .distinct_on(a::author_key)
        .order((a::author_key, a::id.desc()))
        .select(a::author)
        .load(db.conn())
        .await?;
    authors.into_iter().map(|author| Ok(serde_json::from_value(author)?)).collect()
}

/// The name of an article's blog, for sorting.
fn blog_title() -> diesel::expression::SqlLiteral<Text> {
    sql(
        "(select b.title_key from blogs b where b.tenant_id = articles.tenant_id and b.id = articles.blog_id)",
    )
}

/// When an article was published, of those that are.
fn published_at() -> diesel::expression::SqlLiteral<diesel::sql_types::Timestamptz> {
    sql("articles.published_at")
}

type Rows = a::BoxedQuery<'static, Pg>;

/// The articles published by `now` that a list is about.
fn chosen(db: &TenantConn, list: &ArticleList, now: DateTime<Utc>) -> Rows {
    let mut rows = a::table.filter(a::tenant_id.eq(db.tenant_id())).into_boxed();
    rows = rows.filter(a::published_at.le(now));
    if let Some(blog) = list.blog {
        rows = rows.filter(a::blog_id.eq(blog.0));
    }
    if let Some(filter) = &list.filter {
        rows = rows.filter(condition(filter, &term));
    }
    rows
}

async fn by_name(db: &mut TenantConn, rows: Rows, list: &ArticleList) -> Result<Page<i64>> {
    let args = &list.page;
    Ok(match list.sort {
        ArticleSort::Author => keyset!(db, rows, args, "AUTHOR", a::author_key => String, a::id),
        ArticleSort::BlogTitle => keyset!(db, rows, args, "BLOG_TITLE", blog_title() => String, a::id),
        _ => keyset!(db, rows, args, "TITLE", a::title_key => String, a::id),
    })
}

async fn by_age(db: &mut TenantConn, rows: Rows, list: &ArticleList) -> Result<Page<i64>> {
    let args = &list.page;
    Ok(match list.sort {
        ArticleSort::PublishedAt => {
            keyset!(db, rows, args, "PUBLISHED_AT", published_at() => DateTime<Utc>, a::id)
        }
        ArticleSort::UpdatedAt => {
            keyset!(db, rows, args, "UPDATED_AT", a::updated_at => DateTime<Utc>, a::id)
        }
        _ => keyset!(db, rows, args, "ID", a::id => i64, a::id),
    })
}

/// One page of those published by `now`.
pub(in super::super) async fn page(
    db: &mut TenantConn,
    list: &ArticleList,
    now: DateTime<Utc>,
) -> Result<Page<Arc<Article>>> {
    let rows = chosen(db, list, now);
    let ids = match list.sort {
        ArticleSort::Author | ArticleSort::BlogTitle | ArticleSort::Title => by_name(db, rows, list).await?,
        ArticleSort::Id | ArticleSort::PublishedAt | ArticleSort::UpdatedAt => by_age(db, rows, list).await?,
    };
    let wanted: Vec<i64> = ids.items.iter().map(|(_, id)| *id).collect();
    let found = by_ids(db, &wanted).await?;
    Ok(ids.with(found.into_iter().map(|found| (found.row.id, Arc::new(found)))))
}

fn term(is: &ContentTerm) -> Sql<a::table> {
    match is {
        ContentTerm::Title(by) => word(a::title_key, by),
        ContentTerm::Handle(by) => word(a::handle, by),
        ContentTerm::Author(by) => word(a::author_key, by),
        ContentTerm::BlogTitle(by) => word(blog_title(), by),
        ContentTerm::Tag(tag) => Box::new(
            sql::<Bool>("exists (select 1 from unnest(articles.tags) tag where lower(tag) = ")
                .bind::<Text, _>(tag.to_lowercase())
                .sql(")"),
        ),
        ContentTerm::CreatedAt(by) => between(a::created_at, *by),
        ContentTerm::UpdatedAt(by) => between(a::updated_at, *by),
        ContentTerm::PublishedAt(by) => between(published_at(), *by),
        ContentTerm::Word(text) => Box::new(
            a::title_key
                .like(anywhere(text))
                .or(a::handle.like(anywhere(text)))
                .or(a::author_key.like(anywhere(text))),
        ),
    }
}
