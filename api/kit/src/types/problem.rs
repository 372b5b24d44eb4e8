//! Why an input value does not fit its type, and where inside the value.

use std::fmt;

use async_graphql::PathSegment;

/// One thing wrong with an input value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// From the value inwards: field names and list indices; empty if the value itself is wrong.
    pub path: Vec<PathSegment>,
    /// What is wrong, as a sentence without its full stop.
    pub explanation: String,
}

impl Problem {
    /// A problem of the value itself.
    pub fn new(explanation: impl Into<String>) -> Self {
        Problem { path: vec![], explanation: explanation.into() }
    }

    /// The same problem, seen from the enclosing object or list.
    #[must_use]
    pub fn under(mut self, segment: PathSegment) -> Self {
        self.path.insert(0, segment);
        self
    }

    /// The path in one word: `lines.0.quantity`.
    pub fn place(&self) -> String {
        let part = |segment: &PathSegment| match segment {
            PathSegment::Field(name) => name.clone(),
            PathSegment::Index(index) => index.to_string(),
        };
        self.path.iter().map(part).collect::<Vec<_>>().join(".")
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            return f.write_str(&self.explanation);
        }
        write!(f, "{} ({})", self.place(), self.explanation)
    }
}
