//! Background work: what is done after the answer, and what must be done though nobody asks.

mod backoff;
pub mod job;
mod lease;
mod registry;
mod runner;
mod work;

pub use backoff::Backoff;
pub use registry::Registry;
pub use runner::{Runner, Settings};
pub use work::{Job, JobContext, JobError, Next};
