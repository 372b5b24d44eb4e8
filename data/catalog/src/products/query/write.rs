//! Writing products.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use mcom_data::{Error, Result, TenantConn, on_constraint};
use mcom_schema::refuse;
use mcom_tables::{product_media, product_option_values, product_options, products};

use super::super::{
    option::Swatch,
    row::{ProductRow, ProductValues},
};

/// Adds a product. `None`: another one has this handle.
pub(crate) async fn insert(db: &mut TenantConn, values: &ProductValues) -> Result<Option<i64>> {
    let tenant = db.tenant_id();
    let id = diesel::insert_into(products::table)
        .values((products::tenant_id.eq(tenant), products::created_at.eq(values.updated_at), values))
        .on_conflict((products::tenant_id, products::handle))
        .do_nothing()
        .returning(products::id)
        .get_result(db.conn())
        .await
        .optional()?;
    Ok(id)
}

/// Takes the lock that every writer of a product takes first.
pub(crate) async fn lock(db: &mut TenantConn, id: i64) -> Result<ProductRow> {
    let tenant = db.tenant_id();
    let row = products::table
        .find((tenant, id))
        .for_update()
        .select(ProductRow::as_select())
        .first(db.conn())
        .await
        .optional()?;
    row.ok_or(Error::NotFound("product"))
}

/// Sets all columns of a product that writing sets.
pub(crate) async fn update(db: &mut TenantConn, id: i64, values: &ProductValues) -> Result<()> {
    let tenant = db.tenant_id();
    let taken = refuse("handle", "TAKEN", format!("Handle '{}' already in use", values.handle));
    diesel::update(products::table.find((tenant, id)))
        .set(values)
        .execute(db.conn())
        .await
        .map_err(on_constraint("products_handle", taken))?;
    Ok(())
}

/// Counts a change of the product; answers with its new version.
pub(crate) async fn touch(db: &mut TenantConn, id: i64, now: DateTime<Utc>) -> Result<i64> {
    let tenant = db.tenant_id();
    let version = diesel::update(products::table.find((tenant, id)))
        .set((products::version.eq(products::version + 1), products::updated_at.eq(now)))
        .returning(products::version)
        .get_result(db.conn())
        .await
        .optional()?;
    version.ok_or(Error::NotFound("product"))
}

/// Deletes a product and what belongs to it.
pub(in super::super) async fn delete(db: &mut TenantConn, id: i64) -> Result<()> {
    let tenant = db.tenant_id();
    diesel::delete(products::table.find((tenant, id))).execute(db.conn()).await?;
    Ok(())
}

/// Adds options in the order of `names`, after `before` others; answers with their ids in that order.
pub(crate) async fn add_options(
    db: &mut TenantConn,
    product: i64,
    names: &[String],
    before: i32,
) -> Result<Vec<i64>> {
    let tenant = db.tenant_id();
    let rows: Vec<_> = (before + 1..)
        .zip(names)
        .map(|(position, name)| {
            (
                product_options::tenant_id.eq(tenant),
                product_options::product_id.eq(product),
                product_options::name.eq(name),
                product_options::position.eq(position),
            )
        })
        .collect();
    let mut added: Vec<(i32, i64)> = diesel::insert_into(product_options::table)
        .values(rows)
        .returning((product_options::position, product_options::id))
        .get_results(db.conn())
        .await?;
    added.sort_unstable();
    Ok(added.into_iter().map(|(_, id)| id).collect())
}

/// Adds values `(option, name, position)`; answers with `(option, name, id)`.
pub(crate) async fn add_values(
    db: &mut TenantConn,
    values: &[(i64, String, i32)],
) -> Result<Vec<(i64, String, i64)>> {
    if values.is_empty() {
        return Ok(vec![]);
    }
    let tenant = db.tenant_id();
    let rows: Vec<_> = values
        .iter()
        .map(|(option, name, position)| {
            (
                product_option_values::tenant_id.eq(tenant),
                product_option_values::option_id.eq(option),
                product_option_values::name.eq(name),
                product_option_values::position.eq(position),
            )
        })
        .collect();
    let added = diesel::insert_into(product_option_values::table)
        .values(rows)
        .returning((product_option_values::option_id, product_option_values::name, product_option_values::id))
        .get_results(db.conn())
        .await?;
    Ok(added)
}

/// Gives an option another name.
pub(in super::super) async fn rename_option(db: &mut TenantConn, id: i64, name: &str) -> Result<()> {
    let option = product_options::table.find((db.tenant_id(), id));
    diesel::update(option).set(product_options::name.eq(name)).execute(db.conn()).await?;
    Ok(())
}

/// Sets what stands for a value of an option.
pub(in super::super) async fn paint_value(db: &mut TenantConn, id: i64, swatch: &Swatch) -> Result<()> {
    let value = product_option_values::table.find((db.tenant_id(), id));
    let painted = (
        product_option_values::swatch_color.eq(&swatch.color),
        product_option_values::swatch_media_id.eq(swatch.media),
    );
    diesel::update(value).set(painted).execute(db.conn()).await?;
    Ok(())
}

/// An image to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewMedia {
    pub url: String,
    pub alt: Option<String>,
}

/// Adds images after `before` others; answers with their ids in the order of `media`.
pub(crate) async fn add_media(
    db: &mut TenantConn,
    product: i64,
    media: &[NewMedia],
    before: i32,
) -> Result<Vec<i64>> {
    if media.is_empty() {
        return Ok(vec![]);
    }
    let tenant = db.tenant_id();
    let rows: Vec<_> = (before + 1..)
        .zip(media)
        .map(|(position, image)| {
            (
                product_media::tenant_id.eq(tenant),
                product_media::product_id.eq(product),
                product_media::url.eq(&image.url),
                product_media::alt.eq(&image.alt),
                product_media::position.eq(position),
            )
        })
        .collect();
    let mut added: Vec<(i32, i64)> = diesel::insert_into(product_media::table)
        .values(rows)
        .returning((product_media::position, product_media::id))
        .get_results(db.conn())
        .await?;
    added.sort_unstable();
    Ok(added.into_iter().map(|(_, id)| id).collect())
}
