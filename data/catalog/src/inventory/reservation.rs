//! Stock on its way through a sale: available → reserved → committed → gone, or back again.
//!
//! One lock order for everybody: levels by item, then by location, both ascending; a product's own row is never locked after a level.
//! Every change is conditional, and no stock row is held while the outside world is asked.

use std::collections::HashMap;

use mcom_data::{Change, Cx, Result, TenantConn, event};
use mcom_schema::id::{InventoryItemId, LocationId};
use serde::{Deserialize, Serialize};

use super::{
    allocate::{Shelf, allocate},
    query::{self, Locked, Move, Pile},
};

/// Pieces that a sale needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Want {
    /// Of what.
    pub item_id: InventoryItemId,
    /// How many; more than 0.
    pub quantity: i64,
    /// Sell even what is not there.
    pub allow_oversell: bool,
}

/// From where a sale takes pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The locations that fulfill online orders, in the merchant's order.
    Online,
    /// This one only: the buyer picks them up there.
    Pickup(LocationId),
}

/// Pieces that a sale has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// Of what.
    pub item_id: InventoryItemId,
    /// From where.
    pub location_id: LocationId,
    /// How many.
    pub quantity: i64,
}

impl Taken {
    fn level(&self) -> (i64, i64) {
        (self.item_id.0, self.location_id.0)
    }
}

/// There is not enough: nothing was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortage {
    /// The items that are short, with what is left of them.
    pub items: Vec<(InventoryItemId, i64)>,
}

/// Sets pieces from `source` aside for a sale: available → reserved, all or nothing. Items that are not tracked need none. Two statements.
///
/// # Errors
/// `Broken` if the database cannot be written. A [`Shortage`] is an answer, not an error.
pub async fn reserve(
    cx: &Cx,
    db: &mut TenantConn,
    wants: &[Want],
    source: Source,
) -> Result<Result<Vec<Taken>, Shortage>> {
    let wants = together(wants);
    let items: Vec<i64> = wants.iter().map(|want| want.item_id.0).collect();
    let locked = query::lock_shelves(db, &items, source).await?;
    let mut taken = vec![];
    let mut short = vec![];
    let is_tracked = |item: i64| locked.iter().any(|level| level.item_id == item && level.tracked);
    for want in wants.iter().filter(|want| is_tracked(want.item_id.0)) {
        let shelves = shelves(&locked, want.item_id);
        match allocate(&shelves, want.quantity, want.allow_oversell) {
            Some(parts) => taken.extend(parts.into_iter().map(|(location, quantity)| Taken {
                item_id: want.item_id,
                location_id: LocationId(location),
                quantity,
            })),
            // No location holds it, so there is nothing to count down.
            None if want.allow_oversell => {}
            None => short.push((want.item_id, shelves.iter().map(|shelf| shelf.available.max(0)).sum())),
        }
    }
    if !short.is_empty() {
        return Ok(Err(Shortage { items: short }));
    }
    shift(cx, db, &taken, Move { from: Some(Pile::Available), to: Some(Pile::Reserved) }).await?;
    Ok(Ok(taken))
}

/// The sale is made: reserved → committed. One statement.
///
/// # Errors
/// `Conflict` if the pieces are not reserved.
pub async fn claim(cx: &Cx, db: &mut TenantConn, taken: &[Taken]) -> Result<()> {
    shift(cx, db, taken, Move { from: Some(Pile::Reserved), to: Some(Pile::Committed) }).await
}

/// The sale is not made: reserved → available. One statement.
///
/// # Errors
/// `Conflict` if the pieces are not reserved.
pub async fn release(cx: &Cx, db: &mut TenantConn, taken: &[Taken]) -> Result<()> {
    shift(cx, db, taken, Move { from: Some(Pile::Reserved), to: Some(Pile::Available) }).await
}

/// The sale is undone and the pieces are for sale again: committed → available. One statement.
///
/// # Errors
/// `Conflict` if the pieces are not committed.
pub async fn restock(cx: &Cx, db: &mut TenantConn, taken: &[Taken]) -> Result<()> {
    shift(cx, db, taken, Move { from: Some(Pile::Committed), to: Some(Pile::Available) }).await
}

/// The pieces have left the house, or are lost: committed → gone. One statement.
///
/// # Errors
/// `Conflict` if the pieces are not committed.
pub async fn uncommit(cx: &Cx, db: &mut TenantConn, taken: &[Taken]) -> Result<()> {
    shift(cx, db, taken, Move { from: Some(Pile::Committed), to: None }).await
}

/// Where pieces of an item are, in the merchant's order of the locations.
fn shelves(locked: &[Locked], item: InventoryItemId) -> Vec<Shelf> {
    let mut levels: Vec<&Locked> = locked.iter().filter(|level| level.item_id == item.0).collect();
    levels.sort_by_key(|level| (level.position, level.location_id));
    let shelf = |level: &Locked| Some(Shelf { location: level.location_id?, available: level.available? });
    levels.into_iter().filter_map(shelf).collect()
}

/// Moves pieces, and tells of products of which more or less can be bought now. What sold out, or is there again, is an event: whoever shows
/// what can be bought has to hear of it, but not of every piece. A product that was deleted meanwhile has no stock that could be wrong.
async fn shift(cx: &Cx, db: &mut TenantConn, taken: &[Taken], step: Move) -> Result<()> {
    if taken.is_empty() {
        return Ok(());
    }
    let shifted = query::shift(db, cx.now(), &sums(taken), step).await?;
    if step.is_visible() {
        shifted.iter().for_each(|level| db.changed(Change::Stock(level.product_id)));
    }
    let turned: Vec<_> = shifted.iter().filter(|level| level.turned).map(|level| level.told()).collect();
    if !turned.is_empty() {
        event::emit_all(cx, db, turned).await?;
    }
    Ok(())
}

/// One want per item, in the order of the locks: a sale may name an item in several lines.
fn together(wants: &[Want]) -> Vec<Want> {
    let mut by_item: HashMap<InventoryItemId, Want> = HashMap::new();
    for want in wants.iter().filter(|want| want.quantity > 0) {
        let sum = by_item.entry(want.item_id).or_insert(Want { quantity: 0, ..*want });
        sum.quantity += want.quantity;
        sum.allow_oversell &= want.allow_oversell;
    }
    let mut wants: Vec<Want> = by_item.into_values().collect();
    wants.sort_by_key(|want| want.item_id);
    wants
}

/// Pieces by level, in the order of the locks.
fn sums(taken: &[Taken]) -> Vec<((i64, i64), i64)> {
    let mut by_level: HashMap<(i64, i64), i64> = HashMap::new();
    for part in taken {
        *by_level.entry(part.level()).or_default() += part.quantity;
    }
    let mut sums: Vec<_> = by_level.into_iter().collect();
    sums.sort_unstable();
    sums
}

#[cfg(test)]
mod tests {
    use mcom_schema::id::InventoryItemId;

    use super::{Want, together};

    #[test]
    fn lines_with_the_same_item_are_one_want_in_lock_order() {
        let want =
            |id, quantity, allow_oversell| Want { item_id: InventoryItemId(id), quantity, allow_oversell };
        let wants = together(&[want(9, 1, true), want(2, 3, false), want(9, 2, true), want(1, 0, true)]);
        assert_eq!(wants, [want(2, 3, false), want(9, 3, true)]);
    }
}
