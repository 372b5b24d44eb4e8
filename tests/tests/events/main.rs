//! From what happened to those who hear of it: every event once, in order, whoever dies on the way.
#![expect(clippy::unwrap_used, reason = "what cannot be done in a test has failed")]

mod delivery;
mod failure;
mod sales;
mod storm;
mod workers;
