//! Many products at once: whole products as drafts, written with a dozen statements however many they are.

mod draft;
mod insert;
mod query;

pub(crate) use draft::{Draft, DraftImage, DraftVariant};
pub(crate) use insert::{Place, insert, place};
