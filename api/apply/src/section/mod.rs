//! The sections of a store file, one file each.

pub mod blogs;
pub mod bundles;
pub mod categories;
pub mod collections;
pub mod discounts;
pub mod files;
pub mod gift_cards;
pub mod locations;
pub mod markets;
pub mod menus;
pub mod metafields;
pub mod metaobjects;
pub mod pages;
pub mod policies;
pub mod quantities;
pub mod redirects;
pub mod selling_plans;
pub mod shop;
pub mod storefront;
pub mod swatches;
pub mod taxes;
pub mod translations;

use chrono::{DateTime, Utc};

/// When something is published: as the file says, or since it was first.
fn published_at(
    published: bool,
    said: Option<DateTime<Utc>>,
    before: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    if published { said.or(before).or(Some(now)) } else { None }
}
