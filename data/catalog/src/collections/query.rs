//! SQL on collections.

mod members;
mod read;
mod write;

pub(super) use members::{
    add_members, count_of_product, has_rules, known_products, members, members_among, members_counts,
    memberships, of_product, products, products_among, remove_members, rule_set, rule_sets, subjects,
};
pub(super) use read::{count, details, id_by_handle, page, published_by_handle, published_count};
pub(super) use write::{delete, insert, lock, touch, update};
