//! Roles in processes of their own: they answer as one process does, to the last byte, and believe only gateways that prove to be one.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "what cannot be done in a test has failed")]

mod market;
mod refusal;
mod store;
mod suite;
