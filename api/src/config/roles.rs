//! Where the other processes are, and by which keys they know each other.

use std::{net::SocketAddr, time::Duration};

use http::Uri;
use mcom_data::role_token::{PublicKey, SigningKey};
use secrecy::{ExposeSecret, SecretString};

use super::{Environment, Invalid};
use crate::role::Role;

/// What roles in different processes need to find and to believe each other. A process that does everything needs none of it.
#[derive(Debug, Clone)]
pub struct RolesConfig {
    /// `MCOM_INTERNAL_LISTEN`: address and port at which gateways ask this process's subgraphs. Keep it off the public network: what
    /// is said there is signed, not encrypted.
    /// Example: 10.0.0.5:8081
    pub listen: Option<SocketAddr>,
    /// `MCOM_STOREFRONT_URLS`: where processes with the role storefront listen, separated by commas. For gateways.
    /// Example: http://10.0.0.5:8081,http://10.0.0.6:8081
    pub storefront: Vec<Uri>,
    /// `MCOM_CHECKOUT_URLS`: the same for the role checkout.
    /// Example: http://10.0.0.7:8081
    pub checkout: Vec<Uri>,
    /// `MCOM_ADMIN_URLS`: the same for the role admin.
    /// Example: http://10.0.0.8:8081
    pub admin: Vec<Uri>,
    /// `MCOM_ROLE_KEY`: the private key with which a gateway signs its calls; `mcom keys new` makes one.
    /// Example: secret-of-43-characters
    pub key: Option<SecretString>,
    /// `MCOM_ROLE_PUBLIC_KEYS`: the public keys of the gateways whose calls are taken, separated by commas. To exchange a key, add the
    /// new one everywhere, then give the gateways the new private key, then take the old one away.
    /// Example: one-of-43-characters,another-of-43-characters
    pub public_keys: Vec<PublicKey>,
    /// `MCOM_SUBGRAPH_MS`: how long a call of a subgraph in another process may take, in milliseconds.
    /// Default: 20000
    pub patience: Duration,
}

impl RolesConfig {
    /// Reads the variables.
    ///
    /// # Errors
    /// Names the variable that is wrong.
    pub fn from_env(env: &Environment) -> Result<Self, Invalid> {
        let listen = env.text("MCOM_INTERNAL_LISTEN").map(|text| {
            text.parse().map_err(|_| invalid("MCOM_INTERNAL_LISTEN", &text, "it must be like 10.0.0.5:8081"))
        });
        Ok(RolesConfig {
            listen: listen.transpose()?,
            storefront: addresses(env, "MCOM_STOREFRONT_URLS")?,
            checkout: addresses(env, "MCOM_CHECKOUT_URLS")?,
            admin: addresses(env, "MCOM_ADMIN_URLS")?,
            key: key(env)?,
            public_keys: public_keys(env)?,
            patience: Duration::from_millis(env.value("MCOM_SUBGRAPH_MS", 20_000)?),
        })
    }

    /// Where the processes of a role listen.
    pub fn addresses(&self, role: Role) -> &[Uri] {
        match role {
            Role::Storefront => &self.storefront,
            Role::Checkout => &self.checkout,
            Role::Admin => &self.admin,
            Role::Gateway | Role::Worker => &[],
        }
    }

    /// The private key, ready for use. It was looked at when it was read.
    pub fn signing_key(&self) -> Option<SigningKey> {
        SigningKey::parse(self.key.as_ref()?.expose_secret()).ok()
    }
}

fn invalid(name: &'static str, text: &str, hint: &str) -> Invalid {
    Invalid { name, problem: format!("is «{text}»: {hint}") }
}

fn list<'t>(text: &'t str) -> impl Iterator<Item = &'t str> + use<'t> {
    text.split(',').map(str::trim).filter(|item| !item.is_empty())
}

fn addresses(env: &Environment, name: &'static str) -> Result<Vec<Uri>, Invalid> {
    let text = env.text(name).unwrap_or_default();
    let address = |item: &str| {
        let uri = item.trim_end_matches('/').parse::<Uri>().ok();
        let fits = |uri: &Uri| uri.scheme_str() == Some("http") && matches!(uri.path(), "" | "/");
        uri.filter(fits).ok_or_else(|| invalid(name, item, "it must be like http://10.0.0.5:8081"))
    };
    list(&text).map(address).collect()
}

fn key(env: &Environment) -> Result<Option<SecretString>, Invalid> {
    let name = "MCOM_ROLE_KEY";
    let Some(key) = env.secret(name) else { return Ok(None) };
    let problem = |error| Invalid { name, problem: format!("is no key: {error}. `mcom keys new` makes one") };
    SigningKey::parse(key.expose_secret()).map_err(problem)?;
    Ok(Some(key))
}

fn public_keys(env: &Environment) -> Result<Vec<PublicKey>, Invalid> {
    let name = "MCOM_ROLE_PUBLIC_KEYS";
    let text = env.text(name).unwrap_or_default();
    let problem = |item: &str, error| invalid(name, item, &format!("{error}. `mcom keys new` makes keys"));
    list(&text).map(|item| PublicKey::parse(item).map_err(|error| problem(item, error))).collect()
}

#[cfg(test)]
mod tests {
    use super::{Environment, RolesConfig};

    #[test]
    fn what_cannot_be_used_is_named() {
        for (name, text) in [
            ("MCOM_INTERNAL_LISTEN", "8081"),
            ("MCOM_STOREFRONT_URLS", "http://a:1,b:2"),
            ("MCOM_CHECKOUT_URLS", "https://a"),
            ("MCOM_ADMIN_URLS", "http://a/path"),
            ("MCOM_ROLE_KEY", "hunter2"),
            ("MCOM_ROLE_PUBLIC_KEYS", "x"),
        ] {
            let error = RolesConfig::from_env(&Environment::from_iter([(name, text)])).unwrap_err();
            assert_eq!(error.name, name);
            assert!(name != "MCOM_ROLE_KEY" || !error.problem.contains(text), "a secret is told");
        }
    }

    #[test]
    fn lists_are_separated_by_commas() {
        let env = Environment::from_iter([("MCOM_ADMIN_URLS", "http://a:1/, http://b:2 ,")]);
        let config = RolesConfig::from_env(&env).unwrap();
        let told: Vec<String> = config.admin.iter().map(ToString::to_string).collect();
        assert_eq!(told, ["http://a:1/", "http://b:2/"]);
    }
}
