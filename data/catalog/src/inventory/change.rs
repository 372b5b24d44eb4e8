//! Stock changed by people and apps, with a reason.

use chrono::{DateTime, Utc};
use mcom_data::{Change, Cx, Error, Result, TenantConn, event};
use mcom_schema::{
    Refusal, Scope,
    event::Event,
    id::{InventoryItemId, LocationId},
    refuse,
};
use serde_json::json;

use super::{
    InventoryAdjustQuantitiesInput, InventorySetQuantitiesInput,
    query::{self, Setting, State, Why},
};

/// Reasons of the published list.
const REASONS: [&str; 15] = [
    "correction",
    "cycle_count_available",
    "damaged",
    "movement_canceled",
    "movement_created",
    "movement_received",
    "movement_updated",
    "other",
    "promotion",
    "quality_control",
    "received",
    "reservation_created",
    "reservation_deleted",
    "restock",
    "shrinkage",
];

/// Quantities stay in this range.
const LARGEST: i64 = 1_000_000_000;

/// What a change of stock did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjustment {
    /// The number of its first entry in the book of movements.
    pub id: i64,
    /// When.
    pub created_at: DateTime<Utc>,
    /// Why.
    pub reason: String,
    /// What it was decided by, as a URI.
    pub reference_document_uri: Option<String>,
    /// What changed: `available`, and with it `on_hand`. Levels that kept their quantity are left out.
    pub changes: Vec<LevelChange>,
}

/// A quantity that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelChange {
    /// Of what.
    pub item_id: InventoryItemId,
    /// Where.
    pub location_id: LocationId,
    /// Which quantity.
    pub name: &'static str,
    /// By how much.
    pub delta: i64,
    /// What it is now.
    pub quantity_after_change: i64,
}

/// One wish, whichever mutation it came by.
struct Wish {
    path: [String; 2],
    item: i64,
    location: i64,
    expected: Option<i64>,
    to: Target,
}

impl Wish {
    fn level(&self) -> (i64, i64) {
        (self.item, self.location)
    }
}

enum Target {
    Quantity(i64),
    Delta(i64),
}

/// Which column a change is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Name {
    Available,
    OnHand,
}

/// Sets quantities, all or none.
///
/// # Errors
/// `Forbidden` without `write_inventory`; refuses unknown items, locations, names and reasons, quantities out of range, and
/// those that are not what they were expected to be.
pub async fn set_quantities(cx: &Cx, input: &InventorySetQuantitiesInput) -> Result<Adjustment> {
    let name = match input.name.as_str() {
        "available" => Name::Available,
        "on_hand" => Name::OnHand,
        _ => {
            return Err(refuse(
                "input.name",
                "INVALID_NAME",
                "The quantity name must be available or on_hand",
            )
            .into());
        }
    };
    let wish = |(index, entry): (usize, &super::InventoryQuantityInput)| Wish {
        path: ["quantities".to_owned(), index.to_string()],
        item: entry.inventory_item_id.0,
        location: entry.location_id.0,
        expected: entry.change_from_quantity,
        to: Target::Quantity(entry.quantity),
    };
    let wishes: Vec<Wish> = input.quantities.iter().enumerate().map(wish).collect();
    change(
        cx,
        "inventory_set_quantities",
        (name, &input.reason, input.reference_document_uri.as_deref()),
        &wishes,
    )
    .await
}

/// Adds to quantities or takes from them, all or none.
///
/// # Errors
/// As [`set_quantities`].
pub async fn adjust_quantities(cx: &Cx, input: &InventoryAdjustQuantitiesInput) -> Result<Adjustment> {
    if input.name != "available" {
        let only = "The only quantity that can be adjusted is available";
        return Err(refuse("input.name", "INVALID_QUANTITY_NAME", only).into());
    }
    let wish = |(index, entry): (usize, &super::InventoryChangeInput)| Wish {
        path: ["changes".to_owned(), index.to_string()],
        item: entry.inventory_item_id.0,
        location: entry.location_id.0,
        expected: entry.change_from_quantity,
        to: Target::Delta(entry.delta),
    };
    let wishes: Vec<Wish> = input.changes.iter().enumerate().map(wish).collect();
    let why = (Name::Available, input.reason.as_str(), input.reference_document_uri.as_deref());
    change(cx, "inventory_adjust_quantities", why, &wishes).await
}

async fn change(
    cx: &Cx,
    verb: &'static str,
    (name, reason, reference): (Name, &str, Option<&str>),
    wishes: &[Wish],
) -> Result<Adjustment> {
    cx.require(Scope::WriteInventory)?;
    if !REASONS.contains(&reason) {
        return Err(
            refuse("input.reason", "INVALID_REASON", "The reason is not one of the known ones").into()
        );
    }
    let now = cx.now();
    let actor = cx.actor().to_string();
    cx.write(verb, async |db| {
        let keys: Vec<(i64, i64)> = wishes.iter().map(|wish| (wish.item, wish.location)).collect();
        let states = query::states(db, &keys, now).await?;
        let (settings, changes) = decide(wishes, &states, name).map_err(Error::Refused)?;
        let why = Why { name: "available", reason, reference, actor: &actor };
        let id = match settings.as_slice() {
            [] => 0,
            settings => {
                query::apply(db, settings, now).await?;
                query::note(db, settings, &why, now).await?
            }
        };
        tell(cx, db, &changes).await?;
        Ok(Adjustment {
            id,
            created_at: now,
            reason: reason.to_owned(),
            reference_document_uri: reference.map(str::to_owned),
            changes: changes.into_iter().flat_map(|(_, changes)| changes).collect(),
        })
    })
    .await
}

type Changes = Vec<(State, [LevelChange; 2])>;

/// What is to be done for `wishes`, or all that is wrong with them.
fn decide(wishes: &[Wish], states: &[State], name: Name) -> Result<(Vec<Setting>, Changes), Vec<Refusal>> {
    let mut refusals = vec![];
    let mut settings = vec![];
    let mut changes = vec![];
    for (index, wish) in wishes.iter().enumerate() {
        let repeated = wishes[..index].iter().any(|other| other.level() == wish.level());
        let decided =
            if repeated { Err(twice()) } else { find(wish, states).and_then(|state| one(wish, state, name)) };
        match decided {
            Ok((_, 0)) => {}
            Ok((state, delta)) => {
                settings.push(Setting { item: wish.item, location: wish.location, delta });
                let told = told(&state, delta);
                changes.push((state, told));
            }
            Err(refusal) => refusals.push(refusal.under(wish.path.clone()).under(["input"])),
        }
    }
    if refusals.is_empty() { Ok((settings, changes)) } else { Err(refusals) }
}

fn twice() -> Refusal {
    let message = "The combination of inventory item and location must be unique";
    refuse("", "NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR", message)
}

fn find<'s>(wish: &Wish, states: &'s [State]) -> Result<&'s State, Refusal> {
    let unknown = "The inventory item or the location could not be found";
    let found = states.iter().find(|state| (state.item_id, state.location_id) == wish.level());
    found.ok_or_else(|| refuse("inventoryItemId", "INVALID_INVENTORY_ITEM", unknown))
}

/// The level after `wish`, and by how much it changed.
fn one(wish: &Wish, state: &State, name: Name) -> Result<(State, i64), Refusal> {
    let before = if name == Name::OnHand { state.on_hand } else { state.available };
    if wish.expected.is_some_and(|expected| expected != before) {
        let stale = format!("The quantity is {before} and not what was expected");
        return Err(refuse("changeFromQuantity", "CHANGE_FROM_QUANTITY_STALE", stale));
    }
    let (field, after) = match wish.to {
        Target::Quantity(quantity) => ("quantity", quantity),
        Target::Delta(delta) => ("delta", before.saturating_add(delta)),
    };
    match after {
        after if after > LARGEST => {
            Err(refuse(field, "INVALID_QUANTITY_TOO_HIGH", "The quantity is too high"))
        }
        after if after < -LARGEST => {
            Err(refuse(field, "INVALID_QUANTITY_TOO_LOW", "The quantity is too low"))
        }
        after if after < 0 && name == Name::OnHand => {
            Err(refuse(field, "INVALID_QUANTITY_NEGATIVE", "The quantity on hand can't be negative"))
        }
        after => {
            let delta = after - before;
            let (available, on_hand) = (state.available + delta, state.on_hand + delta);
            Ok((State { available, on_hand, ..state.clone() }, delta))
        }
    }
}

fn told(state: &State, delta: i64) -> [LevelChange; 2] {
    let change = |name, quantity_after_change| LevelChange {
        item_id: InventoryItemId(state.item_id),
        location_id: LocationId(state.location_id),
        name,
        delta,
        quantity_after_change,
    };
    [change("available", state.available), change("on_hand", state.on_hand)]
}

async fn tell(cx: &Cx, db: &mut TenantConn, changes: &Changes) -> Result<()> {
    for (state, _) in changes {
        let payload = json!({
            "inventory_item_id": state.item_id,
            "location_id": state.location_id,
            "available": state.available,
        });
        let event = Event::new("inventory_levels/update", "inventory_item", state.item_id, &payload);
        event::emit(cx, db, event).await?;
        db.changed(Change::Stock(state.product_id));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Name, State, Target, Wish, decide};

    fn wish(item: i64, expected: Option<i64>, to: Target) -> Wish {
        Wish { path: ["quantities".into(), "0".into()], item, location: 1, expected, to }
    }

    fn state() -> State {
        State { item_id: 5, product_id: 9, location_id: 1, available: 3, on_hand: 10 }
    }

    #[test]
    fn what_is_on_hand_is_set_by_changing_what_is_available() {
        let (settings, changes) =
            decide(&[wish(5, None, Target::Quantity(8))], &[state()], Name::OnHand).unwrap();
        assert_eq!(settings[0].delta, -2);
        assert_eq!(changes[0].1.each_ref().map(|change| change.quantity_after_change), [1, 8]);
    }

    #[test]
    fn nothing_happens_for_the_quantity_that_is_there() {
        let (settings, _) =
            decide(&[wish(5, Some(3), Target::Quantity(3))], &[state()], Name::Available).unwrap();
        assert!(settings.is_empty());
    }

    #[test]
    fn stale_unknown_repeated_and_extreme_wishes_are_refused() {
        for (wishes, code) in [
            (vec![wish(5, Some(4), Target::Delta(1))], "CHANGE_FROM_QUANTITY_STALE"),
            (vec![wish(6, None, Target::Delta(1))], "INVALID_INVENTORY_ITEM"),
            (vec![wish(5, None, Target::Delta(i64::MAX))], "INVALID_QUANTITY_TOO_HIGH"),
            (
                vec![wish(5, None, Target::Delta(1)), wish(5, None, Target::Delta(1))],
                "NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR",
            ),
        ] {
            let refusals = decide(&wishes, &[state()], Name::Available).unwrap_err();
            assert_eq!(refusals[0].code, code);
        }
    }
}
