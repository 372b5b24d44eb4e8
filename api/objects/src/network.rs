//! Which addresses may be asked for a picture: those of the public network. What a merchant names must not lead into our own.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::{
    Url,
    dns::{Addrs, Name, Resolve, Resolving},
};

/// The public network, and addresses that are reachable although they are not public.
#[derive(Debug, Clone, Default)]
pub struct Network {
    also: Vec<IpAddr>,
    is_closed: bool,
}

impl Network {
    /// The public network and these addresses.
    pub fn with(also: Vec<IpAddr>) -> Self {
        Network { also, is_closed: false }
    }

    /// No address at all.
    pub fn nothing() -> Self {
        Network { also: vec![], is_closed: true }
    }

    /// Whether an address may be asked.
    pub fn reaches(&self, address: IpAddr) -> bool {
        !self.is_closed && (self.also.contains(&address) || is_public(address))
    }

    /// Whether a URL may be asked as far as it can be told before its name is looked up.
    ///
    /// # Errors
    /// Why it may not.
    pub fn admits(&self, url: &Url) -> Result<(), String> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(format!("{}: is not for the web", url.scheme()));
        }
        let host = url.host_str().unwrap_or_default();
        match host.trim_start_matches('[').trim_end_matches(']').parse() {
            Ok(address) if !self.reaches(address) => Err(format!("{address} is not a public address")),
            _ => Ok(()),
        }
    }
}

/// Names stand for those of their addresses that may be asked; the connection goes to just these.
impl Resolve for Network {
    fn resolve(&self, name: Name) -> Resolving {
        let network = self.clone();
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public: Vec<SocketAddr> = found.filter(|address| network.reaches(address.ip())).collect();
            if public.is_empty() {
                return Err(format!("{} has no public address", name.as_str()).into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => match embedded(address) {
            Some(address) => is_public_v4(address),
            // Only this part is given to anybody; documentation and Teredo are inside it.
            None => {
                let [first, second, ..] = address.segments();
                first & 0xe000 == 0x2000 && !(first == 0x2001 && (second == 0xdb8 || second < 0x200))
            }
        },
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let is_special = match a {
        0 | 10 | 127 => true,
        100 => (64..128).contains(&b),
        169 => b == 254,
        172 => (16..32).contains(&b),
        192 => b == 168 || (b == 0 && (c == 0 || c == 2)) || (b == 88 && c == 99),
        198 => b == 18 || b == 19 || (b == 51 && c == 100),
        203 => b == 0 && c == 113,
        _ => a >= 224,
    };
    !is_special
}

/// The address of the older kind that one of the newer kind leads to.
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let of = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match address.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => Some(of(high, low)),
        [0x2002, high, low, ..] => Some(of(high, low)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use reqwest::Url;

    use super::Network;

    #[test]
    fn only_public_addresses_are_asked() {
        let network = Network::default();
        for address in ["1.1.1.1", "93.184.216.34", "172.32.0.1", "2606:4700::1111", "::ffff:1.1.1.1"] {
            assert!(network.reaches(address.parse().unwrap()), "{address}");
        }
        for address in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "2001::1",
            "fec0::1",
        ] {
            assert!(!network.reaches(address.parse().unwrap()), "{address}");
        }
        assert!(!Network::nothing().reaches("1.1.1.1".parse().unwrap()));
        let local: IpAddr = "127.0.0.1".parse().unwrap();
        assert!(Network::with(vec![local]).reaches(local));
    }

    #[test]
    fn urls_that_name_an_address_are_seen_through() {
        let network = Network::default();
        for url in [
            "http://127.1/x",
            "http://[::1]/",
            "http://0x7f000001/",
            "https://2130706433/",
            "ftp://a/",
            "file:///etc/passwd",
        ] {
            assert!(network.admits(&url.parse::<Url>().unwrap()).is_err(), "{url}");
        }
        assert!(network.admits(&"https://img.example/a.png".parse().unwrap()).is_ok());
    }
}
