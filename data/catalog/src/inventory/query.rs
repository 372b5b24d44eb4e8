//! SQL on stock.

mod items;
mod levels;
mod locations;
mod pickup;
mod reservation;

pub(crate) use items::{add as add_items, update as update_item};
pub(super) use items::{item_details, items_page, levels_page};
pub(crate) use levels::{Setting, State, Why, apply, note, states};
pub(super) use locations::{by_ids as locations_by_ids, page as locations_page};
pub(crate) use locations::{known as known_locations, main as main_location};
pub(super) use pickup::pickup_stock;
pub(super) use reservation::{Locked, Move, Pile, lock_shelves, shift};
