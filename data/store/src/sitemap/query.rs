//! SQL of the sitemap.

use std::ops::Range;

use chrono::{DateTime, Utc};
use diesel::sql_types::{BigInt, Timestamptz};
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
