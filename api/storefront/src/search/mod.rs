//! Finding products by words and facets, through whichever engine the process was started with, and pages and articles by words.

mod choice;
mod facet;
mod facts;
mod fields;
mod find;
mod mixed;
mod predict;
mod result;
mod texts;
mod tracking;
mod within;

use mcom_kit::Registry;

pub(crate) use choice::{Choice, filters};
pub(crate) use facet::Filter;
pub(crate) use within::{Wanted, products};

pub(crate) fn register(registry: &mut Registry) {
    predict::register(registry);
    result::register(registry);
}
