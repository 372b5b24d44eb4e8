//! Items: reading them with their levels, adding and changing them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use mcom_data::{
    Result, TenantConn, keyset,
    page::{Page, PageArgs},
};
use mcom_schema::id::{InventoryItemId, LocationId, ProductId, VariantId};
use mcom_tables::{inventory_items, inventory_levels, product_variants};

use super::super::{
    InventoryItem, ItemList, ItemValues, Level, NewItem,
    row::{ItemRow, LevelRow},
};

/// The items there are among `ids`, with their levels. Two statements.
pub(in super::super) async fn item_details(db: &mut TenantConn, ids: &[i64]) -> Result<Vec<InventoryItem>> {
    use inventory_items as i;
    let tenant = db.tenant_id();
    let variant = product_variants::table
        .on(product_variants::tenant_id.eq(i::tenant_id).and(product_variants::id.eq(i::variant_id)));
    let rows: Vec<(ItemRow, Option<String>, bool, i64)> = i::table
        .inner_join(variant)
        .filter(i::tenant_id.eq(tenant).and(i::id.eq_any(ids)))
        .select((
            ItemRow::as_select(),
            product_variants::sku,
            product_variants::requires_shipping,
            product_variants::weight_grams,
        ))
        .load(db.conn())
        .await?;
    let mut levels: HashMap<i64, Vec<Level>> = HashMap::new();
    for row in levels_of(db, ids).await? {
        levels.entry(row.item_id).or_default().push(level(&row));
    }
    let item = |(row, sku, requires_shipping, weight_grams): (ItemRow, _, _, _)| InventoryItem {
        id: InventoryItemId(row.id),
        variant_id: VariantId(row.variant_id),
        product_id: ProductId(row.product_id),
        sku,
        tracked: row.tracked,
        requires_shipping,
        weight_grams,
        cost_minor: row.cost_minor,
        country_of_origin: row.country_of_origin,
        harmonized_system_code: row.harmonized_system_code,
        created_at: row.created_at,
        updated_at: row.updated_at,
        levels: levels.remove(&row.id).unwrap_or_default(),
    };
    Ok(rows.into_iter().map(item).collect())
}

fn level(row: &LevelRow) -> Level {
    Level {
        item_id: InventoryItemId(row.item_id),
        location_id: LocationId(row.location_id),
        available: row.available,
        reserved: row.reserved,
        committed: row.committed,
        updated_at: row.updated_at,
    }
}

async fn levels_of(db: &mut TenantConn, items: &[i64]) -> Result<Vec<LevelRow>> {
    use inventory_levels as l;
    let tenant = db.tenant_id();
    let rows = l::table
        .filter(l::tenant_id.eq(tenant).and(l::item_id.eq_any(items)))
        .order((l::item_id, l::location_id))
        .select(LevelRow::as_select())
        .load(db.conn())
        .await?;
    Ok(rows)
}

/// One page of ids of items.
pub(in super::super) async fn items_page(db: &mut TenantConn, list: &ItemList) -> Result<Page<i64>> {
    use inventory_items as i;
    let tenant = db.tenant_id();
    let mut rows = i::table.filter(i::tenant_id.eq(tenant)).into_boxed();
    if let Some(sku) = &list.sku {
        let variants = product_variants::table
            .filter(product_variants::tenant_id.eq(tenant).and(product_variants::sku.eq(sku)));
        rows = rows.filter(i::variant_id.eq_any(variants.select(product_variants::id)));
    }
    if let Some(ids) = &list.ids {
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        rows = rows.filter(i::id.eq_any(ids));
    }
    Ok(keyset!(db, rows, &list.page, "ID", i::id => i64, i::id))
}

/// One page of a location's levels, by item.
pub(in super::super) async fn levels_page(
    db: &mut TenantConn,
    location: i64,
    args: &PageArgs,
) -> Result<Page<Level>> {
    use inventory_levels as l;
    let tenant = db.tenant_id();
    let rows = l::table.filter(l::tenant_id.eq(tenant).and(l::location_id.eq(location))).into_boxed();
    let ids = keyset!(db, rows, args, "ITEM", l::item_id => i64, l::item_id);
    let wanted: Vec<i64> = ids.items.iter().map(|(_, item)| *item).collect();
    let levels = levels_of(db, &wanted).await?;
    let at: HashMap<i64, Level> = levels
        .iter()
        .filter(|row| row.location_id == location)
        .map(|row| (row.item_id, level(row)))
        .collect();
    let items = ids.items.into_iter().filter_map(|(cursor, item)| Some((cursor, *at.get(&item)?)));
    Ok(Page { items: items.collect(), has_next: ids.has_next, has_previous: ids.has_previous })
}

/// Adds items with their stock. Two statements.
pub(crate) async fn add(
    db: &mut TenantConn,
    product: i64,
    items: &[NewItem<'_>],
    now: DateTime<Utc>,
) -> Result<()> {
    use inventory_items as i;
    use inventory_levels as l;
    let tenant = db.tenant_id();
    let rows: Vec<_> = items
        .iter()
        .map(|item| {
            let of = (i::tenant_id.eq(tenant), i::product_id.eq(product), i::variant_id.eq(item.variant));
            let tracked = item.values.tracked.unwrap_or_default();
            let values = ItemValues { tracked: Some(tracked), ..item.values.clone() };
            (of.0, of.1, of.2, i::created_at.eq(now), i::updated_at.eq(now), values)
        })
        .collect();
    let added: Vec<(i64, i64)> = diesel::insert_into(i::table)
        .values(rows)
        .returning((i::variant_id, i::id))
        .get_results(db.conn())
        .await?;
    let item_of: HashMap<i64, i64> = added.into_iter().collect();
    let mut levels = vec![];
    for item in items {
        let Some(id) = item_of.get(&item.variant) else { continue };
        for (location, available) in item.stock {
            let key = (l::tenant_id.eq(tenant), l::item_id.eq(*id), l::location_id.eq(*location));
            levels.push((key.0, key.1, key.2, l::available.eq(*available), l::updated_at.eq(now)));
        }
    }
    if !levels.is_empty() {
        diesel::insert_into(l::table).values(levels).execute(db.conn()).await?;
    }
    Ok(())
}

/// Changes the item of a variant.
pub(crate) async fn update(
    db: &mut TenantConn,
    variant: i64,
    values: &ItemValues,
    now: DateTime<Utc>,
) -> Result<()> {
    use inventory_items as i;
    let tenant = db.tenant_id();
    diesel::update(i::table.filter(i::tenant_id.eq(tenant).and(i::variant_id.eq(variant))))
        .set((values, i::updated_at.eq(now)))
        .execute(db.conn())
        .await?;
    Ok(())
}
