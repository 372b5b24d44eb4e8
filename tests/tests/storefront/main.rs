//! The Storefront API, by document through the gateway: what a buyer browses, puts into a cart and orders.
#![expect(clippy::expect_used, reason = "a test that cannot be set up has failed")]

mod benchmark;
mod browse;
mod budget;
mod bundles;
mod cart;
mod contract;
mod destination;
mod fuzz;
mod nested;
mod node;
mod notes;
mod order;
mod pickup;
mod plan;
mod stall;
