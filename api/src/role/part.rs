//! The parts of the two APIs: each is one subgraph, answered by one role.

use std::sync::Arc;

use mcom_kit::{Dynamic, Options, Registry, Subgraph};

use super::Role;
use crate::http::PublicApi;

/// A subgraph of this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// What buyers browse.
    Storefront,
    /// Carts and their completion.
    Checkout,
    /// What merchants look after.
    Admin,
    /// Orders as merchants see them.
    Orders,
}

impl Part {
    /// All of them.
    pub const ALL: [Part; 4] = [Part::Storefront, Part::Checkout, Part::Admin, Part::Orders];

    /// Its name in the supergraph and in role tokens.
    pub const fn name(self) -> &'static str {
        match self {
            Part::Storefront => "storefront",
            Part::Checkout => "checkout",
            Part::Admin => "admin",
            Part::Orders => "orders",
        }
    }

    /// Whose processes answer it.
    pub const fn role(self) -> Role {
        match self {
            Part::Storefront => Role::Storefront,
            Part::Checkout | Part::Orders => Role::Checkout,
            Part::Admin => Role::Admin,
        }
    }

    /// The API that it is a part of.
    pub const fn api(self) -> PublicApi {
        match self {
            Part::Storefront | Part::Checkout => PublicApi::Storefront,
            Part::Admin | Part::Orders => PublicApi::Admin,
        }
    }

    /// The parts of an API.
    pub fn of(api: PublicApi) -> impl Iterator<Item = Part> {
        Part::ALL.into_iter().filter(move |part| part.api() == api)
    }

    /// Builds it, to be asked in this process.
    ///
    /// # Errors
    /// If the schema and the code do not agree.
    pub fn build(self) -> anyhow::Result<Arc<dyn Subgraph>> {
        let options = Options { require_access: self.api() == PublicApi::Admin };
        Ok(Arc::new(Dynamic::build(self.sdl(), self.registry(), options)?))
    }

    const fn sdl(self) -> &'static str {
        match self {
            Part::Storefront => include_str!("../../../schema/sdl/subgraph/storefront.graphql"),
            Part::Checkout => include_str!("../../../schema/sdl/subgraph/checkout.graphql"),
            Part::Admin => include_str!("../../../schema/sdl/subgraph/admin.graphql"),
            Part::Orders => include_str!("../../../schema/sdl/subgraph/orders.graphql"),
        }
    }

    fn registry(self) -> Registry {
        match self {
            Part::Storefront => mcom_storefront::registry(),
            Part::Checkout => mcom_checkout::buyer(),
            Part::Admin => mcom_admin::registry(),
            Part::Orders => mcom_checkout::merchant(),
        }
    }
}
