//! SQL of images and kept files.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use mcom_data::{Error, Result, TenantConn};
use mcom_schema::id::{MediaId, ProductId};
use mcom_tables::{product_media as m, products, stored_files as f};

use super::{Awaited, StoredFile};

/// How many pictures are looked at together.
const TOGETHER: i64 = 500;

/// The pictures without a file of products after `after`, whole products only.
pub(super) async fn awaited(db: &mut TenantConn, after: i64) -> Result<Vec<Awaited>> {
    let of_tenant = m::tenant_id.eq(db.tenant_id());
    let rows: Vec<(i64, i64, String)> = m::table
        .filter(of_tenant.and(m::product_id.gt(after)).and(m::file_hash.is_null()))
        .order((m::product_id, m::position, m::id))
        .select((m::id, m::product_id, m::url))
        .limit(TOGETHER)
        .load(db.conn())
        .await?;
    let is_cut = i64::try_from(rows.len()).is_ok_and(|count| count == TOGETHER);
    let last = rows.last().map(|(_, product, _)| *product);
    let first = rows.as_slice().first().map(|(_, product, _)| *product);
    // The last product may go on behind the cut, unless it is the only one: then its rest comes in the next run.
    let whole = |product: i64| !is_cut || Some(product) != last || first == last;
    let picture = |(id, product, url)| Awaited { media: MediaId(id), product: ProductId(product), url };
    Ok(rows.into_iter().filter(|(_, product, _)| whole(*product)).map(picture).collect())
}

pub(super) async fn count_awaited(db: &mut TenantConn) -> Result<i64> {
    let of_tenant = m::tenant_id.eq(db.tenant_id());
    Ok(m::table.filter(of_tenant.and(m::file_hash.is_null())).count().get_result(db.conn()).await?)
}

/// Locks a product's row.
pub(super) async fn lock(db: &mut TenantConn, product: i64) -> Result<()> {
    let tenant = db.tenant_id();
    let row = products::table.find((tenant, product)).select(products::id).for_update();
    let found: Option<i64> = row.first(db.conn()).await.optional()?;
    found.map(drop).ok_or(Error::NotFound("product"))
}

/// Notes a file; it may be known already.
pub(super) async fn keep(db: &mut TenantConn, file: &StoredFile, now: DateTime<Utc>) -> Result<()> {
    let values = (
        f::tenant_id.eq(db.tenant_id()),
        f::hash.eq(&file.hash),
        f::content_type.eq(&file.content_type),
        f::bytes.eq(file.bytes),
        f::width.eq(file.width),
        f::height.eq(file.height),
        f::thumbhash.eq(&file.thumbhash),
        f::created_at.eq(now),
    );
    diesel::insert_into(f::table).values(values).on_conflict_do_nothing().execute(db.conn()).await?;
    Ok(())
}

/// Lets a picture be shown from a file, if it still is what was fetched.
pub(super) async fn attach(db: &mut TenantConn, picture: &Awaited, file: &StoredFile) -> Result<bool> {
    let row = m::table.find((db.tenant_id(), picture.media.0));
    let shown = (m::width.eq(file.width), m::height.eq(file.height), m::thumbhash.eq(&file.thumbhash));
    let rows = diesel::update(row)
        .filter(m::url.eq(&picture.url).and(m::product_id.eq(picture.product.0)))
        .set((m::file_hash.eq(&file.hash), m::file_suffix.eq(file.suffix()), shown))
        .execute(db.conn())
        .await?;
    Ok(rows == 1)
}

/// The file with this hash.
pub(super) async fn file(db: &mut TenantConn, hash: &str) -> Result<Option<StoredFile>> {
    let row = f::table
        .find((db.tenant_id(), hash))
        .select((f::hash, f::content_type, f::bytes, f::width, f::height, f::thumbhash))
        .first(db.conn())
        .await
        .optional()?;
    Ok(row)
}
