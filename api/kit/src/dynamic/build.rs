//! From type tables and a registry to the engine's schema.

use std::sync::Arc;

use async_graphql::{
    ValidationMode,
    dynamic::{self as engine, Enum, EnumItem, Field, Interface, InterfaceField, Object, TypeRef, Union},
};

use super::{
    Complaints, Direct, Dynamic, Options,
    entity::Entities,
    slot::{Parent, Slot, Source},
};
use crate::{
    Registry, Types,
    access::Guards,
    alive::Alive,
    check,
    types::{Composite, DefKind, FieldDef, Ty},
};

pub(super) fn build(types: Arc<Types>, registry: Registry, options: Options) -> Result<Dynamic, Complaints> {
    let complaints = check::check(&types, &registry, options);
    if !complaints.is_empty() {
        return Err(Complaints(complaints));
    }
    let mut builder = Builder {
        guards: Arc::new(Guards::of(&types)),
        alive: Alive::default(),
        direct: Direct::default(),
        types,
        registry,
    };
    let schema = builder.schema().map_err(|error| Complaints(vec![error.0]))?;
    Ok(Dynamic { schema, types: builder.types, alive: builder.alive, direct: builder.direct })
}

struct Builder {
    types: Arc<Types>,
    registry: Registry,
    guards: Arc<Guards>,
    alive: Alive,
    direct: Direct,
}

impl Builder {
    fn schema(&mut self) -> Result<engine::Schema, engine::SchemaError> {
        let types = self.types.clone();
        let mut schema = engine::Schema::build(&types.query, types.mutation.as_deref(), None)
            // The gateway has validated what the client wrote, and the engine would refuse what the planner rewrote.
            .validation_mode(ValidationMode::Fast)
            .disable_suggestions();
        for (name, def) in &types.defs {
            schema = match &def.kind {
                DefKind::Scalar { .. } if BUILT_IN.contains(&&**name) => schema,
                DefKind::Scalar { .. } => schema.register(engine::Scalar::new(&**name)),
                DefKind::Enum(values) => {
                    let item =
                        |all: Enum, value: &async_graphql::Name| all.item(EnumItem::new(value.as_str()));
                    schema.register(values.keys().fold(Enum::new(&**name), item))
                }
                // Arguments are coerced here and not by the engine, which therefore need not know them.
                DefKind::Input { .. } => schema,
                DefKind::Union(it) => {
                    let member = |union: Union, member: &Arc<str>| union.possible_type(&**member);
                    schema.register(it.possible.iter().fold(Union::new(&**name), member))
                }
                DefKind::Interface(it) => schema.register(interface(name, it)),
                DefKind::Object(it) => schema.register(self.object(name, it)),
            };
        }
        if !types.defs.contains_key(&types.query) {
            schema = schema.register(rootless(&types.query));
        }
        if !self.registry.entities.is_empty() {
            let loaders = std::mem::take(&mut self.registry.entities);
            let entities = Arc::new(Entities { loaders, guards: self.guards.clone() });
            schema = schema.entity_resolver(move |context| entities.resolve(context));
        }
        schema.finish()
    }

    fn object(&mut self, name: &str, def: &Composite) -> Object {
        let mut object = def.implements.iter().fold(Object::new(name), |object, it| object.implement(&**it));
        for key in &def.keys {
            object = if key.resolvable { object.key(&key.fields) } else { object.unresolvable(&key.fields) };
        }
        for (field, def) in &def.fields {
            let slot = Arc::new(self.slot(name, field, def));
            self.direct.learn(name, &slot);
            object =
                object.field(Field::new(&**field, reference(&def.ty), move |context| slot.resolve(context)));
        }
        object
    }

    fn slot(&mut self, owner: &str, field: &str, def: &FieldDef) -> Slot {
        let (parent, source) = self.source(owner, field);
        Slot {
            name: field.to_owned(),
            gives: def.ty.name().clone(),
            args: def.args.clone(),
            access: self.guards.field(&def.access, &def.ty),
            is_abstract: self.types.is_abstract(def.ty.name()),
            is_composite: self.types.composite(def.ty.name()).is_some(),
            parent,
            source,
            mark: self.alive.mark(owner, field),
            types: self.types.clone(),
            guards: self.guards.clone(),
        }
    }

    fn source(&self, owner: &str, field: &str) -> (Parent, Source) {
        let functions = &self.registry;
        let function = if *owner == *self.types.query {
            functions.queries.get(field)
        } else if Some(owner) == self.types.mutation.as_deref() {
            functions.mutations.get(field)
        } else {
            functions.function(owner, field)
        };
        let parent = functions.shapes.get(owner).map_or(Parent::Root, |shape| Parent::Record(shape.view));
        match function {
            Some(function) => (parent, Source::Function(function.clone())),
            None if functions.prop(owner, field).is_some() => (parent, Source::Prop),
            None => (parent, Source::Elsewhere),
        }
    }
}

const BUILT_IN: [&str; 5] = ["String", "ID", "Int", "Float", "Boolean"];

fn interface(name: &str, def: &Composite) -> Interface {
    let known = def.implements.iter().fold(Interface::new(name), |interface, it| interface.implement(&**it));
    def.fields.iter().fold(known, |interface, (field, def)| {
        interface.field(InterfaceField::new(&**field, reference(&def.ty)))
    })
}

/// The engine insists on a query root with a field; a subgraph of mutations and entities has none.
fn rootless(name: &str) -> Object {
    Object::new(name)
        .field(Field::new("_none", TypeRef::named(TypeRef::BOOLEAN), |_| engine::FieldFuture::Value(None)))
}

/// The type, all of it nullable: bubbling is for whoever completes the answer.
fn reference(ty: &Ty) -> TypeRef {
    match ty {
        Ty::Named(name) => TypeRef::named(&**name),
        Ty::List(item) => TypeRef::List(Box::new(reference(item))),
        Ty::NonNull(inner) => reference(inner),
    }
}
