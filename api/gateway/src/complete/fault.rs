//! Failures by place, so that completion finds what failed where it stands without searching.

use async_graphql::PathSegment;
use graphql_tools::parser::Pos;
use indexmap::IndexMap;
use mcom_kit::{Extensions, Failure};
use serde::Serialize;

use super::place::Place;
use crate::compile::Field;
use crate::refuse::Location;

/// The failures of a place and of what is below it.
#[derive(Default)]
pub(super) struct Faults {
    here: Option<Failure>,
    keys: IndexMap<String, Faults>,
    items: IndexMap<usize, Faults>,
}

impl Faults {
    /// Sorts failures into places. Of several at one place the first counts.
    pub(super) fn new(failures: Vec<Failure>) -> Self {
        let mut root = Faults::default();
        for failure in failures {
            let mut at = &mut root;
            for segment in &failure.path {
                at = match segment {
                    PathSegment::Field(key) => at.keys.entry(key.clone()).or_default(),
                    PathSegment::Index(index) => at.items.entry(*index).or_default(),
                };
            }
            at.here.get_or_insert(failure);
        }
        root
    }

    pub(super) fn key(&self, key: &str) -> Option<&Faults> {
        self.keys.get(key)
    }

    pub(super) fn item(&self, index: usize) -> Option<&Faults> {
        self.items.get(&index)
    }

    pub(super) fn here(&self) -> Option<&Failure> {
        self.here.as_ref()
    }

    /// The failure here, or the first one below.
    pub(super) fn first(&self) -> Option<&Failure> {
        let below = || self.keys.values().chain(self.items.values()).find_map(Faults::first);
        self.here.as_ref().or_else(below)
    }

    pub(super) fn has_failed_fields(&self) -> bool {
        self.keys.values().any(|f| f.here.is_some())
    }
}

/// A step of an error's path: a key as text, an index as a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(super) enum PathStep {
    Key(String),
    Index(usize),
}

/// An error of a field, as the client reads it.
#[derive(Debug, Serialize)]
pub(super) struct FieldError {
    message: String,
    locations: [Location; 1],
    path: Vec<PathStep>,
    #[serde(skip_serializing_if = "Extensions::is_empty")]
    extensions: Extensions,
}

impl FieldError {
    /// An error that completion itself found.
    pub(super) fn new(message: String, field: &Field, at: &Place<'_>) -> Self {
        FieldError {
            message,
            locations: locations(field.position),
            path: at.path(),
            extensions: Extensions::new(),
        }
    }

    /// The error of a failure. Its path is where the null is, which may be below or above where it was recorded.
    pub(super) fn of(failure: &Failure, field: &Field, at: &Place<'_>) -> Self {
        let extensions = failure.extensions.clone();
        FieldError { extensions, ..FieldError::new(failure.message.clone(), field, at) }
    }
}

fn locations(position: Pos) -> [Location; 1] {
    [position.into()]
}
