//! How text becomes terms. There is one analysis, ours, for every engine: they are given terms and never text, so that the same
//! words find the same products whichever of them is asked.

mod fold;
mod stem;

pub use fold::{fold, words};
pub use stem::Analyzer;

/// Part of every document's fingerprint: a new number makes the indexes be written again.
pub const REVISION: u32 = 1;
