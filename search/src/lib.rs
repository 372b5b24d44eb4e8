//! Searching: the language of `query:` arguments, and the engines that find products by words and facets. Knows no tables and no GraphQL.

pub mod analysis;
mod breaker;
mod document;
mod elastic;
mod embedded;
mod engine;
mod facet;
mod fact;
mod interpret;
mod library;
mod order;
mod query;
mod suggest;
pub mod syntax;

pub use breaker::Search;
pub use document::{Document, Prepared, Write};
pub use elastic::{Elastic, Layout, Node};
pub use embedded::Embedded;
pub use engine::{Hit, Hits, SearchEngine, Stored, Unavailable};
pub use facet::{Facets, PriceSpan, Tally};
pub use fact::Fact;
pub use interpret::Synonyms;
pub use library::{Found, Library, matches};
pub use order::{Key, Order, Place, Sort};
pub use query::{Dimension, Filter, Page, Query, Scope, Text};
pub use suggest::suggestions;
