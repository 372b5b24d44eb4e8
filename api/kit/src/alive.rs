//! Which fields have ever given something other than null, for the test that looks for dead ones.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// The mark of one field. Costs one relaxed read once it is set.
#[derive(Clone, Default)]
pub(crate) struct Mark(Arc<AtomicBool>);

impl Mark {
    pub(crate) fn set(&self) {
        if !self.0.load(Ordering::Relaxed) {
            self.0.store(true, Ordering::Relaxed);
        }
    }
}

/// The marks of all fields of a schema, since it was built.
#[derive(Clone, Default)]
pub struct Alive {
    marks: Vec<(String, Mark)>,
}

impl Alive {
    pub(crate) fn mark(&mut self, owner: &str, field: &str) -> Mark {
        let mark = Mark::default();
        self.marks.push((format!("{owner}.{field}"), mark.clone()));
        mark
    }

    /// Fields (`Product.title`) that have given nothing but null so far, sorted.
    pub fn dead(&self) -> Vec<&str> {
        self.named(false)
    }

    /// Fields that have given something, sorted.
    pub fn seen(&self) -> Vec<&str> {
        self.named(true)
    }

    fn named(&self, set: bool) -> Vec<&str> {
        let of = |(_, mark): &&(String, Mark)| mark.0.load(Ordering::Relaxed) == set;
        let mut names: Vec<&str> = self.marks.iter().filter(of).map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        names
    }
}
