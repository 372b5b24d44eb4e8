//! A type that is spread over several definitions, put together.

use super::{Composite, DefKind};

/// Adds what a further definition or `extend` says; false if it is of another kind.
pub(super) fn merge(known: &mut DefKind, more: &mut DefKind) -> bool {
    match (known, more) {
        (DefKind::Scalar { .. }, DefKind::Scalar { .. }) => {}
        (DefKind::Enum(known), DefKind::Enum(more)) => known.extend(more.drain(..)),
        (DefKind::Input { fields: known, .. }, DefKind::Input { fields: more, .. }) => {
            for field in more.drain(..) {
                if !known.iter().any(|known| known.name == field.name) {
                    known.push(field);
                }
            }
        }
        (DefKind::Object(known), DefKind::Object(more))
        | (DefKind::Interface(known), DefKind::Interface(more))
        | (DefKind::Union(known), DefKind::Union(more)) => join(known, more),
        _ => return false,
    }
    true
}

fn join(known: &mut Composite, more: &mut Composite) {
    for (name, field) in more.fields.drain(..) {
        known.fields.entry(name).or_insert(field);
    }
    known.keys.append(&mut more.keys);
    known.access.append(&mut more.access);
    for name in more.implements.drain(..) {
        if !known.implements.contains(&name) {
            known.implements.push(name);
        }
    }
    for name in more.possible.drain(..) {
        if !known.possible.contains(&name) {
            known.possible.push(name);
        }
    }
}
