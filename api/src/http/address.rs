//! Where a request comes from: what counts tries per buyer has to know it, and nobody may choose it.

use std::net::IpAddr;

use poem::Request;

/// The address of the buyer. A server that asks for its buyers names them, if it shows the private token; a proxy, if one stands in between,
/// names who asked it; all others are who they are.
pub(super) fn of(request: &Request, is_behind_proxy: bool) -> Option<IpAddr> {
    let named = match request.header("shopify-storefront-private-token") {
        Some(_) => request.header("shopify-storefront-buyer-ip"),
        None => None,
    };
    // A proxy adds what it sees at the end; what comes before it anybody may have written.
    let told =
        request.header("x-forwarded-for").filter(|_| is_behind_proxy).and_then(|all| all.rsplit(',').next());
    let read = |text: &str| text.trim().parse().ok();
    let peer = || request.remote_addr().as_socket_addr().map(|address| address.ip());
    named.and_then(read).or_else(|| told.and_then(read)).or_else(peer)
}

#[cfg(test)]
mod tests {
    use poem::Request;

    use super::of;

    fn told(headers: &[(&'static str, &'static str)], is_behind_proxy: bool) -> String {
        let add = |request: poem::RequestBuilder, (name, value): &(&'static str, &'static str)| {
            request.header(*name, *value)
        };
        let request = headers.iter().fold(Request::builder(), add).finish();
        of(&request, is_behind_proxy).map(|address| address.to_string()).unwrap_or_default()
    }

    #[test]
    fn nobody_chooses_where_they_ask_from() {
        let buyer = ("shopify-storefront-buyer-ip", "192.0.2.1");
        let forwarded = ("x-forwarded-for", "192.0.2.66, 192.0.2.2");
        assert_eq!(told(&[buyer], false), "");
        assert_eq!(told(&[buyer, ("shopify-storefront-private-token", "x")], false), "192.0.2.1");
        assert_eq!(told(&[forwarded], false), "");
        assert_eq!(told(&[forwarded], true), "192.0.2.2");
        assert_eq!(told(&[("x-forwarded-for", "nonsense")], true), "");
    }
}
