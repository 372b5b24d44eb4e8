//! Selling: carts, their checkout to a paid order, payments, orders and the customers who placed them.

mod address;
pub mod carts;
pub mod checkout;
pub mod customers;
pub mod orders;
pub mod payments;
pub mod statistics;
mod terms;

pub use address::Address;
