//! An input object of which one field at most is offered.

use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IntoDeserializer, MapAccess, Visitor, value::Error,
};

use super::{Probe, example::Example};
use crate::types::Arg;

pub(super) struct Object<'p> {
    pub probe: &'p Probe<'p>,
    pub place: String,
    pub args: &'p [Arg],
    /// The field to offer, and the way on inside it; empty to offer nothing and look at the struct itself.
    pub path: &'p [usize],
}

impl Object<'_> {
    /// Both sides have the same names.
    fn compare(&self, what: &str, names: &[&str]) {
        for arg in self.args.iter().filter(|arg| !names.contains(&arg.name.as_str())) {
            self.probe.found.add(format!(
                "{}: in the SDL, but {what} does not read it: add it there or drop it here",
                within(&self.place, &arg.name)
            ));
        }
        for name in names.iter().filter(|name| !self.args.iter().any(|arg| arg.name == **name)) {
            self.probe.found.add(format!("{}: {what} reads {name}, which the SDL does not have", self.place));
        }
    }
}

impl<'de> Deserializer<'de> for Object<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(OneField { object: self, given: false })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if self.path.is_empty() {
            self.compare(name, fields);
        }
        self.deserialize_any(visitor)
    }

    /// A one-of input may be read into an enum.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        _visitor: V,
    ) -> Result<V::Value, Error> {
        self.compare(name, variants);
        Err(Error::custom("the names are compared"))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq
        tuple tuple_struct map identifier ignored_any
    }
}

struct OneField<'p> {
    object: Object<'p>,
    given: bool,
}

impl<'de> MapAccess<'de> for OneField<'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        if self.given {
            return Ok(None);
        }
        self.given = true;
        match self.object.path.first().and_then(|index| self.object.args.get(*index)) {
            Some(arg) => seed.deserialize(arg.name.as_str().into_deserializer()).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let path = self.object.path;
        let Some((index, inside)) = path.split_first() else {
            return Err(Error::custom("nothing is offered"));
        };
        let Some(arg) = self.object.args.get(*index) else { return Err(Error::custom("no such argument")) };
        seed.deserialize(Example {
            probe: self.object.probe,
            place: within(&self.object.place, &arg.name),
            ty: &arg.ty,
            path: inside,
            optional: false,
        })
    }
}

/// `Query.book` and `id` are `Query.book(id)`; one further in, `Query.book(id.x)`.
fn within(place: &str, name: &str) -> String {
    match place.strip_suffix(')') {
        Some(open) => format!("{open}.{name})"),
        None => format!("{place}({name})"),
    }
}
