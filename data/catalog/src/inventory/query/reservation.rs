//! Locking levels and moving pieces between their columns.

use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_types::{Array, BigInt, Bool, Integer, Nullable, Timestamptz},
};
use diesel_async::RunQueryDsl;
use mcom_data::{Error, Prepare, Result, TenantConn};
use mcom_schema::event::Event;
use serde_json::json;

use super::super::Source;

/// An item, and a level of it that is locked until the transaction ends, if it has one where the sale takes from.
#[derive(Debug, Clone, QueryableByName)]
pub(in super::super) struct Locked {
    #[diesel(sql_type = BigInt)]
    pub item_id: i64,
    /// Whether the item's stock is counted.
    #[diesel(sql_type = Bool)]
    pub tracked: bool,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub location_id: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub available: Option<i64>,
    #[diesel(sql_type = Nullable<Integer>)]
    pub position: Option<i32>,
}

/// Locks the levels of `items` at the active locations that a sale takes from. Answers with each level, and with items that have none.
pub(in super::super) async fn lock_shelves(
    db: &mut TenantConn,
    items: &[i64],
    source: Source,
) -> Result<Vec<Locked>> {
    let tenant = db.tenant_id();
    let only = match source {
        Source::Online => None,
        Source::Pickup(location) => Some(location.0),
    };
    let levels = diesel::sql_query(LOCK_SHELVES)
        .bind::<BigInt, _>(tenant)
        .bind::<Array<BigInt>, _>(items)
        .bind::<Nullable<BigInt>, _>(only)
        .prepared()
        .load(db.conn())
        .await?;
    Ok(levels)
}

// The lock is taken above the sort, so that rows are locked in this order.
const LOCK_SHELVES: &str = "with level as materialized (
        select l.item_id, l.location_id, l.available, p.position
        from inventory_levels l
        join locations p on p.tenant_id = l.tenant_id and p.id = l.location_id
        where l.tenant_id = $1 and l.item_id = any($2) and p.is_active
            and case when $3::bigint is null then p.fulfills_online_orders else p.pickup_enabled and p.id = $3 end
        order by l.item_id, l.location_id
        for update of l)
    select i.id as item_id, i.tracked, level.location_id, level.available, level.position
    from inventory_items i left join level on level.item_id = i.id
    where i.tenant_id = $1 and i.id = any($2)";

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
    /// Whether it changes how many can be bought.
    pub(in super::super) fn is_visible(self) -> bool {
        self.sign(Pile::Available) != 0
    }

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

/// Locks the levels, and moves the pieces between their columns; answers with each level that was there and had them. Only `available` may
/// fall below zero, which the caller has allowed by taking more than there is.
///
/// # Errors
/// `Conflict` if a level is there and does not have the pieces.
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
    let rows: Vec<ShiftedRow> = diesel::sql_query(SHIFT)
        .bind::<BigInt, _>(tenant)
        .bind::<Array<BigInt>, _>(items)
        .bind::<Array<BigInt>, _>(places)
        .bind::<Array<BigInt>, _>(quantities)
        .bind::<BigInt, _>(step.sign(Pile::Available))
        .bind::<BigInt, _>(step.sign(Pile::Reserved))
        .bind::<BigInt, _>(step.sign(Pile::Committed))
        .bind::<Timestamptz, _>(now)
        .prepared()
        .load(db.conn())
        .await?;
    rows.into_iter().map(|row| row.shifted.ok_or(Error::Conflict("stock"))).collect()
}

#[derive(QueryableByName)]
struct ShiftedRow {
    #[diesel(embed)]
    shifted: Option<Shifted>,
}

// Rows are locked in the order of their keys, whatever the order in which they are changed.
const SHIFT: &str = "with held as materialized (
        select l.item_id, l.location_id from inventory_levels l
        where l.tenant_id = $1 and l.item_id = any($2) and (l.item_id, l.location_id) in (select * from unnest($2, $3))
        order by l.item_id, l.location_id
        for update of l),
    shifted as (
        update inventory_levels l
        set available = l.available + t.quantity * $5, reserved = l.reserved + t.quantity * $6,
            committed = l.committed + t.quantity * $7, updated_at = $8
        from held join unnest($2, $3, $4) as t (item_id, location_id, quantity)
                on t.item_id = held.item_id and t.location_id = held.location_id
            join inventory_items i on i.tenant_id = $1 and i.id = t.item_id
        where l.tenant_id = $1 and l.item_id = held.item_id and l.location_id = held.location_id
            and l.reserved + t.quantity * $6 >= 0 and l.committed + t.quantity * $7 >= 0
        returning i.product_id, l.item_id, l.location_id, l.available,
            (l.available > 0) <> (l.available - t.quantity * $5 > 0) as turned)
    select shifted.* from held left join shifted on shifted.item_id = held.item_id and shifted.location_id = held.location_id";
