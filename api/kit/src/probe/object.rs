//! An input object of which one field at most is offered.

use async_graphql::Name;
use serde::de::{Error as _, value::Error};

use super::{Probe, example::Example};
use crate::{
    reader::{Choice, Wish},
    types::Arg,
};

pub(crate) struct Object<'p> {
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

impl<'p> Object<'p> {
    /// Itself, held against the struct that wants to be read from it.
    pub fn compared(self, wish: Wish) -> Self {
        if let (Wish::Struct { name, fields }, true) = (wish, self.path.is_empty()) {
            self.compare(name, fields);
        }
        self
    }

    /// A one-of input may be read into an enum.
    pub fn choice(self, name: &str, variants: &[&str]) -> Result<Choice, Error> {
        self.compare(name, variants);
        Err(Error::custom("the names are compared"))
    }

    /// The name of the field on offer.
    pub fn name(&self) -> Option<Name> {
        self.args.get(*self.path.first()?).map(|arg| Name::new(&arg.name))
    }

    /// Its value.
    pub fn value(&self) -> Option<Example<'p>> {
        let (index, inside) = self.path.split_first()?;
        let arg = self.args.get(*index)?;
        let place = within(&self.place, &arg.name);
        Some(Example { probe: self.probe, place, ty: &arg.ty, path: inside, optional: false })
    }
}

/// `Query.book` and `id` are `Query.book(id)`; one further in, `Query.book(id.x)`.
fn within(place: &str, name: &str) -> String {
    match place.strip_suffix(')') {
        Some(open) => format!("{open}.{name})"),
        None => format!("{place}({name})"),
    }
}
