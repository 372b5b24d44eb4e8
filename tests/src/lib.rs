//! What the tests of the whole system share: databases, stores with people in them, and the machinery they are run by.
#![expect(clippy::expect_used, reason = "a test that cannot be set up has failed")]

pub mod balancer;
pub mod books;
pub mod cluster;
mod database;
pub mod demo;
pub mod deployment;
pub mod dice;
mod environment;
pub mod fault;
pub mod generate;
pub mod hearer;
pub mod market;
pub mod mirror;
pub mod process;
pub mod redis;
pub mod server;
pub mod shop;
pub mod till;
pub mod wire;

pub use database::Database;
pub use environment::{chosen_seeds, required, root, seeds, variable};
pub use process::Answer;
pub use shop::Shop;
