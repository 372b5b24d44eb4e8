//! SQL on products.

mod option;
mod read;
mod swatch;
mod write;

pub(super) use option::{of_option_values, of_options};
pub(super) use read::{categories, count, page, taken_handles};
pub(crate) use read::{details, id_by_handle, last_image};
pub(super) use swatch::swatches;
pub(crate) use write::{NewMedia, add_media, add_options, add_values, insert, lock, touch, update};
pub(super) use write::{delete, paint_value, rename_option};
