//! Stock: what is where, and how much of it.

mod change;
mod item;
mod level;
mod list;

use mcom_kit::Registry;

pub(crate) use item::InventoryItem;
pub(crate) use level::{InventoryLevel, InventoryLevelConnection};
pub(crate) use list::{find, level, level_by_id};

pub(crate) fn register(registry: &mut Registry) {
    item::register(registry);
    level::register(registry);
    list::register(registry);
    change::register(registry);
}
