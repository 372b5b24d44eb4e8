//! SQL of menus.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Utc};
use diesel::{pg::Pg, prelude::*};
use diesel_async::RunQueryDsl;
use mcom_data::{Error, Result, TenantConn};
use mcom_schema::id::{MenuId, MenuItemId};
use mcom_tables::{menu_items as i, menus as m};

use super::{ItemTarget, Menu, MenuItem, MenuItemInput, MenuItemKind};

/// A row of an entry.
#[derive(Queryable, Selectable)]
#[diesel(table_name = i, check_for_backend(Pg))]
pub(super) struct ItemRow {
    pub(super) id: i64,
    menu_id: i64,
    #[diesel(embed)]
    pub(super) values: ItemValues,
}

/// The columns of an entry that writing sets.
#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = i, check_for_backend(Pg), treat_none_as_null = true)]
pub(super) struct ItemValues {
    pub(super) parent_id: Option<i64>,
    position: i32,
    pub(super) title: String,
    kind: String,
    resource_id: Option<i64>,
    url: Option<String>,
    tags: Vec<String>,
}

impl ItemValues {
    pub(super) fn of(item: &MenuItemInput, parent_id: Option<i64>, position: usize) -> Self {
        let (resource_id, url) = match &item.target {
            ItemTarget::Place(_) => (None, None),
            ItemTarget::Thing(_, id) => (Some(*id), None),
            ItemTarget::Url(url) => (None, Some(url.clone())),
        };
        ItemValues {
            parent_id,
            position: i32::try_from(position).unwrap_or(i32::MAX),
            title: item.title.trim().to_owned(),
            kind: item.target.kind().name().to_owned(),
            resource_id,
            url,
            tags: item.tags.clone(),
        }
    }

    fn target(&self) -> Result<ItemTarget> {
        let kind = MenuItemKind::parse(&self.kind)
            .ok_or_else(|| Error::bug(format!("menus hold an unknown kind of item «{}»", self.kind)))?;
        Ok(match (&self.url, self.resource_id) {
            (Some(url), _) => ItemTarget::Url(url.clone()),
            (None, Some(id)) => ItemTarget::Thing(kind, id),
            (None, None) => ItemTarget::Place(kind),
        })
    }
}

pub(super) async fn all(db: &mut TenantConn) -> Result<Vec<Arc<Menu>>> {
    let of_tenant = m::tenant_id.eq(db.tenant_id());
    let rows = m::table.filter(of_tenant).order(m::handle).select((m::id, m::handle, m::title));
    let rows: Vec<(i64, String, String)> = rows.load(db.conn()).await?;
    let mut by_parent: HashMap<(i64, Option<i64>), Vec<ItemRow>> = HashMap::new();
    for row in items(db, None).await? {
        by_parent.entry((row.menu_id, row.values.parent_id)).or_default().push(row);
    }
    let menu = |(id, handle, title): (i64, String, String)| {
        let items = below(&mut by_parent, (id, None))?;
        Ok(Arc::new(Menu { id: MenuId(id), handle, title, items }))
    };
    rows.into_iter().map(menu).collect()
}

/// The entries under a place, with all that is under them.
fn below(
    by_parent: &mut HashMap<(i64, Option<i64>), Vec<ItemRow>>,
    place: (i64, Option<i64>),
) -> Result<Vec<MenuItem>> {
    let rows = by_parent.remove(&place).unwrap_or_default();
    let item = |row: ItemRow| {
        Ok(MenuItem {
            id: MenuItemId(row.id),
            target: row.values.target()?,
            items: below(by_parent, (place.0, Some(row.id)))?,
            title: row.values.title,
            tags: row.values.tags,
        })
    };
    rows.into_iter().map(item).collect()
}

/// The entries of a menu or of all menus, in their order.
pub(super) async fn items(db: &mut TenantConn, menu: Option<i64>) -> Result<Vec<ItemRow>> {
    let mut rows = i::table.filter(i::tenant_id.eq(db.tenant_id())).into_boxed();
    if let Some(menu) = menu {
        rows = rows.filter(i::menu_id.eq(menu));
    }
    Ok(rows.order((i::position, i::id)).select(ItemRow::as_select()).load(db.conn()).await?)
}

pub(super) async fn put(db: &mut TenantConn, handle: &str, title: &str, now: DateTime<Utc>) -> Result<i64> {
    let tenant = db.tenant_id();
    Ok(diesel::insert_into(m::table)
        .values((
            (m::tenant_id.eq(tenant), m::handle.eq(handle), m::title.eq(title)),
            (m::created_at.eq(now), m::updated_at.eq(now)),
        ))
        .on_conflict((m::tenant_id, m::handle))
        .do_update()
        .set((m::title.eq(title), m::updated_at.eq(now)))
        .returning(m::id)
        .get_result(db.conn())
        .await?)
}

/// Writes an entry, over the one that is there if there is one.
pub(super) async fn put_item(
    db: &mut TenantConn,
    menu: i64,
    id: Option<i64>,
    values: &ItemValues,
) -> Result<i64> {
    let tenant = db.tenant_id();
    if let Some(id) = id {
        diesel::update(i::table.find((tenant, id))).set(values).execute(db.conn()).await?;
        return Ok(id);
    }
    Ok(diesel::insert_into(i::table)
        .values((i::tenant_id.eq(tenant), i::menu_id.eq(menu), values))
        .returning(i::id)
        .get_result(db.conn())
        .await?)
}

pub(super) async fn delete_items(db: &mut TenantConn, ids: &[i64]) -> Result<()> {
    let gone = i::tenant_id.eq(db.tenant_id()).and(i::id.eq_any(ids));
    diesel::delete(i::table.filter(gone)).execute(db.conn()).await?;
    Ok(())
}

pub(super) async fn delete(db: &mut TenantConn, id: i64) -> Result<()> {
    let tenant = db.tenant_id();
    let deleted = diesel::delete(m::table.find((tenant, id))).execute(db.conn()).await?;
    if deleted == 0 { Err(Error::NotFound("menu")) } else { Ok(()) }
}
