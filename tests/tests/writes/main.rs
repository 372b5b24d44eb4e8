//! What one write holds: the change, its events, its audit row and what caches are told, all or nothing.
#![expect(clippy::unwrap_used, reason = "what cannot be done in a test has failed")]

mod commit;
mod encrypted;
mod load;
mod sql;
mod statements;
mod told;
