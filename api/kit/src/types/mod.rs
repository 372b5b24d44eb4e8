//! What an SDL says, as tables: types by name, their fields, arguments, defaults, possible types and guards.

mod coerce;
mod literal;
mod merge;
mod problem;
mod read;
mod scan;
#[cfg(test)]
mod tests;

use std::{fmt, sync::Arc};

use async_graphql::{Name, Value, indexmap::IndexMap};
use async_graphql_parser::types::{BaseType, Type};
use mcom_schema::Scope;

pub use literal::literal;
pub use problem::Problem;
pub use read::SdlError;

/// A type reference as written at a field or argument: `[String!]!`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ty {
    /// A type by name.
    Named(Arc<str>),
    /// A list of something.
    List(Box<Ty>),
    /// Something that may not be null.
    NonNull(Box<Ty>),
}

impl Ty {
    /// The parser's type reference as ours.
    pub fn of(parsed: &Type) -> Ty {
        let inner = match &parsed.base {
            BaseType::Named(name) => Ty::Named(name.as_str().into()),
            BaseType::List(item) => Ty::List(Box::new(Ty::of(item))),
        };
        if parsed.nullable { inner } else { Ty::NonNull(Box::new(inner)) }
    }

    /// The name inside all lists and non-nulls.
    pub fn name(&self) -> &Arc<str> {
        match self {
            Ty::Named(name) => name,
            Ty::List(inner) | Ty::NonNull(inner) => inner.name(),
        }
    }

    /// Without an outermost `!`.
    pub fn nullable(&self) -> &Ty {
        match self {
            Ty::NonNull(inner) => inner,
            other => other,
        }
    }

    /// Whether null is not allowed here.
    pub fn is_non_null(&self) -> bool {
        matches!(self, Ty::NonNull(_))
    }
}

impl fmt::Display for Ty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Ty::Named(name) => f.write_str(name),
            Ty::List(inner) => write!(f, "[{inner}]"),
            Ty::NonNull(inner) => write!(f, "{inner}!"),
        }
    }
}

/// What the SDL tells people about an element; not used in answering.
#[derive(Clone, Debug, Default)]
pub struct Doc {
    /// The description, if one is written.
    pub description: Option<Arc<str>>,
    /// The reason of `@deprecated`, if the element carries it.
    pub deprecated: Option<Arc<str>>,
}

/// An argument of a field, or a field of an input object.
#[derive(Clone, Debug)]
pub struct Arg {
    /// Its name.
    pub name: Name,
    /// Its type.
    pub ty: Ty,
    /// Its default as written, coerced to `ty`.
    pub default: Option<Value>,
    /// Description and deprecation.
    pub doc: Doc,
}

/// A field of an object or interface.
#[derive(Clone, Debug)]
pub struct FieldDef {
    /// Its type.
    pub ty: Ty,
    /// Its arguments in written order.
    pub args: Vec<Arg>,
    /// The scopes that `@access` demands, all of them; empty if it has none.
    pub access: Vec<Scope>,
    /// Answered by another subgraph (`@external`).
    pub external: bool,
    /// Description and deprecation.
    pub doc: Doc,
}

/// The fields of a `@key`.
#[derive(Clone, Debug)]
pub struct Key {
    /// As written: `"id"`, or `"id store { id }"`.
    pub fields: String,
    /// False for a stub whose entity lives elsewhere.
    pub resolvable: bool,
}

/// An object, interface or union.
#[derive(Clone, Debug, Default)]
pub struct Composite {
    /// Fields by name, in written order; none for a union.
    pub fields: IndexMap<Arc<str>, FieldDef>,
    /// The object types a value of this type can have: itself, for an object.
    pub possible: Vec<Arc<str>>,
    /// The interfaces it implements.
    pub implements: Vec<Arc<str>>,
    /// Its `@key`s.
    pub keys: Vec<Key>,
    /// The scopes that `@access` on the type demands, all of them.
    pub access: Vec<Scope>,
}

/// What kind of type it is, with what belongs to the kind.
#[derive(Clone, Debug)]
pub enum DefKind {
    /// A scalar, built in or of the contract.
    Scalar {
        /// The address of `@specifiedBy`.
        specified_by: Option<Arc<str>>,
    },
    /// An enum: its values in written order.
    Enum(IndexMap<Name, Doc>),
    /// An input object.
    Input {
        /// Its fields in written order.
        fields: Vec<Arg>,
        /// Exactly one field must be given (`@oneOf`).
        one_of: bool,
    },
    /// An object type.
    Object(Composite),
    /// An interface.
    Interface(Composite),
    /// A union.
    Union(Composite),
}

/// A named type.
#[derive(Clone, Debug)]
pub struct Def {
    /// Its kind and contents.
    pub kind: DefKind,
    /// Description (types are not deprecated).
    pub doc: Doc,
}

impl Def {
    /// The composite part of an object, interface or union.
    pub fn composite(&self) -> Option<&Composite> {
        match &self.kind {
            DefKind::Object(it) | DefKind::Interface(it) | DefKind::Union(it) => Some(it),
            _ => None,
        }
    }
}

/// Every type of one schema.
#[derive(Clone, Debug)]
pub struct Types {
    /// Types by name, in order of first appearance.
    pub defs: IndexMap<Arc<str>, Def>,
    /// The name of the query root.
    pub query: Arc<str>,
    /// The name of the mutation root, if the schema has mutations.
    pub mutation: Option<Arc<str>>,
}

impl Types {
    /// The object types that a value of type `name` can have; empty if it is not composite.
    pub fn possible(&self, name: &str) -> &[Arc<str>] {
        self.composite(name).map_or(&[], |it| &it.possible)
    }

    /// Whether a fragment on `condition` matches objects of type `object`.
    pub fn is_a(&self, object: &str, condition: &str) -> bool {
        object == condition || self.possible(condition).iter().any(|name| **name == *object)
    }

    /// A field of an object or interface.
    pub fn field(&self, owner: &str, field: &str) -> Option<&FieldDef> {
        self.composite(owner)?.fields.get(field)
    }

    /// The object, interface or union with this name.
    pub fn composite(&self, name: &str) -> Option<&Composite> {
        self.defs.get(name)?.composite()
    }

    /// Whether the name is an interface or a union.
    pub fn is_abstract(&self, name: &str) -> bool {
        matches!(self.defs.get(name), Some(Def { kind: DefKind::Interface(_) | DefKind::Union(_), .. }))
    }

    /// Whether the name is a union.
    pub fn is_union(&self, name: &str) -> bool {
        matches!(self.defs.get(name), Some(Def { kind: DefKind::Union(_), .. }))
    }

    /// Whether the name is the query or the mutation root.
    pub fn is_root(&self, name: &str) -> bool {
        *self.query == *name || self.mutation.as_deref() == Some(name)
    }
}
