//! `bogus`, the payment provider for tests: a process of its own with its own ledger, so that everything that can happen between
//! two parties (silence, repetition, a crash of either) happens for real. No money moves.

mod card;
mod client;
mod ledger;
mod page;
mod server;

pub use client::Bogus;
pub use server::run;
