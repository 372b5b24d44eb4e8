//! Reading collections.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::{
    dsl::{exists, not},
    prelude::*,
};
use diesel_async::RunQueryDsl;
use mcom_data::{Result, TenantConn, page::Page};
use mcom_tables::{collection_publications as cp, collections as c, publications};

use super::super::{Collection, CollectionList, CollectionSort, row::CollectionRow};
use crate::{
    keyset::keyset,
    publications::ONLINE_STORE,
    text::{fold, plain},
};

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

/// The collection with this handle; a published one if `published`.
pub(in super::super) async fn id_by_handle(
    db: &mut TenantConn,
    handle: &str,
    published: bool,
) -> Result<Option<i64>> {
    let mut rows = c::table.filter(c::tenant_id.eq(db.tenant_id()).and(c::handle.eq(handle))).into_boxed();
    if published {
        rows = rows
            .filter(exists(online().filter(cp::tenant_id.eq(c::tenant_id).and(cp::collection_id.eq(c::id)))));
    }
    Ok(rows.select(c::id).first(db.conn()).await.optional()?)
}

/// How many collections there are.
pub(in super::super) async fn count(db: &mut TenantConn) -> Result<i64> {
    Ok(c::table.filter(c::tenant_id.eq(db.tenant_id())).count().get_result(db.conn()).await?)
}

/// One page of ids of collections; of the published ones if `published`.
pub(in super::super) async fn page(
    db: &mut TenantConn,
    list: &CollectionList,
    published: bool,
) -> Result<Page<i64>> {
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
        rows = rows.filter(c::handle.eq(handle));
    }
    match list.by_rules {
        Some(true) => rows = rows.filter(c::rule_set.is_not_null()),
        Some(false) => rows = rows.filter(not(c::rule_set.is_not_null())),
        None => {}
    }
    Ok(match list.sort {
        CollectionSort::Title => keyset!(db, rows, &list.page, "TITLE", c::title_key => String, c::id),
        CollectionSort::UpdatedAt => {
            keyset!(db, rows, &list.page, "UPDATED", c::updated_at => DateTime<Utc>, c::id)
        }
        CollectionSort::Id => keyset!(db, rows, &list.page, "ID", c::id => i64, c::id),
    })
}

/// The collections there are among `ids`, with what belongs to them, in no particular order. Two statements.
pub(in super::super) async fn details(db: &mut TenantConn, ids: &[i64]) -> Result<Vec<Collection>> {
    let tenant = db.tenant_id();
    let rows: Vec<CollectionRow> = c::table
        .filter(c::tenant_id.eq(tenant).and(c::id.eq_any(ids)))
        .select(CollectionRow::as_select())
        .load(db.conn())
        .await?;
    let published: Vec<(i64, DateTime<Utc>)> = online()
        .filter(cp::tenant_id.eq(tenant).and(cp::collection_id.eq_any(ids)))
        .select((cp::collection_id, cp::published_at))
        .load(db.conn())
        .await?;
    let published: HashMap<i64, DateTime<Utc>> = published.into_iter().collect();
    let collection = |row: CollectionRow| {
        Ok(Collection {
            description: plain(&row.description_html),
            rule_set: row.rule_set.clone().map(serde_json::from_value).transpose()?,
            published_at: published.get(&row.id).copied(),
            row,
        })
    };
    rows.into_iter().map(collection).collect()
}
