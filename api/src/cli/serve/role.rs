//! What a process may do.

use clap::ValueEnum;

/// One part of what the program does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Role {
    /// Listens for HTTP requests.
    Gateway,
    /// Answers the storefront's part of the Storefront API.
    Storefront,
    /// Answers carts, checkout and orders.
    Checkout,
    /// Answers the merchant's part of the Admin API.
    Admin,
    /// Does background work.
    Worker,
}

/// Makes sure that the roles add up to something.
///
/// # Errors
/// If the gateway would have no API to answer, or an API no gateway to be asked through.
pub(super) fn check(roles: &[Role]) -> anyhow::Result<()> {
    let has = |role| roles.contains(&role);
    let api = has(Role::Storefront) || has(Role::Admin);
    anyhow::ensure!(
        !has(Role::Gateway) || api,
        "--roles: a gateway needs storefront, admin or both beside it"
    );
    anyhow::ensure!(
        has(Role::Gateway) || !api,
        "--roles: storefront and admin are asked through a gateway: add it"
    );
    anyhow::ensure!(
        !api || has(Role::Checkout),
        "--roles: storefront and admin both show what checkout holds (carts, orders): add it"
    );
    anyhow::ensure!(!roles.is_empty() && (has(Role::Gateway) || has(Role::Worker)), "--roles: nothing to do");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Role, check};

    #[test]
    fn roles_must_add_up_to_something() {
        use Role::{Admin, Checkout, Gateway, Storefront, Worker};
        for fine in [&[Worker][..], &[Gateway, Storefront, Checkout], &[Gateway, Admin, Checkout, Worker]] {
            assert!(check(fine).is_ok(), "{fine:?}");
        }
        for wrong in [&[][..], &[Gateway], &[Storefront], &[Checkout], &[Gateway, Storefront]] {
            assert!(check(wrong).is_err(), "{wrong:?}");
        }
    }
}
