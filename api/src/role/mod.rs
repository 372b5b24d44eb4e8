//! Roles: what a process does, and which other processes it asks to do the rest.

mod crew;
mod layout;
mod part;

use clap::ValueEnum;

pub use crew::Crew;
pub use layout::Layout;
pub use part::Part;

/// One part of what the program does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, ValueEnum)]
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

impl Role {
    /// Its name on the command line, in logs and in metrics.
    pub const fn name(self) -> &'static str {
        match self {
            Role::Gateway => "gateway",
            Role::Storefront => "storefront",
            Role::Checkout => "checkout",
            Role::Admin => "admin",
            Role::Worker => "worker",
        }
    }
}
