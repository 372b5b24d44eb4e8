//! Where completion stands. Places live on the stack and become a path only when something failed there.

use mcom_kit::Failure;

use super::fault::{Faults, PathStep};
use crate::compile::Field;

/// A place in the answer, with what failed there.
pub(super) struct Place<'p> {
    parent: Option<&'p Place<'p>>,
    step: Step<'p>,
    faults: Option<&'p Faults>,
    /// The nearest failure of an object around this place.
    above: Option<&'p Failure>,
}

enum Step<'p> {
    Root,
    Key(&'p str),
    Item(usize),
}

impl<'p> Place<'p> {
    pub(super) fn root(faults: &'p Faults) -> Self {
        Place { parent: None, step: Step::Root, faults: Some(faults), above: None }
    }

    /// The place of a field of the object here.
    pub(super) fn key(&'p self, field: &'p Field) -> Place<'p> {
        let faults = self.faults.and_then(|f| f.key(&field.source));
        Place { parent: Some(self), step: Step::Key(&field.key), faults, above: self.nearest() }
    }

    /// The place of an item of the list here.
    pub(super) fn item(&'p self, index: usize) -> Place<'p> {
        let faults = self.faults.and_then(|f| f.item(index));
        Place { parent: Some(self), step: Step::Item(index), faults, above: self.nearest() }
    }

    fn nearest(&self) -> Option<&'p Failure> {
        self.faults.and_then(Faults::here).or(self.above)
    }

    /// What failed here, or below if the engine dropped all that is here.
    pub(super) fn failure(&self) -> Option<&'p Failure> {
        self.faults.and_then(Faults::first)
    }

    /// What failed around here, for a value that is missing.
    pub(super) fn failure_above(&self) -> Option<&'p Failure> {
        self.above
    }

    /// Nothing failed here, but some field of the object here did.
    pub(super) fn only_fields_failed(&self) -> bool {
        self.faults.is_some_and(|f| f.here().is_none() && f.has_failed_fields())
    }

    /// The path from the root, under the client's own keys.
    pub(super) fn path(&self) -> Vec<PathStep> {
        let mut path = self.parent.map(Place::path).unwrap_or_default();
        match self.step {
            Step::Root => {}
            Step::Key(key) => path.push(PathStep::Key(key.to_owned())),
            Step::Item(index) => path.push(PathStep::Index(index)),
        }
        path
    }
}
