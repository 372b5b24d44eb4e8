//! The sections of a store file, one file each.

pub mod blogs;
pub mod discounts;
pub mod gift_cards;
pub mod menus;
pub mod metafields;
pub mod metaobjects;
pub mod pages;
pub mod policies;
pub mod redirects;

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
