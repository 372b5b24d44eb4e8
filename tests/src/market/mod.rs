//! A small market behind a gateway: three subgraphs that share products, carts and stock, with fields that fail.
//! The same market is written in JavaScript for the oracle; both must answer alike.

mod checkout;
mod inventory;
mod storefront;

use std::sync::Arc;

use mcom::gateway::compose::{Composed, SdlFile, assemble, compose};
use mcom::gateway::{Api, Gateway, Limits};
use mcom_kit::{Dynamic, Options, Registry, Subgraph};

pub use checkout::Carts;
pub use storefront::cut;

/// What clients of the market may put on operations.
const DIRECTIVES: &str = r#"
directive @inContext(country: String, language: String) on QUERY | MUTATION
directive @defer(if: Boolean = true, label: String) on FRAGMENT_SPREAD | INLINE_FRAGMENT
directive @idempotent(key: String!) on FIELD
"#;

/// Wraps each subgraph, to watch what the gateway asks of it.
pub type Wrap<'w> = &'w dyn Fn(&'static str, Arc<dyn Subgraph>) -> Arc<dyn Subgraph>;

/// The market's gateway and its carts.
pub struct Market {
    api: Api,
    /// What clients talk to.
    pub gateway: Gateway,
    /// The only state there is.
    pub carts: Arc<Carts>,
    /// The public SDL.
    pub public: &'static str,
}

/// Composes the market anew.
pub fn composed() -> Composed {
    let parts = parts();
    let parts: Vec<(&str, &str)> = parts.iter().map(|(name, sdl)| (*name, sdl.as_str())).collect();
    compose(&parts, DIRECTIVES).expect("the market composes")
}

fn parts() -> [(&'static str, String); 3] {
    let file = |name: &str, text: &str| {
        let file = SdlFile { name: name.to_owned(), text: text.to_owned() };
        assemble(&[file], &[]).expect("the market's SDL is sound")
    };
    [
        ("storefront", file("storefront", include_str!("storefront.graphql"))),
        ("checkout", file("checkout", include_str!("checkout.graphql"))),
        ("inventory", file("inventory", include_str!("inventory.graphql"))),
    ]
}

impl Market {
    /// Opens the market.
    pub fn open() -> Market {
        Market::open_with(&|_, subgraph| subgraph)
    }

    /// Opens the market with wrapped subgraphs.
    pub fn open_with(wrap: Wrap<'_>) -> Market {
        let Composed { supergraph, public } = composed();
        // A market lives as long as its test process.
        let (supergraph, public): (&'static str, &'static str) = (supergraph.leak(), public.leak());
        let api = Api {
            name: "market",
            supergraph,
            public,
            limits: Limits { cost: 10_000_000, ..Limits::default() },
        };
        let carts = Arc::new(Carts::default());
        let registries: [Registry; 3] =
            [storefront::registry(), checkout::registry(carts.clone()), inventory::registry()];
        let mut subgraphs: Vec<(&str, Arc<dyn Subgraph>)> = Vec::new();
        for ((name, sdl), registry) in parts().into_iter().zip(registries) {
            let engine =
                Dynamic::build(&sdl, registry, Options::default()).expect("the market is answered for");
            subgraphs.push((name, wrap(name, Arc::new(engine))));
        }
        Market { gateway: Gateway::new(&api, subgraphs).expect("the market opens"), carts, public, api }
    }

    /// The same market, asked through these subgraphs.
    #[must_use]
    pub fn over(self, subgraphs: Vec<(&'static str, Arc<dyn Subgraph>)>) -> Market {
        let gateway = Gateway::new(&self.api, subgraphs).expect("the market opens");
        Market { gateway, ..self }
    }
}
