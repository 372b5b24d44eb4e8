//! Work on the tree of answers: find objects, read what identifies them, merge, rewrite.

use async_graphql::indexmap::IndexMap;
use async_graphql::{Name, PathSegment, Value};
use mcom_kit::Types;

use crate::planner::{Change, PathStep, Required, Rewrite, RewriteStep};

/// An object of the tree.
pub(super) type Object = IndexMap<Name, Value>;
type Found<'v> = Vec<(Vec<PathSegment>, &'v Object)>;

/// Whether an object is of one of `names`. One that does not say what it is passes.
fn is_one_of(types: &Types, object: &Object, names: &[String]) -> bool {
    match object.get("__typename") {
        Some(Value::String(name)) => names.iter().any(|condition| types.is_a(name, condition)),
        _ => true,
    }
}

/// The objects at a path, with the way to each of them.
pub(super) fn collect<'v>(
    types: &Types,
    value: &'v Value,
    path: &[PathStep],
    way: &mut Vec<PathSegment>,
    found: &mut Found<'v>,
) {
    let mut into = |segment, value: &'v Value, path: &[PathStep]| {
        way.push(segment);
        collect(types, value, path, way, found);
        way.pop();
    };
    match (path.split_first(), value) {
        (None, Value::Object(object)) => found.push((way.clone(), object)),
        (Some((PathStep::Field(name), rest)), Value::Object(object)) => {
            if let Some(value) = object.get(name.as_str()) {
                into(PathSegment::Field(name.clone()), value, rest);
            }
        }
        (Some((PathStep::If(names), rest)), Value::Object(object)) if is_one_of(types, object, names) => {
            collect(types, value, rest, way, found);
        }
        (Some((PathStep::Items, rest)), Value::List(items)) => {
            items.iter().enumerate().for_each(|(i, item)| into(PathSegment::Index(i), item, rest));
        }
        // A path may leave out that it goes through a list.
        (_, Value::List(items)) => {
            items.iter().enumerate().for_each(|(i, item)| into(PathSegment::Index(i), item, path));
        }
        _ => {}
    }
}

/// The value at a way that [`collect`] found.
pub(super) fn reach<'v>(value: &'v mut Value, way: &[PathSegment]) -> Option<&'v mut Value> {
    way.iter().try_fold(value, |value, segment| match (segment, value) {
        (PathSegment::Field(name), Value::Object(object)) => object.get_mut(name.as_str()),
        (PathSegment::Index(index), Value::List(items)) => items.get_mut(*index),
        _ => None,
    })
}

/// What identifies an object; `None` if it lacks a part, so that nobody can be asked about it.
pub(super) fn required(types: &Types, wanted: &[Required], object: &Object) -> Option<Object> {
    let mut out = Object::new();
    for part in wanted {
        match part {
            Required::Field { name, key, below } => {
                let value = object.get(name.as_str())?;
                let value =
                    if below.is_empty() { value.clone() } else { required_value(types, below, value)? };
                out.insert(Name::new(key), value);
            }
            Required::On { condition, below } => {
                if is_one_of(types, object, std::slice::from_ref(condition)) {
                    out.extend(required(types, below, object)?);
                }
            }
        }
    }
    (!out.is_empty()).then_some(out)
}

fn required_value(types: &Types, wanted: &[Required], value: &Value) -> Option<Value> {
    Some(match value {
        Value::List(items) => {
            Value::List(items.iter().map(|item| required_value(types, wanted, item)).collect::<Option<_>>()?)
        }
        Value::Object(object) => Value::Object(required(types, wanted, object)?),
        other => other.clone(),
    })
}

/// Adds what `more` knows to `known`. Null knows nothing.
pub(super) fn merge(known: &mut Value, more: Value) {
    match (known, more) {
        (Value::Object(known), Value::Object(more)) => {
            for (key, value) in more {
                match known.get_mut(&key) {
                    Some(inner) => merge(inner, value),
                    None => drop(known.insert(key, value)),
                }
            }
        }
        (Value::List(known), Value::List(more)) => {
            known.iter_mut().zip(more).for_each(|(known, more)| merge(known, more));
        }
        (_, Value::Null) => {}
        (known, more) => *known = more,
    }
}

/// Applies a rewrite wherever its path leads.
pub(super) fn rewrite(types: &Types, rewrite: &Rewrite, value: &mut Value) {
    rewrite_at(types, &rewrite.path, &rewrite.change, value);
}

fn rewrite_at(types: &Types, path: &[RewriteStep], change: &Change, value: &mut Value) {
    if let Value::List(items) = value {
        return items.iter_mut().for_each(|item| rewrite_at(types, path, change, item));
    }
    let Some((step, rest)) = path.split_first() else {
        if let Change::Set(text) = change {
            *value = Value::String(text.clone());
        }
        return;
    };
    let Value::Object(object) = value else { return };
    match (step, change) {
        (RewriteStep::If(names), _) => {
            if is_one_of(types, object, names) {
                rewrite_at(types, rest, change, value);
            }
        }
        (RewriteStep::Key(key), Change::Rename(name)) if rest.is_empty() => {
            if let Some(inner) = object.shift_remove(key.as_str()) {
                object.insert(Name::new(name), inner);
            }
        }
        (RewriteStep::Key(key), _) => {
            if let Some(inner) = object.get_mut(key.as_str()) {
                rewrite_at(types, rest, change, inner);
            }
        }
    }
}
