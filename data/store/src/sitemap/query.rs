//! SQL of the sitemap.

use std::ops::Range;

use chrono::{DateTime, Utc};
use diesel::{
    QueryableByName,
    sql_types::{BigInt, Text, Timestamptz},
};
use diesel_async::RunQueryDsl;
use mcom_data::{
    Prepare, Result, TenantConn,
    sitemap::{ENTRIES, SitemapBeginning, SitemapEntry, SitemapPages},
};

use super::Written;

/// The first id of every page: one walk along an index.
pub(super) async fn pages(db: &mut TenantConn, written: Written, now: DateTime<Utc>) -> Result<SitemapPages> {
    let tenant = db.tenant_id();
    let beginnings: Vec<SitemapBeginning> = diesel::sql_query(match written {
        Written::Pages => PAGE_PAGES,
        Written::Blogs => BLOG_PAGES,
        Written::Articles => ARTICLE_PAGES,
    })
    .bind::<BigInt, _>(tenant)
    .bind::<BigInt, _>(ENTRIES)
    .bind::<Timestamptz, _>(now)
    .prepared()
    .load(db.conn())
    .await?;
    Ok(beginnings.into_iter().collect())
}

/// What is listed of these ids.
pub(super) async fn entries(
    db: &mut TenantConn,
    written: Written,
    ids: &Range<i64>,
    now: DateTime<Utc>,
) -> Result<Vec<SitemapEntry>> {
    let tenant = db.tenant_id();
    let entries = diesel::sql_query(match written {
        Written::Pages => PAGES,
        Written::Blogs => BLOGS,
        Written::Articles => ARTICLES,
    })
    .bind::<BigInt, _>(tenant)
    .bind::<BigInt, _>(ids.start)
    .bind::<BigInt, _>(ids.end)
    .bind::<BigInt, _>(ENTRIES)
    .bind::<Timestamptz, _>(now)
    .prepared()
    .load(db.conn())
    .await?;
    Ok(entries)
}

/// A metaobject that search engines shall know.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct MetaobjectEntry {
    /// How it is named in addresses.
    #[diesel(sql_type = Text)]
    pub handle: String,
    /// Of which kind it is.
    #[diesel(sql_type = Text)]
    pub type_name: String,
    /// What its page's address begins with.
    #[diesel(sql_type = Text)]
    pub url_handle: String,
    /// When it was last changed.
    #[diesel(sql_type = Timestamptz)]
    pub updated_at: DateTime<Utc>,
}

/// The first id of every page of metaobjects: those that buyers may read, of kinds that have pages.
pub(super) async fn metaobject_pages(db: &mut TenantConn) -> Result<SitemapPages> {
    let tenant = db.tenant_id();
    let beginnings: Vec<SitemapBeginning> = diesel::sql_query(METAOBJECT_PAGES)
        .bind::<BigInt, _>(tenant)
        .bind::<BigInt, _>(ENTRIES)
        .prepared()
        .load(db.conn())
        .await?;
    Ok(beginnings.into_iter().collect())
}

/// What is listed of the metaobjects with these ids.
pub(super) async fn metaobjects(db: &mut TenantConn, ids: &Range<i64>) -> Result<Vec<MetaobjectEntry>> {
    let tenant = db.tenant_id();
    let entries = diesel::sql_query(METAOBJECTS)
        .bind::<BigInt, _>(tenant)
        .bind::<BigInt, _>(ids.start)
        .bind::<BigInt, _>(ids.end)
        .bind::<BigInt, _>(ENTRIES)
        .prepared()
        .load(db.conn())
        .await?;
    Ok(entries)
}

const PAGE_PAGES: &str = "select id from (
        select id, row_number() over (order by id) as place from pages
        where tenant_id = $1 and published_at <= $3) listed
    where place % $2 = 1 order by id";

// A blog cannot be hidden: its texts pass over the last parameter.
const BLOG_PAGES: &str = "select id from (
        select id, row_number() over (order by id) as place from blogs
        where tenant_id = $1) listed
    where place % $2 = 1 order by id";

const ARTICLE_PAGES: &str = "select id from (
        select id, row_number() over (order by id) as place from articles
        where tenant_id = $1 and published_at <= $3) listed
    where place % $2 = 1 order by id";

const METAOBJECT_PAGES: &str = "select id from (
        select m.id, row_number() over (order by m.id) as place from metaobjects m
        join metaobject_definitions d on d.tenant_id = m.tenant_id and d.id = m.definition_id
        where m.tenant_id = $1 and m.is_active and d.is_public and d.url_handle is not null) listed
    where place % $2 = 1 order by id";

const METAOBJECTS: &str = "select m.handle, d.type_name, d.url_handle, m.updated_at
    from metaobjects m join metaobject_definitions d on d.tenant_id = m.tenant_id and d.id = m.definition_id
    where m.tenant_id = $1 and m.id >= $2 and m.id < $3 and m.is_active and d.is_public and d.url_handle is not null
    order by m.id limit $4";

const PAGES: &str = "select handle, title, updated_at, null as image, null as image_alt
    from pages where tenant_id = $1 and id >= $2 and id < $3 and published_at <= $5
    order by id limit $4";

const BLOGS: &str = "select handle, title, updated_at, null as image, null as image_alt
    from blogs where tenant_id = $1 and id >= $2 and id < $3
    order by id limit $4";

const ARTICLES: &str =
    "select b.handle || '/' || a.handle as handle, a.title, a.updated_at, a.image_url as image, a.image_alt
    from articles a join blogs b on b.tenant_id = a.tenant_id and b.id = a.blog_id
    where a.tenant_id = $1 and a.id >= $2 and a.id < $3 and a.published_at <= $5
    order by a.id limit $4";
