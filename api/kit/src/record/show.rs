//! How each Rust type inside a record is shown.

use std::sync::Arc;

use chrono::{DateTime, SecondsFormat, Utc};
use mcom_schema::Currency;

use super::{Kind, Prop, Record, Seq, Shaped};

/// A type that can be a property of a record.
pub trait Show {
    /// What it holds.
    const KIND: Kind;
    /// The value, borrowed.
    fn show(&self) -> Prop<'_>;
}

macro_rules! show {
    ($($type:ty: $kind:ident, $it:ident => $prop:expr;)*) => {$(
        impl Show for $type {
            const KIND: Kind = Kind::$kind;
            fn show(&self) -> Prop<'_> {
                let $it = self;
                $prop
            }
        }
    )*};
}

show! {
    str: Str, it => Prop::Str(it);
    String: Str, it => Prop::Str(it);
    &'static str: Str, it => Prop::Str(it);
    bool: Bool, it => Prop::Bool(*it);
    i32: Int, it => Prop::Int(i64::from(*it));
    i64: Int, it => Prop::Int(*it);
    f64: Float, it => Prop::Float(*it);
    serde_json::Value: Json, it => Prop::Json(it);
    Currency: Str, it => Prop::Str(it.code());
    DateTime<Utc>: Str, it => Prop::Text(instant(*it));
}

/// An instant as the APIs print it, whole seconds in UTC: `2026-03-01T10:00:00Z`.
pub fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

impl<T: Shaped> Show for T {
    const KIND: Kind = Kind::Record(T::shape);
    fn show(&self) -> Prop<'_> {
        Prop::One(self)
    }
}

impl Show for dyn Record {
    const KIND: Kind = Kind::AnyRecord;
    fn show(&self) -> Prop<'_> {
        Prop::One(self)
    }
}

impl<T: Show + ?Sized> Show for Arc<T> {
    const KIND: Kind = T::KIND;
    fn show(&self) -> Prop<'_> {
        (**self).show()
    }
}

impl<T: Show> Show for Option<T> {
    const KIND: Kind = Kind::Optional(&T::KIND);
    fn show(&self) -> Prop<'_> {
        self.as_ref().map_or(Prop::Null, Show::show)
    }
}

impl<T: Show + Send + Sync> Show for Vec<T> {
    const KIND: Kind = Kind::List(&T::KIND);
    fn show(&self) -> Prop<'_> {
        Prop::Seq(self as &dyn Seq)
    }
}
