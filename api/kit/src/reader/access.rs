//! The fields of an object, the items of a list and the choice of an enum, as serde walks them.

use std::vec;

use async_graphql::{
    Name, Value,
    indexmap::{IndexMap, map},
};
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor, value::Error,
};

use super::Reader;
use crate::probe::{Example, Object};

/// Fields by name.
pub(crate) enum Fields<'p> {
    /// Those of a value, and the value of the field whose name was read last.
    Values(map::IntoIter<Name, Value>, Option<Value>),
    /// The one that the probe offers, if any, and whether its name was read.
    One(Object<'p>, bool),
}

impl<'p> Fields<'p> {
    pub(super) fn values(fields: IndexMap<Name, Value>) -> Self {
        Fields::Values(fields.into_iter(), None)
    }

    fn name(&mut self) -> Option<Name> {
        match self {
            Fields::Values(rest, last) => {
                let (name, value) = rest.next()?;
                *last = Some(value);
                Some(name)
            }
            Fields::One(_, true) => None,
            Fields::One(object, named) => {
                *named = true;
                object.name()
            }
        }
    }

    fn value(&mut self) -> Result<Reader<'p>, Error> {
        match self {
            Fields::Values(_, last) => last.take().map(Reader::Value),
            Fields::One(object, _) => object.value().map(Reader::Example),
        }
        .ok_or_else(|| Error::custom("no field is offered"))
    }
}

impl<'de> MapAccess<'de> for Fields<'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        match self.name() {
            Some(name) => seed.deserialize(name.as_str().into_deserializer()).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        seed.deserialize(self.value()?)
    }

    fn size_hint(&self) -> Option<usize> {
        match self {
            Fields::Values(rest, _) => Some(rest.len()),
            Fields::One(..) => None,
        }
    }
}

/// Items in order.
pub(crate) enum Items<'p> {
    Values(vec::IntoIter<Value>),
    One(Option<Example<'p>>),
}

impl<'p> Items<'p> {
    fn item(&mut self) -> Option<Reader<'p>> {
        match self {
            Items::Values(rest) => rest.next().map(Reader::Value),
            Items::One(example) => example.take().map(Reader::Example),
        }
    }
}

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        match self.item() {
            Some(item) => seed.deserialize(item).map(Some),
            None => Ok(None),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        match self {
            Items::Values(rest) => Some(rest.len()),
            Items::One(_) => None,
        }
    }
}

/// A variant of an enum, with what is in it.
pub(crate) struct Choice {
    name: Name,
    content: Option<Value>,
}

impl Choice {
    /// A variant without content.
    pub fn unit(name: &str) -> Self {
        Choice { name: Name::new(name), content: None }
    }

    /// An enum value, or a one-of input: an object of one field.
    pub(super) fn of_value(value: Value) -> Result<Self, Error> {
        match value {
            Value::Enum(name) => Ok(Choice { name, content: None }),
            Value::String(name) => Ok(Choice::unit(&name)),
            Value::Object(fields) if fields.len() == 1 => fields
                .into_iter()
                .next()
                .map(|(name, content)| Choice { name, content: Some(content) })
                .ok_or_else(|| Error::custom("expected a field")),
            Value::Object(_) => Err(Error::invalid_value(Unexpected::Map, &"an object with a single field")),
            other => {
                Err(Error::custom(format!("expected a name or an object with a single field, got {other}")))
            }
        }
    }
}

impl<'de> EnumAccess<'de> for Choice {
    type Error = Error;
    type Variant = Content;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Content), Error> {
        let variant = seed.deserialize(self.name.as_str().into_deserializer())?;
        Ok((variant, Content(self.content)))
    }
}

/// What is in a variant.
pub(crate) struct Content(Option<Value>);

impl Content {
    fn given<'p>(self) -> Result<Reader<'p>, Error> {
        self.0.map(Reader::Value).ok_or_else(|| Error::custom("expected a variant with content"))
    }
}

impl<'de> VariantAccess<'de> for Content {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        match self.0 {
            None | Some(Value::Null) => Ok(()),
            Some(other) => Err(Error::custom(format!("expected a name alone, got {other} in it"))),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(self.given()?)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, visitor: V) -> Result<V::Value, Error> {
        self.given()?.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.given()?.deserialize_struct("the variant", fields, visitor)
    }
}
