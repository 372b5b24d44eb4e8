//! SQL of files.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use mcom_data::{Error, Result, TenantConn};
use mcom_tables::files as f;

use super::{File, FileDetails, FileValues, row::FileRow};

pub(super) async fn by_ids(db: &mut TenantConn, ids: &[i64]) -> Result<Vec<File>> {
    let wanted = f::tenant_id.eq(db.tenant_id()).and(f::id.eq_any(ids));
    read(f::table.filter(wanted).select(FileRow::as_select()).load(db.conn()).await?)
}

pub(super) async fn named(db: &mut TenantConn) -> Result<Vec<File>> {
    let wanted = f::tenant_id.eq(db.tenant_id()).and(f::handle.is_not_null());
    read(f::table.filter(wanted).order(f::handle).select(FileRow::as_select()).load(db.conn()).await?)
}

/// What is shown among the pictures of these products, in its order.
pub(crate) async fn of_products(db: &mut TenantConn, ids: &[i64]) -> Result<HashMap<i64, Vec<File>>> {
    let wanted = f::tenant_id.eq(db.tenant_id()).and(f::product_id.eq_any(ids));
    let rows = f::table.filter(wanted).order((f::position, f::id)).select(FileRow::as_select());
    let mut by_product: HashMap<i64, Vec<File>> = HashMap::new();
    for file in read(rows.load(db.conn()).await?)? {
        if let Some((product, _)) = file.shown {
            by_product.entry(product.0).or_default().push(file);
        }
    }
    Ok(by_product)
}

fn read(rows: Vec<FileRow>) -> Result<Vec<File>> {
    rows.into_iter().map(FileRow::read).collect()
}

/// The file with this handle.
pub(super) async fn by_handle(db: &mut TenantConn, handle: &str) -> Result<Option<File>> {
    let wanted = f::tenant_id.eq(db.tenant_id()).and(f::handle.eq(handle));
    let row = f::table.filter(wanted).select(FileRow::as_select()).first(db.conn()).await.optional()?;
    row.map(FileRow::read).transpose()
}

/// Writes a file over the one with this handle, if there is one; answers with its number.
pub(super) async fn put(db: &mut TenantConn, values: &FileValues, now: DateTime<Utc>) -> Result<i64> {
    let tenant = db.tenant_id();
    Ok(diesel::insert_into(f::table)
        .values((f::tenant_id.eq(tenant), values, f::created_at.eq(now), f::updated_at.eq(now)))
        .on_conflict((f::tenant_id, f::handle))
        .do_update()
        .set((values, f::updated_at.eq(now)))
        .returning(f::id)
        .get_result(db.conn())
        .await?)
}

/// Adds what an app shows with a product.
pub(crate) async fn add(
    db: &mut TenantConn,
    product: i64,
    files: &[(i32, Option<String>, FileDetails)],
    now: DateTime<Utc>,
) -> Result<()> {
    let tenant = db.tenant_id();
    for (position, alt, details) in files {
        let values = FileValues {
            handle: None,
            product_id: Some(product),
            position: Some(*position),
            alt: alt.clone(),
            details: serde_json::to_value(details)?,
        };
        diesel::insert_into(f::table)
            .values((f::tenant_id.eq(tenant), values, f::created_at.eq(now), f::updated_at.eq(now)))
            .execute(db.conn())
            .await?;
    }
    Ok(())
}

pub(super) async fn delete(db: &mut TenantConn, id: i64) -> Result<()> {
    let tenant = db.tenant_id();
    let deleted = diesel::delete(f::table.find((tenant, id))).execute(db.conn()).await?;
    if deleted == 0 { Err(Error::NotFound("file")) } else { Ok(()) }
}
