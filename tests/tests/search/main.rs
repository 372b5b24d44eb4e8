//! Search: one suite for all engines, and what a shop does with them.
#![expect(clippy::unwrap_used, reason = "what cannot be done in a test has failed")]

mod away;
mod chaos;
mod engine;
mod fair;
mod following;
mod narrowed;
mod shop;
mod texts;
