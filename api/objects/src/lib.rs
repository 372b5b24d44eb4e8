//! Objects: the S3 endpoint of this process over a folder, and how pictures that lie elsewhere come into it.

mod album;
mod endpoint;
mod fetch;
mod keep;
mod network;
mod shelf;

pub use album::Album;
pub use endpoint::Endpoint;
pub use fetch::{Fetcher, Limits, Totals, fetch_all};
pub use network::Network;
pub use shelf::Shelf;
