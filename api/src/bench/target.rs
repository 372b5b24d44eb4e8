//! Where buyers send their requests.

use std::{net::SocketAddr, sync::Arc};

/// One API of one store at one address.
#[derive(Debug, Clone)]
pub(super) struct Target {
    /// Where the server listens.
    pub address: SocketAddr,
    /// The path of the API.
    pub path: &'static str,
    /// The store's host.
    pub host: Arc<str>,
    /// Name of the header that carries the token.
    pub header: &'static str,
    /// Tokens, which connections take in turn: limits are per token.
    pub tokens: Arc<[String]>,
}

impl Target {
    /// Request line (without its method) and headers of a connection.
    pub fn head(&self, number: usize) -> String {
        let token = self.tokens.get(number % self.tokens.len().max(1)).map_or("", String::as_str);
        format!(
            "{} HTTP/1.1\r\nhost: {}\r\n{}: {token}\r\ncontent-type: application/json\r\naccept: application/json\r\n",
            self.path, self.host, self.header
        )
    }
}

/// Everything that a crew of buyers talks to.
#[derive(Debug, Clone)]
pub(super) struct Targets {
    /// What buyers ask.
    pub storefront: Target,
    /// What the merchant writes to.
    pub admin: Target,
    /// A card that the payment provider has taken down; every buyer pays with it.
    pub session: String,
}
