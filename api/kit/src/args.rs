//! The arguments of a field: coerced, with defaults, looked at one by one or read into a struct.

use std::sync::Arc;

use async_graphql::{Name, Value, indexmap::IndexMap};
use serde::de::DeserializeOwned;

use crate::{Fault, probe::Probe, reader, selection::Selection};

/// Arguments by name. Those that were not given and have no default are absent.
#[derive(Clone, Debug, Default)]
pub struct Args {
    /// Shared, for those without variables are the same in every request; absent if there are none.
    values: Option<Arc<IndexMap<Name, Value>>>,
}

impl Args {
    /// Coerced arguments.
    pub fn new(values: IndexMap<Name, Value>) -> Self {
        Args { values: (!values.is_empty()).then(|| Arc::new(values)) }
    }

    /// The value of an argument, if it was given or has a default.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.values.as_ref()?.get(name)
    }

    /// A whole number.
    pub fn int(&self, name: &str) -> Option<i64> {
        match self.get(name) {
            Some(Value::Number(number)) => number.as_i64(),
            _ => None,
        }
    }

    /// Text, an id, or the name of an enum value.
    pub fn str(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Some(Value::String(text)) => Some(text),
            Some(Value::Enum(name)) => Some(name),
            _ => None,
        }
    }

    /// A flag; false if it is absent or null.
    pub fn flag(&self, name: &str) -> bool {
        matches!(self.get(name), Some(Value::Boolean(true)))
    }

    /// The items of a list; none if it is absent or null.
    pub fn list(&self, name: &str) -> &[Value] {
        match self.get(name) {
            Some(Value::List(items)) => items,
            _ => &[],
        }
    }

    /// All arguments as one struct, whose names are those of the SDL (`#[serde(rename_all = "camelCase")]`).
    ///
    /// # Errors
    /// A value that the struct does not take, though the SDL does.
    pub fn parse<T: DeserializeOwned>(self) -> Result<T, Fault> {
        reader::read(self.values.map(Arc::unwrap_or_clone).unwrap_or_default())
    }
}

/// What a function can take as its arguments: [`Args`], any struct that serde can read, or those in an [`Asked`].
pub trait FromArgs: Sized + Send + 'static {
    /// Whether the selection below the field is wanted too; it costs a copy.
    const SELECTION: bool = false;
    /// Reads them.
    ///
    /// # Errors
    /// As [`Args::parse`].
    fn take(args: Args, selection: Selection) -> Result<Self, Fault>;
    /// Tells at start-up what of the SDL's arguments cannot be read.
    fn probe(_probe: &Probe<'_>) {}
}

impl FromArgs for Args {
    fn take(args: Args, _selection: Selection) -> Result<Self, Fault> {
        Ok(args)
    }
}

impl<T: DeserializeOwned + Send + 'static> FromArgs for T {
    fn take(args: Args, _selection: Selection) -> Result<Self, Fault> {
        args.parse()
    }

    fn probe(probe: &Probe<'_>) {
        probe.offer::<T>();
    }
}

/// Arguments together with what is selected below the field, for functions that load only what is asked.
#[derive(Debug, Clone)]
pub struct Asked<T> {
    /// The arguments.
    pub args: T,
    /// What is selected.
    pub selection: Selection,
}

impl<T: FromArgs> FromArgs for Asked<T> {
    const SELECTION: bool = true;

    fn take(args: Args, selection: Selection) -> Result<Self, Fault> {
        Ok(Asked { args: T::take(args, Selection::default())?, selection })
    }

    fn probe(probe: &Probe<'_>) {
        T::probe(probe);
    }
}
