//! The public APIs as composed from the SDL and committed beside it.

use super::limit::Limits;

/// The schemas and bounds of one public API.
#[derive(Debug, Clone)]
pub struct Api {
    /// What the API is called in commands and logs.
    pub name: &'static str,
    /// The composed supergraph, for the planner.
    pub supergraph: &'static str,
    /// The public SDL, for clients.
    pub public: &'static str,
    /// What a request may ask for.
    pub limits: Limits,
}

impl Api {
    /// The Storefront API: what buyers see.
    pub fn storefront() -> Api {
        Api {
            name: "storefront",
            supergraph: include_str!("../../../schema/sdl/supergraph/storefront.graphql"),
            public: include_str!("../../../schema/sdl/api/storefront.graphql"),
            limits: Limits::default(),
        }
    }

    /// The Admin API: what merchants and their apps see.
    pub fn admin() -> Api {
        Api {
            name: "admin",
            supergraph: include_str!("../../../schema/sdl/supergraph/admin.graphql"),
            public: include_str!("../../../schema/sdl/api/admin.graphql"),
            limits: Limits::default(),
        }
    }
}
