//! Faults on purpose: a process that loses its connection or its life at any place where that makes a difference.

mod fuse;
mod process;
mod provider;
mod wire;

pub use fuse::{Fault, Fuse};
pub use process::Mortal;
