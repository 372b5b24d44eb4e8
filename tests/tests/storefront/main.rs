//! The Storefront API, by document through the gateway: what a buyer browses, puts into a cart and orders.

mod browse;
mod budget;
mod cart;
mod node;
mod order;
mod plan;
mod stall;
