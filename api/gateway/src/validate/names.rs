//! Names of operations and fragments: once each, an anonymous operation alone, every fragment used.

use std::collections::HashSet;

use graphql_tools::parser::query::Selection;

use super::Walk;
use crate::ast::{Ast, OperationKind, SelectionSet, fragments, operations};
use crate::refuse::RequestError;

/// Operations and fragments that share a name, anonymous operations in company, roots that do not exist.
pub(super) fn check(walk: &mut Walk<'_>, document: &Ast) {
    let mut seen = HashSet::new();
    let several = operations(document).count() > 1;
    for operation in operations(document) {
        walk.begin(operation.label(), operation.position);
        match operation.name {
            Some(name) if !seen.insert(name) => {
                let message = format!("Operation name \"{name}\" must be unique");
                walk.report(
                    RequestError::new("uniquelyNamedOperations", message).with("operationName", name),
                );
            }
            None if several => {
                let message = "An operation without a name must be the only one in its document";
                walk.report(RequestError::new("uniquelyNamedOperations", message));
            }
            _ => {}
        }
        let exists = match operation.kind {
            OperationKind::Query => true,
            OperationKind::Mutation => walk.schema.types.mutation.is_some(),
            OperationKind::Subscription => false,
        };
        if !exists {
            let kind = operation.kind.keyword();
            let message = format!("Schema is not configured for {kind}s");
            walk.report(RequestError::new("missing_operation_type", message).with("operationType", kind));
        }
    }
    let mut seen = HashSet::new();
    for fragment in fragments(document) {
        if !seen.insert(&fragment.name) {
            walk.begin(format!("fragment {}", fragment.name), fragment.position);
            let message = format!("Fragment name \"{}\" must be unique", fragment.name);
            let error = RequestError::new("fragmentsAreNamed", message);
            walk.report(error.with("fragmentName", fragment.name.as_str()));
        }
    }
}

/// Fragments that no definition spreads.
pub(super) fn unused_fragments<'d>(walk: &mut Walk<'d>, document: &'d Ast) {
    let mut used = HashSet::new();
    operations(document).for_each(|o| reach(walk, o.selection, &mut used));
    for fragment in fragments(document) {
        if !used.contains(fragment.name.as_str()) {
            walk.begin(format!("fragment {}", fragment.name), fragment.position);
            let message = format!("Fragment {} was defined, but not used", fragment.name);
            let error = RequestError::new("useAndDefineFragment", message);
            walk.report(error.with("fragmentName", fragment.name.as_str()));
        }
    }
}

fn reach<'d>(walk: &Walk<'d>, set: &'d SelectionSet, used: &mut HashSet<&'d str>) {
    for item in &set.items {
        match item {
            Selection::Field(f) => reach(walk, &f.selection_set, used),
            Selection::InlineFragment(f) => reach(walk, &f.selection_set, used),
            Selection::FragmentSpread(f) => {
                if used.insert(&f.fragment_name)
                    && let Some(fragment) = walk.fragments.get(f.fragment_name.as_str())
                {
                    reach(walk, &fragment.selection_set, used);
                }
            }
        }
    }
}
