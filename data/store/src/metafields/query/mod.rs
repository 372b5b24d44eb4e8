//! SQL of metafields.

mod definition;
mod reference;
mod value;

pub(super) use definition::{define, definition, definitions, redefine, undefine};
pub(super) use reference::{existing, metaobject_kinds, products_of_images};
pub(super) use value::{delete, of_owners, public_by_ids, public_of_owners, put};
