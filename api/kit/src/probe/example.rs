//! An example value of an SDL type, which notes when it is read as something else.

use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IntoDeserializer, SeqAccess, Visitor, value::Error,
};

use super::{Probe, object::Object};
use crate::types::{DefKind, Ty};

pub(super) struct Example<'p> {
    pub probe: &'p Probe<'p>,
    pub place: String,
    pub ty: &'p Ty,
    pub path: &'p [usize],
    /// Read into an `Option`, so that null has somewhere to go.
    pub optional: bool,
}

impl<'p> Example<'p> {
    fn complain<T>(&self, said: &str) -> Result<T, Error> {
        self.probe.found.add(format!("{}: {} in the SDL, {said}", self.place, self.ty));
        Err(Error::custom("does not fit"))
    }

    /// The type without its `!`; a type without one is complained of, as null is on its way and nobody takes it.
    fn present(&self) -> Result<&'p Ty, Error> {
        match self.ty {
            Ty::NonNull(inner) => Ok(inner),
            nullable if self.optional => Ok(nullable),
            _ => self.complain("so it may be null, also where it has a default: read it into an Option"),
        }
    }

    fn named(&self, reads: &str, fits: impl Fn(&str, Option<&DefKind>) -> bool) -> Result<&'p str, Error> {
        match self.present()? {
            Ty::Named(name) if fits(name, self.kind(name)) => Ok(name),
            _ => self.complain(&format!("but the code reads {reads}")),
        }
    }

    fn kind(&self, name: &str) -> Option<&'p DefKind> {
        self.probe.types.defs.get(name).map(|def| &def.kind)
    }

    fn whole<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.named("a whole number", |name, _| name == "Int")?;
        visitor.visit_u64(0)
    }

    fn float<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.named("a number", |name, _| name == "Float" || name == "Int")?;
        visitor.visit_f64(0.0)
    }

    fn text<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let written = |name: &str, kind: Option<&DefKind>| match kind {
            Some(DefKind::Scalar { .. }) => !matches!(name, "Int" | "Float" | "Boolean"),
            Some(DefKind::Enum(_)) => true,
            _ => false,
        };
        let name = self.named("text", written)?;
        match self.kind(name) {
            Some(DefKind::Enum(values)) => visitor.visit_str(values.keys().next().map_or("", |name| name)),
            _ => visitor.visit_str("0"),
        }
    }

    fn object(self) -> Result<Object<'p>, Error> {
        match self.present()? {
            Ty::Named(name) => match self.kind(name) {
                Some(DefKind::Input { fields, .. }) => {
                    Ok(Object { probe: self.probe, place: self.place, args: fields, path: self.path })
                }
                _ => self.complain("but the code reads an object"),
            },
            _ => self.complain("but the code reads an object"),
        }
    }
}

impl<'de> Deserializer<'de> for Example<'de> {
    type Error = Error;

    /// Whatever takes anything gets nothing: it cannot be wrong.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(Example { optional: true, ..self })
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.named("a Boolean", |name, _| name == "Boolean")?;
        visitor.visit_bool(false)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.present()? {
            Ty::List(item) => {
                let item = Example { ty: item, optional: false, ..self };
                visitor.visit_seq(OneItem(Some(item)))
            }
            _ => self.complain("but the code reads a list"),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.object()?.deserialize_struct(name, fields, visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.object()?.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let Ty::Named(wanted) = self.present()? else { return self.complain("but the code reads an enum") };
        match self.kind(wanted) {
            Some(DefKind::Enum(values)) => {
                for value in values.keys().filter(|value| !variants.contains(&value.as_str())) {
                    self.probe
                        .found
                        .add(format!("{}: {wanted} has {value}, which {name} does not read", self.place));
                }
                visitor.visit_enum(variants.first().copied().unwrap_or_default().into_deserializer())
            }
            _ => self.object()?.deserialize_enum(name, variants, visitor),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.text(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.text(visitor)
    }

    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.whole(visitor)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.whole(visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.whole(visitor)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.whole(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.float(visitor)
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i128 u8 u16 u128 f32 char bytes byte_buf unit unit_struct tuple tuple_struct identifier ignored_any
    }
}

struct OneItem<'p>(Option<Example<'p>>);

impl<'de> SeqAccess<'de> for OneItem<'de> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        self.0.take().map(|item| seed.deserialize(item)).transpose()
    }
}
