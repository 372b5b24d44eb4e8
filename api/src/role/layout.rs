//! Which parts are answered here and which elsewhere, and the refusal of layouts that could answer nothing.

use anyhow::ensure;

use super::{Part, Role};
use crate::{config::RolesConfig, http::Apis, http::PublicApi};

/// What one process does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The APIs that it offers to the world; none without the role `gateway`.
    pub apis: Apis,
    /// The parts that it answers itself.
    pub here: Vec<Part>,
    /// The roles that it asks in other processes.
    pub elsewhere: Vec<Role>,
    /// Whether it does background work.
    pub works: bool,
}

impl Layout {
    /// The layout of a process with these roles.
    ///
    /// # Errors
    /// Says what is missing: an API without its parts, parts without anybody who may ask them, calls without keys.
    pub fn read(roles: &[Role], config: &RolesConfig) -> anyhow::Result<Layout> {
        ensure!(!roles.is_empty(), "--roles: nothing to do");
        let is_gateway = roles.contains(&Role::Gateway);
        let here: Vec<Part> = Part::ALL.into_iter().filter(|part| roles.contains(&part.role())).collect();
        let is_placed = |part: Part| here.contains(&part) || !config.addresses(part.role()).is_empty();
        let is_offered = |api| is_gateway && Part::of(api).all(is_placed);
        let apis =
            Apis { storefront: is_offered(PublicApi::Storefront), admin: is_offered(PublicApi::Admin) };
        ensure!(
            !is_gateway || apis.storefront || apis.admin,
            "--roles: a gateway needs checkout, and storefront or admin: beside it, or in other processes that it finds by \
             MCOM_STOREFRONT_URLS, MCOM_CHECKOUT_URLS and MCOM_ADMIN_URLS"
        );
        let layout =
            Layout { apis, elsewhere: elsewhere(&apis, &here), here, works: roles.contains(&Role::Worker) };
        layout.check_keys(is_gateway, config)?;
        Ok(layout)
    }

    fn check_keys(&self, is_gateway: bool, config: &RolesConfig) -> anyhow::Result<()> {
        let hosts = !self.here.is_empty();
        ensure!(
            is_gateway || !hosts || config.listen.is_some(),
            "--roles: storefront, checkout and admin are asked by gateways. Add the role gateway, or set MCOM_INTERNAL_LISTEN to \
             an address that only gateways reach"
        );
        ensure!(
            !hosts || config.listen.is_none() || !config.public_keys.is_empty(),
            "MCOM_ROLE_PUBLIC_KEYS is not set: nobody could prove to be a gateway at MCOM_INTERNAL_LISTEN. `mcom keys new` makes keys"
        );
        ensure!(
            self.elsewhere.is_empty() || config.key.is_some(),
            "MCOM_ROLE_KEY is not set: other processes take calls only from gateways that sign them. `mcom keys new` makes a key"
        );
        Ok(())
    }
}

fn elsewhere(apis: &Apis, here: &[Part]) -> Vec<Role> {
    let mut roles = vec![];
    for part in Part::ALL {
        if apis.offers(part.api()) && !here.contains(&part) && !roles.contains(&part.role()) {
            roles.push(part.role());
        }
    }
    roles
}

#[cfg(test)]
mod tests {
    use super::{
        Layout, Part,
        Role::{self, Admin, Checkout, Gateway, Storefront, Worker},
    };
    use crate::config::{Environment, RolesConfig};

    const SECRET: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    const PUBLIC: &str = "O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik";
    const KEY: (&str, &str) = ("MCOM_ROLE_KEY", SECRET);
    const KEYS: (&str, &str) = ("MCOM_ROLE_PUBLIC_KEYS", PUBLIC);
    const LISTEN: (&str, &str) = ("MCOM_INTERNAL_LISTEN", "127.0.0.1:8081");
    const STOREFRONT: (&str, &str) = ("MCOM_STOREFRONT_URLS", "http://127.0.0.2:8081");
    const CHECKOUT: (&str, &str) = ("MCOM_CHECKOUT_URLS", "http://127.0.0.3:8081");

    fn read(roles: &[Role], set: &[(&str, &str)]) -> Result<Layout, String> {
        let config = RolesConfig::from_env(&Environment::from_iter(set.iter().copied())).unwrap();
        Layout::read(roles, &config).map_err(|error| error.to_string())
    }

    #[test]
    fn roles_of_one_process_need_no_other() {
        let all = read(&[Gateway, Storefront, Checkout, Admin, Worker], &[]).unwrap();
        assert!(all.apis.storefront && all.apis.admin && all.works && all.elsewhere.is_empty());
        let buyers = read(&[Gateway, Storefront, Checkout], &[]).unwrap();
        assert!(buyers.apis.storefront && !buyers.apis.admin);
        assert!(read(&[Worker], &[]).is_ok());
    }

    #[test]
    fn what_is_not_here_is_asked_elsewhere() {
        let gateway = read(&[Gateway], &[KEY, STOREFRONT, CHECKOUT]).unwrap();
        assert_eq!((gateway.elsewhere, gateway.apis.admin), (vec![Storefront, Checkout], false));
        let beside = read(&[Gateway, Checkout], &[KEY, STOREFRONT, CHECKOUT]).unwrap();
        assert_eq!((beside.elsewhere, beside.here), (vec![Storefront], vec![Part::Checkout, Part::Orders]));
    }

    #[test]
    fn roles_that_could_answer_nothing_are_refused() {
        for roles in
            [&[][..], &[Gateway], &[Gateway, Storefront], &[Gateway, Worker], &[Gateway, Storefront, Admin]]
        {
            assert!(read(roles, &[]).is_err_and(|why| why.starts_with("--roles")), "{roles:?}");
        }
        for role in [Storefront, Checkout, Admin] {
            assert!(
                read(&[role], &[KEYS]).is_err_and(|why| why.contains("MCOM_INTERNAL_LISTEN")),
                "{role:?}"
            );
        }
    }

    #[test]
    fn nobody_asks_or_answers_without_a_key() {
        let asking = [STOREFRONT, CHECKOUT];
        assert!(read(&[Gateway], &asking).is_err_and(|why| why.starts_with("MCOM_ROLE_KEY ")));
        assert!(read(&[Storefront], &[LISTEN]).is_err_and(|why| why.starts_with("MCOM_ROLE_PUBLIC_KEYS ")));
        assert!(read(&[Storefront], &[LISTEN, KEYS]).is_ok());
        assert!(read(&[Worker], &[LISTEN]).is_ok(), "a worker only tells how it is");
    }
}
