//! `@skip` and `@include`, decided before planning: a plan is made for each combination of their variables.
//!
//! Plans then have no conditions in them, and the order of the keys in the answer is exactly the document's.

use std::collections::BTreeSet;

use graphql_tools::parser::query::{Definition, OperationDefinition, Selection};

use super::ast::{Ast, Directive, Literal, SelectionSet, directives, selection_mut};

/// The variables that decide what is left out, in a fixed order.
pub fn variables(document: &mut Ast) -> Vec<String> {
    let mut found = BTreeSet::new();
    for definition in &mut document.definitions {
        find(selection_mut(definition), &mut found);
    }
    found.into_iter().collect()
}

fn find(set: &SelectionSet, found: &mut BTreeSet<String>) {
    for item in &set.items {
        for directive in directives(item).iter().filter(|d| is_condition(d)) {
            found.extend(directive.arguments.iter().filter_map(|(_, v)| match v {
                Literal::Variable(name) => Some(name.clone()),
                _ => None,
            }));
        }
        match item {
            Selection::Field(f) => find(&f.selection_set, found),
            Selection::InlineFragment(f) => find(&f.selection_set, found),
            Selection::FragmentSpread(_) => {}
        }
    }
}

fn is_condition(directive: &Directive) -> bool {
    matches!(directive.name.as_str(), "skip" | "include")
}

/// The document with one operation, without what is skipped, and without any directive or variable that has
/// done its work. `is_set` tells the value of a condition's variable.
pub fn decide(document: &Ast, operation: Option<&str>, is_set: &dyn Fn(&str) -> bool) -> Ast {
    let mut decided = document.clone();
    decided.definitions.retain(|d| match d {
        Definition::Operation(o) => operation.is_none() || name(o) == operation,
        Definition::Fragment(_) => true,
    });
    for definition in &mut decided.definitions {
        if let Definition::Fragment(fragment) = definition {
            fragment.directives.clear();
        }
        prune(selection_mut(definition), is_set);
    }
    let mut used = BTreeSet::new();
    for definition in &mut decided.definitions {
        arguments(selection_mut(definition), &mut used);
    }
    for definition in &mut decided.definitions {
        match definition {
            Definition::Operation(OperationDefinition::Query(o)) => {
                o.directives.clear();
                o.variable_definitions.retain(|v| used.contains(&v.name));
            }
            Definition::Operation(OperationDefinition::Mutation(o)) => {
                o.directives.clear();
                o.variable_definitions.retain(|v| used.contains(&v.name));
            }
            _ => {}
        }
    }
    decided
}

fn name<'d>(operation: &'d OperationDefinition<'static, String>) -> Option<&'d str> {
    match operation {
        OperationDefinition::SelectionSet(_) => None,
        OperationDefinition::Query(o) => o.name.as_deref(),
        OperationDefinition::Mutation(o) => o.name.as_deref(),
        OperationDefinition::Subscription(o) => o.name.as_deref(),
    }
}

fn prune(set: &mut SelectionSet, is_set: &dyn Fn(&str) -> bool) {
    set.items.retain(|item| directives(item).iter().all(|d| keeps(d, is_set)));
    for item in &mut set.items {
        match item {
            Selection::Field(field) => {
                field.directives.clear();
                prune(&mut field.selection_set, is_set);
            }
            Selection::InlineFragment(inline) => {
                inline.directives.clear();
                prune(&mut inline.selection_set, is_set);
            }
            Selection::FragmentSpread(spread) => spread.directives.clear(),
        }
    }
}

fn keeps(directive: &Directive, is_set: &dyn Fn(&str) -> bool) -> bool {
    let value = match directive.arguments.first() {
        Some((_, Literal::Boolean(flag))) => *flag,
        Some((_, Literal::Variable(name))) => is_set(name),
        _ => return true,
    };
    match directive.name.as_str() {
        "skip" => !value,
        "include" => value,
        _ => true,
    }
}

fn arguments(set: &SelectionSet, used: &mut BTreeSet<String>) {
    for item in &set.items {
        match item {
            Selection::Field(field) => {
                field.arguments.iter().for_each(|(_, v)| mentioned(v, used));
                arguments(&field.selection_set, used);
            }
            Selection::InlineFragment(inline) => arguments(&inline.selection_set, used),
            Selection::FragmentSpread(_) => {}
        }
    }
}

fn mentioned(value: &Literal, used: &mut BTreeSet<String>) {
    match value {
        Literal::Variable(name) => drop(used.insert(name.clone())),
        Literal::List(items) => items.iter().for_each(|item| mentioned(item, used)),
        Literal::Object(fields) => fields.iter().for_each(|(_, field)| mentioned(field, used)),
        _ => {}
    }
}
