//! Who asks, and of which store: from the Host header and the access token to a tenant and an actor.

use std::{net::IpAddr, sync::Arc};

use mcom_data::{Actor, Directory, Error, Result, Services, Tenant};
use mcom_store::{Api, tokens};

/// The parts of a request that say who asks.
#[derive(Debug, Clone, Copy)]
pub struct Credentials<'a> {
    /// The Host header.
    pub host: Option<&'a str>,
    /// The access token.
    pub token: Option<&'a str>,
}

/// Somebody with a valid token for an API of a store.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The store.
    pub tenant: Tenant,
    /// Who asks.
    pub actor: Actor,
}

/// Why nobody was recognized.
#[derive(Debug)]
pub enum Unknown {
    /// No store answers to this host.
    Store,
    /// No token was sent.
    TokenMissing,
    /// The token opens nothing here.
    TokenWrong,
    /// It could not be found out.
    Failed(Error),
}

/// Finds stores and recognizes callers.
pub struct Door<'a> {
    /// Where tokens are looked up.
    pub services: &'a Arc<Services>,
    /// Where hosts are looked up.
    pub directory: &'a Directory,
    /// The store that answers to bare addresses.
    pub default_store: Option<&'a str>,
}

impl Door<'_> {
    /// The caller behind `credentials`, if its token opens `api`.
    ///
    /// # Errors
    /// Why it does not.
    pub async fn recognize(&self, api: Api, credentials: Credentials<'_>) -> Result<Caller, Unknown> {
        let tenant = self.store(credentials.host.unwrap_or_default()).await.map_err(|error| match error {
            Error::NotFound(_) => Unknown::Store,
            error => Unknown::Failed(error),
        })?;
        let token = credentials.token.map(str::trim).filter(|token| !token.is_empty());
        let token = token.ok_or(Unknown::TokenMissing)?;
        match tokens::verify(self.services, &tenant, api, token).await {
            Ok(Some(actor)) => Ok(Caller { tenant, actor }),
            Ok(None) => Err(Unknown::TokenWrong),
            Err(error) => Err(Unknown::Failed(error)),
        }
    }

    /// The store that answers to a Host header.
    ///
    /// # Errors
    /// As [`Directory::resolve`].
    pub async fn store(&self, host: &str) -> Result<Tenant> {
        match self.default_store {
            Some(handle) if is_bare(host) => self.directory.by_handle(handle).await,
            _ => self.directory.resolve(host).await,
        }
    }
}

/// Whether a Host header names the machine and no store: an address, or `localhost`.
fn is_bare(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) && !name.ends_with(':') => name,
        _ => host,
    };
    let name = name.trim_start_matches('[').trim_end_matches(']');
    name.is_empty() || name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::is_bare;

    #[test]
    fn addresses_and_localhost_name_no_store() {
        for host in ["", "localhost", "LOCALHOST:8080", "127.0.0.1:8080", "10.0.0.1", "[::1]:8080", "[::1]"] {
            assert!(is_bare(host), "{host}");
        }
        for host in ["demo.localhost:8080", "shop.example", "localhost.example"] {
            assert!(!is_bare(host), "{host}");
        }
    }
}
