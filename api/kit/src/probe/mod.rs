//! Whether the structs that take arguments take what the SDL gives: found at start-up by letting serde read examples.
//!
//! Each argument, and each field of each input object, is offered alone, so that one that cannot be read does not
//! hide the others. What a struct takes with `#[serde(flatten)]` is invisible to this and trusted.

mod example;
mod object;

use std::{
    cell::RefCell,
    collections::{BTreeSet, HashSet},
};

use serde::de::DeserializeOwned;

use crate::{
    reader::Reader,
    types::{Arg, DefKind, Ty, Types},
};
pub(crate) use {example::Example, object::Object};

/// The arguments of one field, to be held against the struct that takes them.
pub struct Probe<'a> {
    types: &'a Types,
    place: String,
    args: &'a [Arg],
    found: Found,
}

/// What was found, each once.
#[derive(Default)]
struct Found(RefCell<BTreeSet<String>>);

impl Found {
    fn add(&self, complaint: String) {
        self.0.borrow_mut().insert(complaint);
    }
}

impl<'a> Probe<'a> {
    pub(crate) fn new(types: &'a Types, place: String, args: &'a [Arg]) -> Self {
        Probe { types, place, args, found: Found::default() }
    }

    /// Offers the arguments to `T`.
    pub fn offer<T: DeserializeOwned>(&self) {
        self.walk::<T>(&mut vec![], self.args, &mut HashSet::new());
    }

    /// What does not fit, each with what to do about it.
    pub(crate) fn complaints(self) -> BTreeSet<String> {
        self.found.0.into_inner()
    }

    /// Offers the object at `path` empty, then each of its fields, then what is inside them. An input type that has
    /// been seen is not walked again, as input types contain each other in circles.
    fn walk<T: DeserializeOwned>(&self, path: &mut Vec<usize>, args: &'a [Arg], seen: &mut HashSet<&'a str>) {
        self.read::<T>(path);
        for (index, arg) in args.iter().enumerate() {
            path.push(index);
            match self.input(&arg.ty) {
                Some((name, fields)) if seen.insert(name) => self.walk::<T>(path, fields, seen),
                _ => self.read::<T>(path),
            }
            path.pop();
        }
    }

    /// Whether `T` can be made of an example does not matter: it is told what it asked for on the way.
    fn read<T: DeserializeOwned>(&self, path: &[usize]) {
        let root = Object { probe: self, place: self.place.clone(), args: self.args, path };
        drop(T::deserialize(Reader::Object(root)));
    }

    fn input(&self, ty: &Ty) -> Option<(&'a str, &'a [Arg])> {
        let (name, def) = self.types.defs.get_key_value(ty.name())?;
        match &def.kind {
            DefKind::Input { fields, .. } => Some((name, fields)),
            _ => None,
        }
    }
}
