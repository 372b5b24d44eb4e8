//! Reading collections.

use chrono::{DateTime, Utc};
use diesel::{
    dsl::{exists, not},
    pg::Pg,
    prelude::*,
};
use diesel_async::RunQueryDsl;
use mcom_data::{Result, TenantConn, keyset, page::Page};
use mcom_schema::text::{fold, plain};
use mcom_tables::{collection_publications as cp, collections as c, publications};

use super::super::{Collection, CollectionList, CollectionSort, row::CollectionRow};
use crate::publications::ONLINE_STORE;

/// Collections on the online store.
#[diesel::dsl::auto_type(no_type_alias)]
pub(super) fn online() -> _ {
    let handle: &'static str = ONLINE_STORE;
    cp::table
        .inner_join(
            publications::table
                .on(publications::tenant_id.eq(cp::tenant_id).and(publications::id.eq(cp::publication_id))),
        )
        .filter(publications::handle.eq(handle))
}

/// The collection with this handle, published or not.
pub(in super::super) async fn id_by_handle(db: &mut TenantConn, handle: &str) -> Result<Option<i64>> {
    let of_tenant = c::tenant_id.eq(db.tenant_id());
    Ok(c::table
        .filter(of_tenant.and(c::handle.eq(handle)))
        .select(c::id)
        .first(db.conn())
        .await
        .optional()?)
}

/// How many collections there are.
pub(in super::super) async fn count(db: &mut TenantConn) -> Result<i64> {
    Ok(c::table.filter(c::tenant_id.eq(db.tenant_id())).count().get_result(db.conn()).await?)
}

/// The collections that a list is about; the published ones if `published`.
fn chosen(db: &TenantConn, list: &CollectionList, published: bool) -> c::BoxedQuery<'static, Pg> {
    let mut rows = c::table.filter(c::tenant_id.eq(db.tenant_id())).into_boxed();
    if published {
        rows = rows
            .filter(exists(online().filter(cp::tenant_id.eq(c::tenant_id).and(cp::collection_id.eq(c::id)))));
    }
    if let Some(title) = &list.title {
        let escaped = fold(title).replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        rows = rows.filter(c::title_key.like(format!("%{escaped}%")));
    }
    if let Some(handle) = &list.handle {
        rows = rows.filter(c::handle.eq(handle.clone()));
    }
    match list.by_rules {
        Some(true) => rows = rows.filter(c::rule_set.is_not_null()),
        Some(false) => rows = rows.filter(not(c::rule_set.is_not_null())),
        None => {}
    }
    rows
}

/// How many published collections a list is about.
pub(in super::super) async fn published_count(db: &mut TenantConn, list: &CollectionList) -> Result<i64> {
    Ok(chosen(db, list, true).count().get_result(db.conn()).await?)
}

/// One page of ids of collections; of the published ones if `published`.
pub(in super::super) async fn page(
    db: &mut TenantConn,
    list: &CollectionList,
    published: bool,
) -> Result<Page<i64>> {
    let rows = chosen(db, list, published);
    Ok(match list.sort {
        CollectionSort::Title => keyset!(db, rows, &list.page, "TITLE", c::title_key => String, c::id),
        CollectionSort::UpdatedAt => {
            keyset!(db, rows, &list.page, "UPDATED", c::updated_at => DateTime<Utc>, c::id)
        }
        CollectionSort::Id => keyset!(db, rows, &list.page, "ID", c::id => i64, c::id),
    })
}

/// The collections there are among `ids`, with what belongs to them, in no particular order. One statement.
pub(in super::super) async fn details(db: &mut TenantConn, ids: &[i64]) -> Result<Vec<Collection>> {
    // Of the collection of the enclosing query.
    let of_row = cp::tenant_id.eq(c::tenant_id).and(cp::collection_id.eq(c::id));
    let published_at = online().filter(of_row).select(cp::published_at).single_value();
    let rows: Vec<(CollectionRow, Option<DateTime<Utc>>)> = c::table
        .filter(c::tenant_id.eq(db.tenant_id()).and(c::id.eq_any(ids)))
        .select((CollectionRow::as_select(), published_at))
        .load(db.conn())
        .await?;
    rows.into_iter().map(read).collect()
}

/// The published collection with this handle, with what belongs to it. One statement.
pub(in super::super) async fn published_by_handle(
    db: &mut TenantConn,
    handle: &str,
) -> Result<Option<Collection>> {
    // Of the collection of the enclosing query.
    let of_row = cp::tenant_id.eq(c::tenant_id).and(cp::collection_id.eq(c::id));
    let published_at = online().filter(of_row).select(cp::published_at).single_value();
    let row: Option<(CollectionRow, Option<DateTime<Utc>>)> = c::table
        .filter(c::tenant_id.eq(db.tenant_id()).and(c::handle.eq(handle)))
        .select((CollectionRow::as_select(), published_at))
        .first(db.conn())
        .await
        .optional()?;
    row.filter(|(_, published_at)| published_at.is_some()).map(read).transpose()
}

fn read((row, published_at): (CollectionRow, Option<DateTime<Utc>>)) -> Result<Collection> {
    Ok(Collection {
        description: plain(&row.description_html),
        rule_set: row.rule_set.clone().map(serde_json::from_value).transpose()?,
        published_at,
        row,
    })
}
