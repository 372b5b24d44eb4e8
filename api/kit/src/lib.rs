//! GraphQL furniture: type tables, records, functions, and the engine that answers an SDL with them.
//!
//! A subgraph is its SDL, the records that answer its types, and functions for what has arguments or loads something.
//! [`Dynamic::build`] holds them against each other and makes a [`Subgraph`] of them.
//!
//! ```
//! use std::sync::Arc;
//! use mcom_kit::{Args, Cx, Dynamic, Error, Fault, Options, Registry};
//!
//! const SDL: &str = "
//!     type Query { page(handle: String!): Page }
//!     type Page { handle: String! title: String! summary(length: Int! = 40): String! }
//! ";
//!
//! struct Page { handle: String, doc: Arc<Doc> }
//! struct Doc { title: String, body: String }
//! mcom_kit::record!(Page as "Page" { "handle" = handle, "title" = doc.title });
//!
//! #[derive(serde::Deserialize)]
//! struct PageArgs { handle: String }
//!
//! async fn page(_cx: &Cx, args: PageArgs) -> Result<Option<Page>, Error> {
//!     let doc = Doc { title: "About".into(), body: "We sell mugs.".into() };
//!     Ok(Some(Page { handle: args.handle, doc: Arc::new(doc) }))
//! }
//!
//! #[derive(serde::Deserialize)]
//! struct SummaryArgs { length: usize }
//!
//! fn summary<'a>(_cx: &'a Cx, page: &'a Page, args: &SummaryArgs) -> Result<&'a str, Fault> {
//!     Ok(page.doc.body.get(..args.length).unwrap_or(&page.doc.body))
//! }
//!
//! let mut registry = Registry::default();
//! registry.query("page", page);
//! registry.on::<Page>().field("summary", summary);
//! let subgraph = Dynamic::build(SDL, registry, Options::default())?;
//! # Ok::<(), mcom_kit::Complaints>(())
//! ```

mod access;
pub mod alive;
pub mod answer;
pub mod args;
mod check;
pub mod connection;
pub mod context;
pub mod dynamic;
pub mod excerpt;
pub mod fault;
mod measure;
mod money;
pub mod payload;
pub mod probe;
mod reader;
pub mod record;
pub mod registry;
pub mod scalar;
pub mod selection;
pub mod slice;
pub mod subgraph;
pub mod types;

pub use answer::{Declined, Payload, Site, ToFault};
pub use args::{Args, Asked, FromArgs};
pub use context::{Cx, Error};
pub use dynamic::{Complaints, Dynamic, Options};
pub use fault::{Extensions, Fault};
pub use mcom_schema::Refusal;
pub use record::{Given, Record, Shaped, shown};
pub use registry::Registry;
pub use selection::Selection;
pub use subgraph::{Answer, Call, Failure, Op, Subgraph};
pub use types::Types;
