//! What functions may give back: owned values, records in an `Arc`, or what is borrowed from the parent.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use mcom_schema::Currency;

use super::{Kind, Prop, Record, Shaped, Show, instant};

/// A type that a function may answer with.
pub trait Given<'a> {
    /// What it holds.
    const KIND: Kind;
    /// The value.
    fn give(self) -> Prop<'a>;
}

/// Something borrowed from the parent record; made with [`shown`].
pub struct Shown<'a, T: ?Sized>(&'a T);

/// Answers with a part of the parent, uncopied.
pub fn shown<T: Show + ?Sized>(part: &T) -> Shown<'_, T> {
    Shown(part)
}

impl<'a, T: Show + ?Sized> Given<'a> for Shown<'a, T> {
    const KIND: Kind = T::KIND;
    fn give(self) -> Prop<'a> {
        self.0.show()
    }
}

macro_rules! given {
    ($($type:ty: $kind:ident, $it:ident => $prop:expr;)*) => {$(
        impl<'a> Given<'a> for $type {
            const KIND: Kind = Kind::$kind;
            fn give(self) -> Prop<'a> {
                let $it = self;
                $prop
            }
        }
    )*};
}

given! {
    &'a str: Str, it => Prop::Str(it);
    String: Str, it => Prop::Text(it);
    bool: Bool, it => Prop::Bool(it);
    i32: Int, it => Prop::Int(i64::from(it));
    i64: Int, it => Prop::Int(it);
    f64: Float, it => Prop::Float(it);
    Currency: Str, it => Prop::Str(it.code());
    DateTime<Utc>: Str, it => Prop::Text(instant(it));
    Arc<dyn Record>: AnyRecord, it => Prop::Own(it);
    Prop<'a>: Any, it => it;
}

impl<'a, T: Shaped> Given<'a> for T {
    const KIND: Kind = Kind::Record(T::shape);
    fn give(self) -> Prop<'a> {
        Prop::Own(Arc::new(self))
    }
}

impl<'a, T: Shaped> Given<'a> for Arc<T> {
    const KIND: Kind = Kind::Record(T::shape);
    fn give(self) -> Prop<'a> {
        Prop::Own(self)
    }
}

impl<'a, G: Given<'a>> Given<'a> for Option<G> {
    const KIND: Kind = Kind::Optional(&G::KIND);
    fn give(self) -> Prop<'a> {
        self.map_or(Prop::Null, Given::give)
    }
}

impl<'a, G: Given<'a>> Given<'a> for Vec<G> {
    const KIND: Kind = Kind::List(&G::KIND);
    fn give(self) -> Prop<'a> {
        Prop::Many(self.into_iter().map(Given::give).collect())
    }
}
