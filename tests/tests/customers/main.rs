//! Customers with accounts, through the Storefront API and the mails they get.
#![expect(clippy::expect_used, reason = "a test that cannot be set up has failed")]

mod accounts;
mod addresses;
mod buying;
mod by_id;
mod counter;
mod demo;
mod mails;
mod pages;
mod passwords;
mod races;
mod sessions;
