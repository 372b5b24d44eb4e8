//! Whether what a Rust type holds is what an SDL type promises.

use crate::{
    record::Kind,
    types::{DefKind, Ty, Types},
};

/// Compares kind, lists, record type and nullability. A Rust value that is never null may stand for one that might be.
///
/// # Errors
/// What the code gives instead, as the end of a sentence.
pub(super) fn agree(types: &Types, ty: &Ty, kind: Kind) -> Result<(), String> {
    match (ty, kind) {
        (_, Kind::Any) => Ok(()),
        (Ty::NonNull(_), Kind::Optional(_)) => Err("but the code may give null".to_owned()),
        (Ty::NonNull(inner), kind) => agree(types, inner, kind),
        (ty, Kind::Optional(kind)) => agree(types, ty, *kind),
        (Ty::List(item), Kind::List(kind)) => agree(types, item, *kind),
        (Ty::List(_), other) => Err(format!("but the code gives {}", name(other))),
        (Ty::Named(wanted), kind) if fits(types, wanted, kind) => Ok(()),
        (Ty::Named(_), other) => Err(format!("but the code gives {}", name(other))),
    }
}

fn fits(types: &Types, wanted: &str, kind: Kind) -> bool {
    let def = types.defs.get(wanted).map(|def| &def.kind);
    match (wanted, def, kind) {
        ("Int", _, Kind::Int) | ("Float", _, Kind::Int | Kind::Float) | ("Boolean", _, Kind::Bool) => true,
        ("Int" | "Float" | "Boolean", _, _) => false,
        ("String" | "ID", _, kind) => matches!(kind, Kind::Str),
        ("JSON", Some(DefKind::Scalar { .. }), kind) => matches!(kind, Kind::Json),
        (_, Some(DefKind::Scalar { .. } | DefKind::Enum(_)), kind) => matches!(kind, Kind::Str),
        (_, Some(DefKind::Object(_)), Kind::Record(shape)) => shape().name == wanted,
        (_, Some(DefKind::Interface(_) | DefKind::Union(_)), Kind::Record(shape)) => {
            types.is_a(shape().name, wanted)
        }
        (_, Some(DefKind::Interface(_) | DefKind::Union(_)), Kind::AnyRecord) => true,
        _ => false,
    }
}

fn name(kind: Kind) -> String {
    match kind {
        Kind::Str => "text".to_owned(),
        Kind::Bool => "a Boolean".to_owned(),
        Kind::Int => "an Int".to_owned(),
        Kind::Float => "a Float".to_owned(),
        Kind::Json => "JSON".to_owned(),
        Kind::Record(shape) => format!("a {}", shape().name),
        Kind::AnyRecord => "a record of any type".to_owned(),
        Kind::List(item) => format!("a list of {}", name(*item)),
        Kind::Optional(inner) => format!("{} or null", name(*inner)),
        Kind::Any => "anything".to_owned(),
    }
}
