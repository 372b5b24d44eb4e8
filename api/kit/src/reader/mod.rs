//! The one deserializer that arguments and keys of entities are read with, be they a client's values or the probe's
//! examples.
//!
//! A type's own code is compiled once for every deserializer it is read with, and serde's is long. So there is one,
//! and what differs between its sources is decided before a visitor is called: [`Reader::answer`] tells what there is
//! for what a type wishes, and only that is visited.

mod access;

use async_graphql::{Value, indexmap::IndexMap};
use serde::de::{DeserializeOwned, Deserializer, Error as _, Expected, Unexpected, Visitor, value::Error};

use crate::{
    Fault,
    probe::{Example, Object},
};
pub(crate) use access::{Choice, Fields, Items};

/// What can be read.
pub(crate) enum Reader<'p> {
    /// What a client gave, coerced, or a default.
    Value(Value),
    /// One value that the SDL allows.
    Example(Example<'p>),
    /// An input object of the SDL, with one field at most.
    Object(Object<'p>),
}

/// What a type asks to be given.
#[derive(Clone, Copy)]
pub(crate) enum Wish {
    Anything,
    Boolean,
    Whole,
    Float,
    Text,
    List,
    Map,
    Struct { name: &'static str, fields: &'static [&'static str] },
}

/// What it is given.
pub(crate) enum Answer<'p> {
    Null,
    Boolean(bool),
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    Text(String),
    List(Items<'p>),
    Fields(Fields<'p>),
}

/// Reads a struct from its fields by name.
///
/// # Errors
/// A value that the struct does not take.
pub(crate) fn read<T: DeserializeOwned>(fields: IndexMap<async_graphql::Name, Value>) -> Result<T, Fault> {
    T::deserialize(Reader::Value(Value::Object(fields))).map_err(|error| Fault::arguments(error.to_string()))
}

impl<'p> Reader<'p> {
    fn answer(self, wish: Wish) -> Result<Answer<'p>, Error> {
        match self {
            Reader::Value(value) => of_value(value),
            Reader::Example(example) => example.answer(wish),
            Reader::Object(object) => Ok(Answer::Fields(Fields::One(object.compared(wish), false))),
        }
    }

    /// What an `Option` holds of it.
    fn present(self) -> Option<Self> {
        match self {
            Reader::Value(Value::Null) => None,
            Reader::Example(example) => Some(Reader::Example(Example { optional: true, ..example })),
            present => Some(present),
        }
    }

    fn choice(self, name: &str, variants: &[&str]) -> Result<Choice, Error> {
        match self {
            Reader::Value(value) => Choice::of_value(value),
            Reader::Example(example) => example.choice(name, variants),
            Reader::Object(object) => object.choice(name, variants),
        }
    }
}

fn of_value<'p>(value: Value) -> Result<Answer<'p>, Error> {
    Ok(match value {
        Value::Null => Answer::Null,
        Value::Boolean(flag) => Answer::Boolean(flag),
        Value::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
            (Some(number), ..) => Answer::Unsigned(number),
            (_, Some(number), _) => Answer::Signed(number),
            (.., number) => Answer::Float(number.unwrap_or(f64::NAN)),
        },
        Value::String(text) => Answer::Text(text),
        Value::Enum(name) => Answer::Text(name.to_string()),
        Value::List(items) => Answer::List(Items::Values(items.into_iter())),
        Value::Object(fields) => Answer::Fields(Fields::values(fields)),
        Value::Binary(bytes) => return Err(Error::invalid_type(Unexpected::Bytes(&bytes), &"a value")),
    })
}

impl Answer<'_> {
    fn refused(&self, expected: &dyn Expected) -> Error {
        let unexpected = match self {
            Answer::Null => Unexpected::Unit,
            Answer::Boolean(flag) => Unexpected::Bool(*flag),
            Answer::Unsigned(number) => Unexpected::Unsigned(*number),
            Answer::Signed(number) => Unexpected::Signed(*number),
            Answer::Float(number) => Unexpected::Float(*number),
            Answer::Text(text) => Unexpected::Str(text),
            Answer::List(_) => Unexpected::Seq,
            Answer::Fields(_) => Unexpected::Map,
        };
        Error::invalid_type(unexpected, expected)
    }
}

/// A method that visits a number.
macro_rules! number {
    ($method:ident, $wish:ident) => {
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match self.answer(Wish::$wish)? {
                Answer::Unsigned(number) => visitor.visit_u64(number),
                Answer::Signed(number) => visitor.visit_i64(number),
                Answer::Float(number) => visitor.visit_f64(number),
                other => Err(other.refused(&visitor)),
            }
        }
    };
}

impl<'de> Deserializer<'de> for Reader<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.answer(Wish::Anything)? {
            Answer::Null => visitor.visit_unit(),
            Answer::Boolean(flag) => visitor.visit_bool(flag),
            Answer::Unsigned(number) => visitor.visit_u64(number),
            Answer::Signed(number) => visitor.visit_i64(number),
            Answer::Float(number) => visitor.visit_f64(number),
            Answer::Text(text) => visitor.visit_string(text),
            Answer::List(items) => visitor.visit_seq(items),
            Answer::Fields(fields) => visitor.visit_map(fields),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.answer(Wish::Boolean)? {
            Answer::Boolean(flag) => visitor.visit_bool(flag),
            other => Err(other.refused(&visitor)),
        }
    }

    number!(deserialize_i32, Whole);
    number!(deserialize_i64, Whole);
    number!(deserialize_u32, Whole);
    number!(deserialize_u64, Whole);
    number!(deserialize_f64, Float);

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.answer(Wish::Text)? {
            Answer::Text(text) => visitor.visit_string(text),
            other => Err(other.refused(&visitor)),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_string(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.present() {
            Some(present) => visitor.visit_some(present),
            None => visitor.visit_none(),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.answer(Wish::List)? {
            Answer::List(items) => visitor.visit_seq(items),
            other => Err(other.refused(&visitor)),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.answer(Wish::Map)? {
            Answer::Fields(fields) => visitor.visit_map(fields),
            other => Err(other.refused(&visitor)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.answer(Wish::Struct { name, fields })? {
            Answer::Fields(fields) => visitor.visit_map(fields),
            other => Err(other.refused(&visitor)),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(self.choice(name, variants)?)
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i128 u8 u16 u128 f32 char bytes byte_buf unit unit_struct tuple tuple_struct identifier ignored_any
    }
}
