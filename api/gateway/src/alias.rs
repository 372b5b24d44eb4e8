//! Aliases that would be mistaken for a field that the planner needs as a key.
//!
//! The planner reads keys and required fields from answers by field name. A client's `{ id: title }` would put a
//! title where it looks for an id, silently. So such aliases travel under a prefix and get their name back when
//! the answer is completed.

use std::collections::HashSet;

use graphql_tools::parser::query::Selection;

use super::ast::{Ast, SelectionSet, selection_mut};

const PREFIX: &str = "a__";

/// The names of all fields that a `@key`, `@requires` or `@provides` of the supergraph may ask for.
pub fn key_names(supergraph: &str) -> HashSet<String> {
    let mut names = HashSet::from(["__typename".to_owned()]);
    for tag in ["key: \"", "requires: \"", "provides: \""] {
        for fields in supergraph.split(tag).skip(1).filter_map(|rest| rest.split('"').next()) {
            let words = fields.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            names.extend(words.filter(|w| !w.is_empty()).map(str::to_owned));
        }
    }
    names
}

/// Puts the prefix before every alias that is one of `names` but not its own field's name.
pub fn protect(document: &mut Ast, names: &HashSet<String>) {
    for definition in &mut document.definitions {
        protect_set(selection_mut(definition), names);
    }
}

fn protect_set(set: &mut SelectionSet, names: &HashSet<String>) {
    for item in &mut set.items {
        match item {
            Selection::Field(field) => {
                if let Some(alias) = &mut field.alias
                    && *alias != field.name
                    && (names.contains(alias.as_str()) || alias.starts_with(PREFIX))
                {
                    alias.insert_str(0, PREFIX);
                }
                protect_set(&mut field.selection_set, names);
            }
            Selection::InlineFragment(inline) => protect_set(&mut inline.selection_set, names),
            Selection::FragmentSpread(_) => {}
        }
    }
}

/// The client's own name for a response key.
pub fn restore(key: &str) -> &str {
    key.strip_prefix(PREFIX).unwrap_or(key)
}
