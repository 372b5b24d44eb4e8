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
    /// `MCOM_PUBLIC_URL`: how buyers reach the stores where a proxy stands in between; `{host}` is replaced by the name of the host
    /// that was asked. Addresses in answers begin with it. Without it they begin with the Host header: over TLS, but for addresses
    /// and names of single machines.
    /// Default: none.
    /// Example: https://{host}
    pub public_url: Option<String>,
    /// `MCOM_REQUEST_MS`: how long one request may take, in milliseconds.
    /// Default: 30000
    pub request_timeout: Duration,
    /// `MCOM_DRAIN_NOTICE_MS`: how long a process that was told to stop goes on listening, in milliseconds, while `/readyz` says that
    /// it is about to stop. Longer than balancers take to notice.
    /// Default: 1000
    pub notice: Duration,
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
            public_url: public_url(env)?,
            request_timeout: Duration::from_millis(env.value("MCOM_REQUEST_MS", 30_000)?),
            notice: Duration::from_millis(env.value("MCOM_DRAIN_NOTICE_MS", 1_000)?),
            drain: Duration::from_millis(env.value("MCOM_DRAIN_MS", 20_000)?),
        })
    }
}

fn public_url(env: &Environment) -> Result<Option<String>, Invalid> {
    let name = "MCOM_PUBLIC_URL";
    let Some(url) = env.text(name) else { return Ok(None) };
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    match rest.map(|rest| rest.trim_end_matches('/')) {
        Some(host) if !host.is_empty() && !host.contains(['/', '?', '#']) => Ok(Some(url)),
        _ => {
            let problem =
                format!("is «{url}»: it must be like https://{{host}} or https://shop.example:8443");
            Err(Invalid { name, problem })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Environment, HttpConfig};

    fn public_url(text: &str) -> Result<Option<String>, String> {
        let config = HttpConfig::from_env(&Environment::from_iter([("MCOM_PUBLIC_URL", text)]));
        config.map(|config| config.public_url).map_err(|invalid| invalid.to_string())
    }

    #[test]
    fn a_public_address_has_a_scheme_and_no_path() {
        assert_eq!(public_url(""), Ok(None));
        assert_eq!(public_url("https://{host}"), Ok(Some("https://{host}".to_owned())));
        for wrong in ["shop.example", "https://", "https://shop.example/path", "ftp://shop.example"] {
            assert!(public_url(wrong).is_err_and(|why| why.starts_with("MCOM_PUBLIC_URL")), "{wrong}");
        }
    }
}
