//! Records: plain structs that answer fields by name, filled by loaders and read without further I/O.

mod declare;
mod given;
mod kind;
mod show;

use std::{any::Any, sync::Arc};

pub use given::{Given, Shown, shown};
pub use kind::{Kind, Shape, computed_kind, kind_of};
pub use show::{Show, instant};

/// A value on its way into an answer, borrowed from its record where possible.
pub enum Prop<'a> {
    /// Null.
    Null,
    /// Text: a `String`, `ID`, enum value or a scalar that is written as a string.
    Str(&'a str),
    /// Text made for this answer.
    Text(String),
    /// `Boolean`.
    Bool(bool),
    /// `Int`.
    Int(i64),
    /// `Float`.
    Float(f64),
    /// A scalar that is any JSON.
    Json(&'a serde_json::Value),
    /// A record inside another.
    One(&'a dyn Record),
    /// A record that a function loaded or made.
    Own(Arc<dyn Record>),
    /// A list inside a record.
    Seq(&'a dyn Seq),
    /// A list that a function made.
    Many(Vec<Prop<'a>>),
}

/// Something that answers the fields of one object type. Declared with [`record!`](crate::record!).
pub trait Record: Any + Send + Sync {
    /// The value of a field that needs no function; null for a name that is not declared.
    fn prop(&self, name: &str) -> Prop<'_>;
    /// The object type.
    fn type_name(&self) -> &'static str;
    /// For going back to the Rust type.
    fn as_any(&self) -> &(dyn Any + Send + Sync);
}

impl dyn Record {
    /// The Rust type behind it, if it is `T`.
    pub fn downcast<T: Any>(&self) -> Option<&T> {
        self.as_any().downcast_ref()
    }
}

/// What is known of a record type before there is a value of it.
pub trait Shaped: Record + Sized {
    /// The object type.
    const TYPE: &'static str;
    /// The declared properties with what they hold.
    fn shape() -> Shape;
}

/// A list whose items are shown one by one.
pub trait Seq: Send + Sync {
    /// How many items there are.
    fn len(&self) -> usize;
    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// The item at an index below [`len`](Seq::len).
    fn at(&self, index: usize) -> Prop<'_>;
}

impl<T: Show + Send + Sync> Seq for Vec<T> {
    fn len(&self) -> usize {
        Vec::len(self)
    }

    fn at(&self, index: usize) -> Prop<'_> {
        self[index].show()
    }
}
