//! Stock: items at locations, changed by people with a reason, and reserved, claimed or released by sales.

mod allocate;
mod change;
mod input;
mod items;
mod locations;
mod pickup;
pub(crate) mod query;
mod reservation;
mod row;

pub use change::{Adjustment, LevelChange, adjust_quantities, set_quantities};
pub use input::{
    InventoryAdjustQuantitiesInput, InventoryChangeInput, InventoryQuantityInput, InventorySetQuantitiesInput,
};
pub use items::{InventoryItem, ItemById, ItemList, Level, items, items_page, levels_page};
pub use locations::{Location, LocationById, LocationList, locations, locations_page};
pub use pickup::{PickupStock, PickupStockOf, pickup_stock};
pub use reservation::{Shortage, Source, Taken, Want, claim, release, reserve, restock, uncommit};
pub(crate) use row::{ItemValues, NewItem};
