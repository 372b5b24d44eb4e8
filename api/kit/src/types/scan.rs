//! Reading the directives and descriptions that SDL elements carry.

use std::sync::Arc;

use async_graphql::{Positioned, Value};
use async_graphql_parser::types::ConstDirective;
use mcom_schema::Scope;

use super::{Doc, Key};

type Directives = [Positioned<ConstDirective>];

pub(super) fn find<'a>(directives: &'a Directives, name: &str) -> Option<&'a ConstDirective> {
    directives.iter().find(|directive| directive.node.name.node == name).map(|directive| &directive.node)
}

pub(super) fn text(directive: &ConstDirective, argument: &str) -> Option<Arc<str>> {
    match &directive.get_argument(argument)?.node {
        Value::String(text) => Some(text.as_str().into()),
        _ => None,
    }
}

pub(super) fn doc(description: Option<&Positioned<String>>, directives: &Directives) -> Doc {
    let deprecated = find(directives, "deprecated")
        .map(|directive| text(directive, "reason").unwrap_or_else(|| "No longer supported".into()));
    Doc { description: description.map(|text| text.node.as_str().into()), deprecated }
}

/// The scopes of `@access(scopes: ["read_products"])`.
///
/// # Errors
/// The first name that is not a scope, or an empty or missing list.
pub(super) fn access(directives: &Directives) -> Result<Vec<Scope>, String> {
    let Some(directive) = find(directives, "access") else { return Ok(vec![]) };
    let names = match directive.get_argument("scopes").map(|scopes| &scopes.node) {
        Some(Value::List(names)) if !names.is_empty() => names,
        _ => return Err("@access needs a list of scopes".to_owned()),
    };
    let scope = |name: &Value| match name {
        Value::String(name) => {
            Scope::parse(name).ok_or_else(|| format!("@access names no known scope: \"{name}\""))
        }
        other => Err(format!("@access names no known scope: {other}")),
    };
    names.iter().map(scope).collect()
}

pub(super) fn keys(directives: &Directives) -> Vec<Key> {
    let key = |directive: &Positioned<ConstDirective>| {
        let resolvable = directive.node.get_argument("resolvable").map(|value| &value.node);
        Some(Key {
            fields: text(&directive.node, "fields")?.to_string(),
            resolvable: !matches!(resolvable, Some(Value::Boolean(false))),
        })
    };
    directives.iter().filter(|directive| directive.node.name.node == "key").filter_map(key).collect()
}
