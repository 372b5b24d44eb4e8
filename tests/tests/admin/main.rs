//! The Admin API, by document over HTTP: what merchants and their apps may do, and what comes of it.
#![expect(clippy::expect_used, reason = "a test that cannot be set up has failed")]

mod back_office;
mod budget;
mod bundles;
mod callers;
mod catalog;
mod collections;
mod finding;
mod orders;
mod stock;
