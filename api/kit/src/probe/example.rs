//! An example value of an SDL type, which notes when it is read as something else.

use serde::de::{Error as _, value::Error};

use super::{Probe, object::Object};
use crate::{
    reader::{Answer, Choice, Fields, Items, Wish},
    types::{DefKind, Ty},
};

pub(crate) struct Example<'p> {
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

    /// What is read into a type that wishes for this; whatever takes anything gets nothing, as it cannot be wrong.
    pub fn answer(self, wish: Wish) -> Result<Answer<'p>, Error> {
        Ok(match wish {
            Wish::Anything => Answer::Null,
            Wish::Boolean => {
                self.named("a Boolean", |name, _| name == "Boolean")?;
                Answer::Boolean(false)
            }
            Wish::Whole => {
                self.named("a whole number", |name, _| name == "Int")?;
                Answer::Unsigned(0)
            }
            Wish::Float => {
                self.named("a number", |name, _| name == "Float" || name == "Int")?;
                Answer::Float(0.0)
            }
            Wish::Text => Answer::Text(self.text()?),
            Wish::List => match self.present()? {
                Ty::List(item) => {
                    Answer::List(Items::One(Some(Example { ty: item, optional: false, ..self })))
                }
                _ => return self.complain("but the code reads a list"),
            },
            Wish::Map | Wish::Struct { .. } => {
                Answer::Fields(Fields::One(self.object()?.compared(wish), false))
            }
        })
    }

    /// The enum value that stands for all of them, once each was held against the variants.
    pub fn choice(self, name: &str, variants: &[&str]) -> Result<Choice, Error> {
        let Ty::Named(wanted) = self.present()? else { return self.complain("but the code reads an enum") };
        match self.kind(wanted) {
            Some(DefKind::Enum(values)) => {
                for value in values.keys().filter(|value| !variants.contains(&value.as_str())) {
                    self.probe
                        .found
                        .add(format!("{}: {wanted} has {value}, which {name} does not read", self.place));
                }
                Ok(Choice::unit(variants.first().copied().unwrap_or_default()))
            }
            _ => self.object()?.choice(name, variants),
        }
    }

    fn text(&self) -> Result<String, Error> {
        let written = |name: &str, kind: Option<&DefKind>| match kind {
            Some(DefKind::Scalar { .. }) => !matches!(name, "Int" | "Float" | "Boolean"),
            Some(DefKind::Enum(_)) => true,
            _ => false,
        };
        let name = self.named("text", written)?;
        Ok(match self.kind(name) {
            Some(DefKind::Enum(values)) => values.keys().next().map_or(String::new(), ToString::to_string),
            _ => "0".to_owned(),
        })
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
