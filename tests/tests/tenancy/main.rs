//! The walls between stores: what the database says about them, and attempts to get past.
#![expect(clippy::unwrap_used, reason = "what cannot be done in a test has failed")]

mod cancel;
mod catalog;
mod digest;
mod directory;
mod graphql;
mod mutations;
mod roles;
mod rows;
mod verbs;
