//! Locking levels and moving pieces between their columns.

use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_types::{Array, BigInt, Bool, Integer, Timestamptz},
};
use diesel_async::RunQueryDsl;
use mcom_data::{Result, TenantConn};
use mcom_schema::event::Event;
use mcom_tables::inventory_items;
use serde_json::json;

/// A level that is locked until the transaction ends.
#[derive(Debug, Clone, QueryableByName)]
pub(in super::super) struct Locked {
    #[diesel(sql_type = BigInt)]
    pub item_id: i64,
    #[diesel(sql_type = BigInt)]
    pub location_id: i64,
    #[diesel(sql_type = BigInt)]
    pub available: i64,
    #[diesel(sql_type = Integer)]
    pub position: i32,
}

/// Locks the levels of `items` at the active locations that fulfill online orders.
pub(in super::super) async fn lock_online(db: &mut TenantConn, items: &[i64]) -> Result<Vec<Locked>> {
    let tenant = db.tenant_id();
    let levels = diesel::sql_query(LOCK_ONLINE)
        .bind::<BigInt, _>(tenant)
        .bind::<Array<BigInt>, _>(items)
        .load(db.conn())
        .await?;
    Ok(levels)
}

// The lock is taken above the sort, so that rows are locked in this order.
const LOCK_ONLINE: &str = "select l.item_id, l.location_id, l.available, p.position
    from inventory_levels l
    join locations p on p.tenant_id = l.tenant_id and p.id = l.location_id
    where l.tenant_id = $1 and l.item_id = any($2) and p.is_active and p.fulfills_online_orders
    order by l.item_id, l.location_id
    for update of l";

/// Those of `items` whose stock is counted.
pub(in super::super) async fn tracked(db: &mut TenantConn, items: &[i64]) -> Result<Vec<i64>> {
    use inventory_items as i;
    let tenant = db.tenant_id();
    let ids = i::table
        .filter(i::tenant_id.eq(tenant).and(i::id.eq_any(items)).and(i::tracked))
        .select(i::id)
        .load(db.conn())
        .await?;
    Ok(ids)
}

/// Locks levels by item and location; answers with those that are there.
pub(in super::super) async fn lock(db: &mut TenantConn, keys: &[(i64, i64)]) -> Result<Vec<(i64, i64)>> {
    #[derive(QueryableByName)]
    struct Key {
        #[diesel(sql_type = BigInt)]
        item_id: i64,
        #[diesel(sql_type = BigInt)]
        location_id: i64,
    }
    let (items, places): (Vec<i64>, Vec<i64>) = keys.iter().copied().unzip();
    let tenant = db.tenant_id();
    let rows: Vec<Key> = diesel::sql_query(LOCK)
        .bind::<BigInt, _>(tenant)
        .bind::<Array<BigInt>, _>(items)
        .bind::<Array<BigInt>, _>(places)
        .load(db.conn())
        .await?;
    Ok(rows.into_iter().map(|key| (key.item_id, key.location_id)).collect())
}

const LOCK: &str = "select l.item_id, l.location_id from inventory_levels l
    where l.tenant_id = $1 and l.item_id = any($2)
        and (l.item_id, l.location_id) in (select * from unnest($2, $3))
    order by l.item_id, l.location_id
    for update of l";

/// The columns of a level between which pieces move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Pile {
    Available,
    Reserved,
    Committed,
}

/// From which column to which; `None` is outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Move {
    pub from: Option<Pile>,
    pub to: Option<Pile>,
}

impl Move {
    fn sign(self, pile: Pile) -> i64 {
        i64::from(self.to == Some(pile)) - i64::from(self.from == Some(pile))
    }
}

/// A level from or to which pieces moved.
#[derive(Debug, QueryableByName)]
pub(in super::super) struct Shifted {
    #[diesel(sql_type = BigInt)]
    pub product_id: i64,
    #[diesel(sql_type = BigInt)]
    item_id: i64,
    #[diesel(sql_type = BigInt)]
    location_id: i64,
    #[diesel(sql_type = BigInt)]
    available: i64,
    /// Some were available and now none are, or the other way round.
    #[diesel(sql_type = Bool)]
    pub turned: bool,
}

impl Shifted {
    /// The event that tells of the level's stock.
    pub(in super::super) fn told(&self) -> Event {
        let payload = json!({
            "inventory_item_id": self.item_id,
            "location_id": self.location_id,
            "available": self.available,
        });
        Event::new("inventory_levels/update", "inventory_item", self.item_id, &payload)
    }
}

/// Moves pieces; answers with each level that was there and had them. Only `available` may fall below zero,
/// which the caller has allowed by taking more than there is.
pub(in super::super) async fn shift(
    db: &mut TenantConn,
    now: DateTime<Utc>,
    pieces: &[((i64, i64), i64)],
    step: Move,
) -> Result<Vec<Shifted>> {
    let items: Vec<i64> = pieces.iter().map(|((item, _), _)| *item).collect();
    let places: Vec<i64> = pieces.iter().map(|((_, place), _)| *place).collect();
    let quantities: Vec<i64> = pieces.iter().map(|(_, quantity)| *quantity).collect();
    let tenant = db.tenant_id();
    let rows: Vec<Shifted> = diesel::sql_query(SHIFT)
        .bind::<BigInt, _>(tenant)
        .bind::<Array<BigInt>, _>(items)
        .bind::<Array<BigInt>, _>(places)
        .bind::<Array<BigInt>, _>(quantities)
        .bind::<BigInt, _>(step.sign(Pile::Available))
        .bind::<BigInt, _>(step.sign(Pile::Reserved))
        .bind::<BigInt, _>(step.sign(Pile::Committed))
        .bind::<Timestamptz, _>(now)
        .load(db.conn())
        .await?;
    Ok(rows)
}

const SHIFT: &str = "update inventory_levels l
    set available = l.available + t.quantity * $5, reserved = l.reserved + t.quantity * $6,
        committed = l.committed + t.quantity * $7, updated_at = $8
    from unnest($2, $3, $4) as t(item_id, location_id, quantity), inventory_items i
    where l.tenant_id = $1 and l.item_id = t.item_id and l.location_id = t.location_id
        and l.reserved + t.quantity * $6 >= 0 and l.committed + t.quantity * $7 >= 0
        and i.tenant_id = l.tenant_id and i.id = l.item_id
    returning i.product_id, l.item_id, l.location_id, l.available,
        (l.available > 0) <> (l.available - t.quantity * $5 > 0) as turned";
