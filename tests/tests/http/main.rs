//! The HTTP side: who is let in, what is read, how it is refused, and that a mutation with a key happens once.
#![expect(clippy::expect_used, reason = "a test that cannot be set up has failed")]

mod callers;
mod hosted;
mod idempotency;
mod operations;
mod requests;
mod throttle;
mod tls;

use mcom_tests::{Shop, server::Server};

/// A server in front of a new store.
async fn server() -> Server {
    Server::open(Shop::open().await).await
}
