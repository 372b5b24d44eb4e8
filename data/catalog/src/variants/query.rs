//! SQL on variants.

mod read;
mod write;

pub(crate) use read::{ItemOf, items, of_product, of_products};
pub(super) use read::{details, for_sale, page, page_of_product, with_quantities};
pub(super) use write::set_quantities;
pub(crate) use write::{delete, insert, prune_values, update};
