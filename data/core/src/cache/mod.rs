//! Caching: what a process remembers, with room shared fairly by the stores, one load per key at a time, and a way to tell what is stale.

mod fair;
mod flight;
mod stamp;

pub use fair::FairCache;
pub use flight::{Boarding, Flight, Flights, Follower, Landed};
pub use stamp::Stamps;
