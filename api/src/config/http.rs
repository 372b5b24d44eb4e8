//! Who is served, and how.

use std::{net::SocketAddr, time::Duration};

use super::{Environment, Invalid};

/// The HTTP side of a serving process.
#[derive(Debug, Clone)]
pub struct HttpConfig {
    /// `MCOM_LISTEN`: address and port to listen on; `--listen` comes first.
    /// Default: 127.0.0.1:8080
    pub listen: SocketAddr,
    /// `MCOM_BASE_DOMAIN`: stores answer at `{handle}.{base domain}`, besides `{handle}.localhost` and their own domains.
    /// Default: localhost
    pub base_domain: String,
    /// `MCOM_DEFAULT_STORE`: handle of the store that answers when the Host header is an address or `localhost`. Default: none.
    /// Example: demo
    pub default_store: Option<String>,
    /// `MCOM_REQUEST_MS`: how long one request may take, in milliseconds.
    /// Default: 30000
    pub request_timeout: Duration,
    /// `MCOM_DRAIN_MS`: how long requests under way may go on after the process was told to stop, in milliseconds.
    /// Default: 20000
    pub drain: Duration,
}

impl HttpConfig {
    /// Reads the variables.
    ///
    /// # Errors
    /// Names the variable that is wrong.
    pub fn from_env(env: &Environment) -> Result<Self, Invalid> {
        Ok(HttpConfig {
            listen: env.value("MCOM_LISTEN", SocketAddr::from(([127, 0, 0, 1], 8080)))?,
            base_domain: env.text("MCOM_BASE_DOMAIN").unwrap_or_else(|| "localhost".to_owned()),
            default_store: env.text("MCOM_DEFAULT_STORE"),
            request_timeout: Duration::from_millis(env.value("MCOM_REQUEST_MS", 30_000)?),
            drain: Duration::from_millis(env.value("MCOM_DRAIN_MS", 20_000)?),
        })
    }
}
