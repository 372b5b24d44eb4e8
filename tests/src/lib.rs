//! What the tests of the whole system share: databases, stores with people in them, and the machinery they are run by.
#![expect(clippy::expect_used, reason = "a test that cannot be set up has failed")]

mod database;
pub mod deployment;
pub mod dice;
mod environment;
pub mod generate;
pub mod market;
pub mod process;
pub mod server;
pub mod shop;
pub mod till;

pub use database::Database;
pub use environment::{root, seeds};
pub use process::Answer;
pub use shop::Shop;
