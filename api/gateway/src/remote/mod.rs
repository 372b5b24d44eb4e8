//! Subgraphs in other processes: how a gateway asks them, and how such a process lets itself be asked.
//!
//! A call is the operation's text with its variables, an answer what the [`Subgraph`](mcom_kit::Subgraph) answered, to the last
//! bit: what the gateway makes of it cannot tell where it was asked. Who asks stands in a
//! [role token](mcom_data::role_token) beside the call.

mod client;
mod codec;
mod host;
mod peers;
mod wire;

pub use client::NOT_BEGUN;
pub use client::Remote;
pub use host::{Declined, Host};
pub use peers::Peers;

/// Where the subgraph of this name is asked.
pub const PATH: &str = "/subgraph/";
