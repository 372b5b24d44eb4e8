//! Which function or record answers which field; held against the SDL at start-up.

mod entity;
mod erase;
mod function;

use std::collections::HashMap;

use async_graphql::dynamic::FieldValue;

use crate::{
    answer::Payload,
    args::FromArgs,
    record::{Kind, Record, Shape, Shaped},
};

pub use entity::{EntityFn, LoadEntities, Representation};
pub use function::{FieldFn, Function, LoadFn, MutateFn, QueryFn, Run};

/// An owned record inside the engine.
pub(crate) struct Held(pub std::sync::Arc<dyn Record>);

/// The parent of root fields.
pub(crate) struct Root;
crate::record!(Root as "" {});

/// Finds the record of type `T` in a value of the engine. Named by [`record!`](crate::record!).
pub fn view<'a, T: Record>(value: &'a FieldValue<'_>) -> Option<&'a dyn Record> {
    match value.downcast_ref::<Held>() {
        Some(held) => Some(&*held.0),
        None => value.downcast_ref::<T>().map(|record| record as &dyn Record),
    }
}

/// The functions and records of one subgraph.
#[derive(Default)]
pub struct Registry {
    pub(crate) shapes: HashMap<&'static str, Shape>,
    pub(crate) fields: HashMap<&'static str, HashMap<&'static str, Function>>,
    pub(crate) queries: HashMap<&'static str, Function>,
    pub(crate) mutations: HashMap<&'static str, Function>,
    pub(crate) entities: HashMap<&'static str, EntityFn>,
    pub(crate) complaints: Vec<String>,
}

impl Registry {
    /// Makes a record type known. Needed only for members of interfaces and unions: whatever a registered
    /// function gives, and whatever that contains, is known already.
    pub fn record<T: Shaped>(&mut self) -> &mut Self {
        self.learn(Kind::Record(T::shape));
        self
    }

    /// The field functions of a record type.
    pub fn on<P: Shaped>(&mut self) -> On<'_, P> {
        self.learn(Kind::Record(P::shape));
        On { registry: self, parent: std::marker::PhantomData }
    }

    /// A root query: `async fn(&Cx, Args) -> Result<impl Given, Error>`.
    pub fn query<A, F>(&mut self, name: &'static str, function: F) -> &mut Self
    where
        A: FromArgs,
        F: for<'a> QueryFn<'a, A>,
    {
        let function = erase::query(name, function);
        self.learn(function.kind);
        if self.queries.insert(name, function).is_some() {
            self.complaints.push(format!("query {name} is registered twice: remove one"));
        }
        self
    }

    /// A mutation: `async fn(&Cx, Args) -> Result<impl Payload, Error>`; a refusal becomes its `userErrors`.
    pub fn mutation<A, F>(&mut self, name: &'static str, function: F) -> &mut Self
    where
        A: FromArgs,
        F: for<'a> MutateFn<'a, A>,
        for<'a> <F as MutateFn<'a, A>>::Payload: Payload,
    {
        let function = erase::mutation(name, function);
        self.learn(function.kind);
        if self.mutations.insert(name, function).is_some() {
            self.complaints.push(format!("mutation {name} is registered twice: remove one"));
        }
        self
    }

    /// A batch loader for an entity: `async fn(&Cx, Vec<Key>) -> Result<Vec<Option<Arc<Entity>>>, Error>`,
    /// one answer for each key in the same order.
    pub fn entity<K, T, F>(&mut self, load: F) -> &mut Self
    where
        K: serde::de::DeserializeOwned + Send + 'static,
        T: Shaped,
        F: for<'a> LoadEntities<'a, K, T>,
    {
        self.learn(Kind::Record(T::shape));
        if self.entities.insert(T::TYPE, entity::entity(load)).is_some() {
            self.complaints.push(format!("entity {} is registered twice: remove one", T::TYPE));
        }
        self
    }

    /// The function of a field that is not of a root type.
    pub(crate) fn function(&self, owner: &str, field: &str) -> Option<&Function> {
        self.fields.get(owner)?.get(field)
    }

    /// What a declared property holds.
    pub(crate) fn prop(&self, owner: &str, field: &str) -> Option<Kind> {
        self.shapes.get(owner)?.props.iter().find(|(name, _)| *name == field).map(|(_, kind)| *kind)
    }

    /// Remembers every record type that a kind leads to.
    fn learn(&mut self, kind: Kind) {
        match kind {
            Kind::List(inner) | Kind::Optional(inner) => self.learn(*inner),
            Kind::Record(shape) => self.learn_shape(shape()),
            _ => {}
        }
    }

    fn learn_shape(&mut self, shape: Shape) {
        match self.shapes.get(shape.name) {
            Some(known) if known.rust == shape.rust => {}
            Some(_) => self.complaints.push(format!(
                "type {} is answered by two different records: make it one, or give each a schema of its own",
                shape.name
            )),
            None => {
                let props = shape.props.clone();
                self.shapes.insert(shape.name, shape);
                for (_, kind) in props {
                    self.learn(kind);
                }
            }
        }
    }
}

/// Registers the field functions of one record type.
pub struct On<'r, P> {
    registry: &'r mut Registry,
    parent: std::marker::PhantomData<fn(P)>,
}

impl<P: Shaped> On<'_, P> {
    /// A field that is computed without I/O: `fn(&Cx, &P, &Args) -> Result<impl Given, Error>`.
    pub fn field<A, F>(self, name: &'static str, function: F) -> Self
    where
        A: FromArgs,
        F: for<'a> FieldFn<'a, P, A>,
    {
        self.add(name, erase::field(name, function))
    }

    /// A field that loads something: `async fn(&Cx, &P, Args) -> Result<impl Given, Error>`.
    pub fn load<A, F>(self, name: &'static str, function: F) -> Self
    where
        A: FromArgs,
        F: for<'a> LoadFn<'a, P, A>,
    {
        self.add(name, erase::load(name, function))
    }

    fn add(self, name: &'static str, function: Function) -> Self {
        self.registry.learn(function.kind);
        if self.registry.fields.entry(P::TYPE).or_default().insert(name, function).is_some() {
            self.registry.complaints.push(format!("{}.{name} is registered twice: remove one", P::TYPE));
        }
        self
    }
}
