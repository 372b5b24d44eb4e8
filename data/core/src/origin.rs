//! Origins: scheme, host and port by which a store is reached from outside.

use std::{fmt, net::IpAddr, sync::Arc};

use crate::Tenant;

/// Such as `https://mugs.example` or `http://demo.localhost:8080`: what comes before the path of an address.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Origin(Arc<str>);

impl Origin {
    /// The origin of a Host header: plain HTTP for names and addresses of single machines, TLS for all others.
    /// `None` for text that is no host.
    pub fn of_host(host: &str) -> Option<Self> {
        let is_host = (1..=255).contains(&host.len())
            && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._:[]".contains(&b));
        let scheme = if is_local(host_name(host)) { "http" } else { "https" };
        is_host.then(|| Origin(format!("{scheme}://{}", host.to_ascii_lowercase()).into()))
    }

    /// The origin of a Host header that came over TLS. `None` for text that is no host.
    pub fn over_tls(host: &str) -> Option<Self> {
        Origin::of_host(host)?;
        Some(Origin(format!("https://{}", host.to_ascii_lowercase()).into()))
    }

    /// The origin of a Host header as the world sees it through a proxy: `pattern`, such as `https://{host}:8443`, with
    /// the host's name in place of `{host}`. `None` for text that is no host.
    pub fn through(pattern: &str, host: &str) -> Option<Self> {
        Origin::of_host(host)?;
        let told = pattern.replace("{host}", host_name(host));
        Some(Origin(told.trim_end_matches('/').to_ascii_lowercase().into()))
    }

    /// The origin of the store's primary domain.
    pub fn of_store(tenant: &Tenant) -> Self {
        Origin::of_host(tenant.host()).unwrap_or_else(|| Origin("http://localhost".into()))
    }

    /// Whether nothing is encrypted on the way: so it is with single machines only.
    pub fn is_plain(&self) -> bool {
        self.0.starts_with("http://")
    }

    /// The address of a path, which is given without a slash at its start.
    pub fn url(&self, path: &str) -> String {
        format!("{self}/{path}")
    }

    /// The address of something that is either a path from here, with a slash at its start, or anywhere.
    pub fn absolute(&self, address: &str) -> String {
        if address.starts_with('/') { format!("{self}{address}") } else { address.to_owned() }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn host_name(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) && !name.ends_with(':') => name,
        _ => host,
    }
}

/// Whether nobody but a machine's own network calls it so: certificates are given for domains.
fn is_local(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    bare == "localhost" || bare.ends_with(".localhost") || bare.parse::<IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::Origin;

    fn told(origin: Option<Origin>) -> String {
        origin.map(|origin| origin.to_string()).unwrap_or_default()
    }

    #[test]
    fn domains_are_reached_over_tls_and_machines_are_not() {
        for (host, origin) in [
            ("Demo.localhost:8080", "http://demo.localhost:8080"),
            ("127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("[::1]:8080", "http://[::1]:8080"),
            ("mugs.example", "https://mugs.example"),
            ("mugs.example:8443", "https://mugs.example:8443"),
        ] {
            assert_eq!(told(Origin::of_host(host)), origin);
        }
    }

    #[test]
    fn who_came_over_tls_is_led_back_over_tls() {
        for (host, origin) in [
            ("127.0.0.1:8443", "https://127.0.0.1:8443"),
            ("mugs.example", "https://mugs.example"),
            ("a b", ""),
        ] {
            assert_eq!(told(Origin::over_tls(host)), origin);
        }
    }

    #[test]
    fn what_is_no_host_gives_no_origin() {
        for host in ["", "a b", "a/b", "<script>", "user@mugs.example"] {
            assert_eq!(Origin::of_host(host), None, "{host}");
        }
    }

    #[test]
    fn behind_a_proxy_the_pattern_counts() {
        assert_eq!(
            told(Origin::through("https://{host}/", "demo.shops.example:8080")),
            "https://demo.shops.example"
        );
        assert_eq!(
            told(Origin::through("https://one.example:8443", "10.0.0.7:80")),
            "https://one.example:8443"
        );
        assert_eq!(Origin::through("https://{host}", "a b"), None);
    }
}
