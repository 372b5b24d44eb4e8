//! The check at start-up: the SDL and the code say the same, or nothing starts.

mod agree;

use crate::{
    Registry,
    dynamic::Options,
    probe::Probe,
    record::Kind,
    registry::Function,
    types::{Composite, DefKind, FieldDef, Ty, Types},
};
use agree::agree;

/// Everything in which the SDL and the registry disagree, each with what to do about it.
pub(crate) fn check(types: &Types, registry: &Registry, options: Options) -> Vec<String> {
    let mut check = Check { types, registry, complaints: registry.complaints.clone() };
    for (name, def) in &types.defs {
        match &def.kind {
            DefKind::Object(object) => check.object(name, object, options),
            DefKind::Interface(interface) => check.references(name, interface),
            DefKind::Union(union) => check.members(name, union),
            DefKind::Input { fields, .. } => {
                fields.iter().for_each(|field| check.input(&format!("{name}.{}", field.name), &field.ty));
            }
            DefKind::Scalar { .. } | DefKind::Enum(_) => {}
        }
    }
    check.strays();
    check.complaints.sort();
    check.complaints
}

struct Check<'a> {
    types: &'a Types,
    registry: &'a Registry,
    complaints: Vec<String>,
}

impl Check<'_> {
    fn complain(&mut self, complaint: String) {
        self.complaints.push(complaint);
    }

    fn object(&mut self, name: &str, object: &Composite, options: Options) {
        self.references(name, object);
        self.interfaces(name, object);
        if self.types.is_root(name) {
            object.fields.iter().for_each(|(field, def)| self.root(name, field, def, options));
            return;
        }
        if !self.registry.shapes.contains_key(name) {
            self.complain(format!(
                "{name}: no record answers this type: declare one with record!, and let a function give it or register it with `record::<T>()`"
            ));
            return;
        }
        if object.keys.iter().any(|key| key.resolvable) && !self.registry.entities.contains_key(name) {
            self.complain(format!(
                "{name}: has a @key but no loader: register one with `entity`, or say `resolvable: false`"
            ));
        }
        object.fields.iter().for_each(|(field, def)| self.field(name, field, def));
    }

    fn root(&mut self, owner: &str, field: &str, def: &FieldDef, options: Options) {
        let mutation = self.types.mutation.as_deref() == Some(owner);
        let known = if mutation { &self.registry.mutations } else { &self.registry.queries };
        match known.get(field) {
            Some(function) => self.function(&format!("{owner}.{field}"), def, function),
            None => {
                let verb = if mutation { "mutation" } else { "query" };
                self.complain(format!(
                    "{owner}.{field}: no function answers it: register one with `{verb}(\"{field}\", …)`"
                ));
            }
        }
        if mutation && options.require_access && def.access.is_empty() {
            self.complain(format!(
                "{owner}.{field}: says nobody's permission: add `@access(scopes: [\"write_…\"])` in the SDL"
            ));
        }
    }

    fn field(&mut self, owner: &str, field: &str, def: &FieldDef) {
        let place = format!("{owner}.{field}");
        let prop = self.registry.prop(owner, field);
        match (self.registry.function(owner, field), prop) {
            (Some(_), Some(_)) => {
                self.complain(format!("{place}: answered twice: drop the record's property or the function"));
            }
            (Some(function), None) => self.function(&place, def, function),
            (None, Some(_)) if !def.args.is_empty() => self.complain(format!(
                "{place}: has arguments, which a property of a record cannot see: register a function"
            )),
            (None, Some(kind)) => self.kind(&place, &def.ty, kind),
            (None, None) if def.external => {}
            (None, None) => self.complain(format!(
                "{place}: nobody answers it: add \"{field}\" to the record or register a function"
            )),
        }
    }

    fn function(&mut self, place: &str, def: &FieldDef, function: &Function) {
        self.kind(place, &def.ty, function.kind);
        let probe = Probe::new(self.types, place.to_owned(), &def.args);
        (function.probe)(&probe);
        self.complaints.extend(probe.complaints());
    }

    fn kind(&mut self, place: &str, ty: &Ty, kind: Kind) {
        if let Err(said) = agree(self.types, ty, kind) {
            self.complain(format!("{place}: {ty} in the SDL, {said}"));
        }
    }

    /// Every type that is named exists, and stands on the right side.
    fn references(&mut self, owner: &str, composite: &Composite) {
        for (field, def) in &composite.fields {
            let place = format!("{owner}.{field}");
            match self.types.defs.get(def.ty.name()).map(|def| &def.kind) {
                None => self.complain(format!("{place}: {} is not a type of this SDL", def.ty.name())),
                Some(DefKind::Input { .. }) => {
                    self.complain(format!("{place}: {} is for input only", def.ty.name()));
                }
                Some(_) => {}
            }
            def.args.iter().for_each(|arg| self.input(&format!("{place}({})", arg.name), &arg.ty));
        }
    }

    fn input(&mut self, place: &str, ty: &Ty) {
        match self.types.defs.get(ty.name()) {
            None => self.complain(format!("{place}: {} is not a type of this SDL", ty.name())),
            Some(def) if def.composite().is_some() => {
                self.complain(format!("{place}: {} is for output only", ty.name()));
            }
            Some(_) => {}
        }
    }

    fn interfaces(&mut self, name: &str, object: &Composite) {
        for interface in &object.implements {
            let Some(promised) = self.types.composite(interface) else {
                self.complain(format!("{name}: implements {interface}, which is not in this SDL"));
                continue;
            };
            for field in promised.fields.keys().filter(|field| !object.fields.contains_key(*field)) {
                self.complaints.push(format!("{name}: implements {interface} but lacks its field {field}"));
            }
        }
    }

    fn members(&mut self, name: &str, union: &Composite) {
        for member in &union.possible {
            if !matches!(self.types.defs.get(member).map(|def| &def.kind), Some(DefKind::Object(_))) {
                self.complain(format!("{name}: its member {member} is not an object type of this SDL"));
            }
        }
    }

    /// What the code answers and the SDL does not know.
    fn strays(&mut self) {
        let registry = self.registry;
        let missing = |owner: &str, field: &str| self.types.field(owner, field).is_none();
        let query = &self.types.query;
        let mutation = self.types.mutation.as_deref().unwrap_or("Mutation");
        let mut found = vec![];
        let mut stray = |owner: &str, field: &str, what: &str| {
            if missing(owner, field) {
                found.push(format!(
                    "{owner}.{field}: {what}, but not in the SDL: add it there or remove it here"
                ));
            }
        };
        registry.queries.keys().for_each(|field| stray(query, field, "a registered query"));
        registry.mutations.keys().for_each(|field| stray(mutation, field, "a registered mutation"));
        for (owner, functions) in &registry.fields {
            functions.keys().for_each(|field| stray(owner, field, "a registered function"));
        }
        for (name, shape) in registry.shapes.iter().filter(|(name, _)| self.types.composite(name).is_some()) {
            shape.props.iter().for_each(|(field, _)| stray(name, field, "a property of a record"));
        }
        let unknown = registry.shapes.keys().filter(|name| self.types.composite(name).is_none());
        found.extend(unknown.map(|name| format!("{name}: a record, but no type of the SDL: add it there")));
        let keyless = |name: &&&str| self.types.composite(name).is_none_or(|it| it.keys.is_empty());
        let keyless = registry.entities.keys().filter(keyless);
        found.extend(keyless.map(|name| format!("{name}: has an entity loader but no @key in the SDL")));
        self.complaints.append(&mut found);
    }
}
