//! SQL of the sitemap.

use std::ops::Range;

use diesel::sql_types::{BigInt, Text};
use diesel_async::RunQueryDsl;
use mcom_data::{
    Prepare, Result, TenantConn,
    sitemap::{ENTRIES, SitemapBeginning, SitemapEntry, SitemapPages},
};

use super::Listed;
use crate::publications::ONLINE_STORE;

/// The first id of every page: one walk along an index.
pub(super) async fn pages(db: &mut TenantConn, listed: Listed) -> Result<SitemapPages> {
    let tenant = db.tenant_id();
    let beginnings: Vec<SitemapBeginning> = diesel::sql_query(match listed {
        Listed::Products => PRODUCT_PAGES,
        Listed::Collections => COLLECTION_PAGES,
    })
    .bind::<BigInt, _>(tenant)
    .bind::<BigInt, _>(ENTRIES)
    .bind::<Text, _>(ONLINE_STORE)
    .prepared()
    .load(db.conn())
    .await?;
    Ok(beginnings.into_iter().collect())
}

/// What is listed of these ids.
pub(super) async fn entries(
    db: &mut TenantConn,
    listed: Listed,
    ids: &Range<i64>,
) -> Result<Vec<SitemapEntry>> {
    let tenant = db.tenant_id();
    let entries = diesel::sql_query(match listed {
        Listed::Products => PRODUCTS,
        Listed::Collections => COLLECTIONS,
    })
    .bind::<BigInt, _>(tenant)
    .bind::<BigInt, _>(ids.start)
    .bind::<BigInt, _>(ids.end)
    .bind::<BigInt, _>(ENTRIES)
    .bind::<Text, _>(ONLINE_STORE)
    .prepared()
    .load(db.conn())
    .await?;
    Ok(entries)
}

// Products have documents as long as they are on the online store: their texts pass over the last parameter.
const PRODUCT_PAGES: &str = "select id from (
        select product_id as id, row_number() over (order by product_id) as place from product_documents
        where tenant_id = $1) listed
    where place % $2 = 1 order by id";

const COLLECTION_PAGES: &str = "select id from (
        select c.id, row_number() over (order by c.id) as place from collections c
        where c.tenant_id = $1 and exists (
            select 1 from collection_publications o
            join publications p on p.tenant_id = o.tenant_id and p.id = o.publication_id
            where o.tenant_id = $1 and o.collection_id = c.id and p.handle = $3)) listed
    where place % $2 = 1 order by id";

const PRODUCTS: &str =
    "select handle, document->>'title' as title, updated_at, document#>>'{media,0,url}' as image,
        document#>>'{media,0,alt}' as image_alt
    from product_documents where tenant_id = $1 and product_id >= $2 and product_id < $3
    order by product_id limit $4";

const COLLECTIONS: &str = "select c.handle, c.title, c.updated_at, c.image_url as image, c.image_alt
    from collections c
    where c.tenant_id = $1 and c.id >= $2 and c.id < $3 and exists (
        select 1 from collection_publications o
        join publications p on p.tenant_id = o.tenant_id and p.id = o.publication_id
        where o.tenant_id = $1 and o.collection_id = c.id and p.handle = $5)
    order by c.id limit $4";
