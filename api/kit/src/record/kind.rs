//! What a Rust type holds, in words that can be held against an SDL type at start-up.

use std::any::TypeId;

use async_graphql::dynamic::FieldValue;

use super::{Given, Record, Show};

/// The kind of value a property or function gives.
#[derive(Clone, Copy)]
pub enum Kind {
    /// Text: `String`, `ID`, an enum, or a scalar of the contract.
    Str,
    /// `Boolean`.
    Bool,
    /// `Int`.
    Int,
    /// `Float`.
    Float,
    /// A scalar that is any JSON.
    Json,
    /// One record type. A function, as record types contain each other in circles.
    Record(fn() -> Shape),
    /// A record whose type is known only when it is there: for interfaces and unions.
    AnyRecord,
    /// A list.
    List(&'static Kind),
    /// May be null.
    Optional(&'static Kind),
    /// Anything at all: the start-up check has to trust the function.
    Any,
}

/// A record type as the registry keeps it.
#[derive(Clone)]
pub struct Shape {
    /// The object type.
    pub name: &'static str,
    /// The Rust type.
    pub rust: TypeId,
    /// The declared properties.
    pub props: Vec<(&'static str, Kind)>,
    /// Finds the record in a value of the engine.
    pub view: for<'a> fn(&'a FieldValue<'_>) -> Option<&'a dyn Record>,
}

/// The kind of what a path into a record reaches. Called by [`record!`](crate::record!).
pub const fn kind_of<T, U: Show + ?Sized>(_path: fn(&T) -> &U) -> Kind {
    U::KIND
}

/// The kind of what a function of a record gives. Called by [`record!`](crate::record!).
pub const fn computed_kind<'a, T, G: Given<'a>>(_compute: fn(&'a T) -> G) -> Kind {
    G::KIND
}
