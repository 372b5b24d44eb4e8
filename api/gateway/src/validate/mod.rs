//! Validation of a document against the public schema, with errors in the shapes that clients know.
//!
//! The rules are the specification's. They run on documents that were measured before (no circles among the
//! fragments, bounded size), so that each is a plain walk.

mod arguments;
mod directives;
mod literal;
mod names;
mod overlap;
mod selection;
mod variables;

use std::collections::HashMap;

use graphql_tools::parser::Pos;

use super::ast::{Ast, Fragment, fragments, operations};
use super::refuse::RequestError;
use super::schema::Schema;
use variables::Usage;

/// Every violation, in the order of the document. An empty list means that the document may be executed.
pub fn validate(schema: &Schema, document: &Ast) -> Vec<RequestError> {
    let mut walk = Walk {
        schema,
        fragments: fragments(document).map(|f| (f.name.as_str(), f)).collect(),
        path: Vec::new(),
        position: Pos::default(),
        errors: Vec::new(),
        usages: Vec::new(),
        spreads: Vec::new(),
    };
    names::check(&mut walk, document);
    let mut fragment_uses = HashMap::new();
    for fragment in fragments(document) {
        walk.begin(format!("fragment {}", fragment.name), fragment.position);
        walk.fragment(fragment);
        fragment_uses.insert(fragment.name.as_str(), walk.take_uses());
    }
    for operation in operations(document) {
        walk.begin(operation.label(), operation.position);
        walk.operation(operation);
        let own = walk.take_uses();
        variables::check(&mut walk, operation, &own, &fragment_uses);
    }
    names::unused_fragments(&mut walk, document);
    if walk.errors.is_empty() {
        // Fields can only be compared once every one of them is known to exist.
        overlap::check(&mut walk, document);
    }
    walk.errors
}

/// What a definition uses: variables where it stands, and fragments that use more.
#[derive(Default)]
struct Uses<'a> {
    variables: Vec<Usage>,
    spreads: Vec<&'a str>,
}

/// The state of a walk through a document.
struct Walk<'a> {
    schema: &'a Schema,
    fragments: HashMap<&'a str, &'a Fragment>,
    /// From the operation or fragment to where the walk stands.
    path: Vec<String>,
    /// Of the innermost element that has one: arguments and literals have none.
    position: Pos,
    errors: Vec<RequestError>,
    usages: Vec<Usage>,
    spreads: Vec<&'a str>,
}

impl<'a> Walk<'a> {
    fn begin(&mut self, label: String, position: Pos) {
        self.path = vec![label];
        self.position = position;
    }

    /// Reports an error where the walk stands.
    fn report(&mut self, error: RequestError) {
        self.errors.push(error.at(self.position).along(&self.path));
    }

    /// Walks with one more element on the path.
    fn inside(&mut self, element: impl Into<String>, walk: impl FnOnce(&mut Self)) {
        self.path.push(element.into());
        walk(self);
        self.path.pop();
    }

    fn take_uses(&mut self) -> Uses<'a> {
        Uses { variables: std::mem::take(&mut self.usages), spreads: std::mem::take(&mut self.spreads) }
    }
}

#[cfg(test)]
mod tests;
