//! Background work: what is done after the answer, and what must be done though nobody asks.

mod backoff;
mod consume;
pub mod consumer;
mod deliver;
mod desk;
pub mod index;
pub mod job;
mod lease;
mod registry;
mod relay;
mod runner;
mod turns;
mod work;

pub use backoff::Backoff;
pub use consume::Consumer;
pub use registry::Registry;
pub use runner::{Runner, Settings};
pub use work::{Job, JobContext, JobError, Next};
