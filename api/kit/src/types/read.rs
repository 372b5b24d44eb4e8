//! From SDL text to type tables. A type may be spread over several definitions and extensions.

use std::sync::Arc;

use async_graphql::{Positioned, indexmap::IndexMap};
use async_graphql_parser::types::{
    ConstDirective, FieldDefinition, InputValueDefinition, SchemaDefinition, TypeDefinition, TypeKind,
    TypeSystemDefinition,
};

use super::{Arg, Composite, Def, DefKind, Doc, FieldDef, Ty, Types, merge::merge, scan};

const BUILT_IN: [&str; 5] = ["String", "ID", "Int", "Float", "Boolean"];

/// Why an SDL could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SdlError {
    /// Not the grammar of the schema language.
    #[error("the SDL does not parse: {0}")]
    Syntax(String),
    /// It parses but says something impossible; the element is named.
    #[error("{0}: {1}")]
    Meaning(String, String),
}

impl Types {
    /// Reads an SDL, which may be several files one after another. Names that it uses but does not define
    /// (federation's scalars, for instance) are left for the check at start-up to find.
    ///
    /// # Errors
    /// Text that does not parse, a type defined as two kinds, a default that does not fit, an unknown scope.
    pub fn parse(sdl: &str) -> Result<Types, SdlError> {
        let document =
            async_graphql_parser::parse_schema(sdl).map_err(|error| SdlError::Syntax(error.to_string()))?;
        let mut types = Types { defs: IndexMap::new(), query: "Query".into(), mutation: None };
        for name in BUILT_IN {
            let kind = DefKind::Scalar { specified_by: None };
            types.defs.insert(name.into(), Def { kind, doc: Doc::default() });
        }
        for definition in &document.definitions {
            match definition {
                TypeSystemDefinition::Schema(schema) => types.roots(&schema.node),
                TypeSystemDefinition::Type(definition) => types.define(&definition.node)?,
                TypeSystemDefinition::Directive(_) => {}
            }
        }
        types.conventional_mutation();
        types.find_possible();
        types.coerce_defaults()?;
        Ok(types)
    }

    fn roots(&mut self, schema: &SchemaDefinition) {
        if let Some(query) = &schema.query {
            self.query = query.node.as_str().into();
        }
        if let Some(mutation) = &schema.mutation {
            self.mutation = Some(mutation.node.as_str().into());
        }
    }

    /// Without a `schema { … }`, a type called Mutation is the mutation root.
    fn conventional_mutation(&mut self) {
        if self.mutation.is_none() && self.defs.contains_key("Mutation") {
            self.mutation = Some("Mutation".into());
        }
    }

    fn define(&mut self, definition: &TypeDefinition) -> Result<(), SdlError> {
        let name: Arc<str> = definition.name.node.as_str().into();
        let at = |explanation: String| SdlError::Meaning(name.to_string(), explanation);
        let mut def = Def {
            kind: kind(definition).map_err(at)?,
            doc: scan::doc(definition.description.as_ref(), &definition.directives),
        };
        match self.defs.get_mut(&name) {
            Some(known) => {
                let same = merge(&mut known.kind, &mut def.kind);
                known.doc.description = known.doc.description.take().or(def.doc.description);
                if same { Ok(()) } else { Err(at("is defined twice, as two kinds of type".to_owned())) }
            }
            None => {
                self.defs.insert(name, def);
                Ok(())
            }
        }
    }

    /// An object is a possible type of itself, of its interfaces; a union lists its own.
    fn find_possible(&mut self) {
        let mut found: Vec<(Arc<str>, Arc<str>)> = vec![];
        for (name, def) in &self.defs {
            let DefKind::Object(object) = &def.kind else { continue };
            found.push((name.clone(), name.clone()));
            found.extend(object.implements.iter().map(|interface| (interface.clone(), name.clone())));
        }
        for (owner, object) in found {
            if let Some(Def { kind: DefKind::Object(it) | DefKind::Interface(it), .. }) =
                self.defs.get_mut(&owner)
                && !it.possible.contains(&object)
            {
                it.possible.push(object);
            }
        }
    }

    fn coerce_defaults(&mut self) -> Result<(), SdlError> {
        let read = self.clone();
        let fit = |place: &str, arg: &mut Arg| match arg.default.take() {
            None => Ok(()),
            Some(default) => {
                arg.default = Some(read.coerce(&arg.ty, default).map_err(|problems| {
                    let said = problems.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
                    SdlError::Meaning(
                        format!("{place}.{}", arg.name),
                        format!("the default does not fit: {said}"),
                    )
                })?);
                Ok(())
            }
        };
        for (name, def) in &mut self.defs {
            match &mut def.kind {
                DefKind::Input { fields, .. } => fields.iter_mut().try_for_each(|arg| fit(name, arg))?,
                DefKind::Object(it) | DefKind::Interface(it) => {
                    for (field, def) in &mut it.fields {
                        let place = format!("{name}.{field}");
                        def.args.iter_mut().try_for_each(|arg| fit(&place, arg))?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }
}

fn kind(definition: &TypeDefinition) -> Result<DefKind, String> {
    let directives = &definition.directives;
    Ok(match &definition.kind {
        TypeKind::Scalar => {
            let specified_by =
                scan::find(directives, "specifiedBy").and_then(|found| scan::text(found, "url"));
            DefKind::Scalar { specified_by }
        }
        TypeKind::Enum(it) => {
            let doc = |value: &async_graphql_parser::types::EnumValueDefinition| {
                (value.value.node.clone(), scan::doc(value.description.as_ref(), &value.directives))
            };
            DefKind::Enum(it.values.iter().map(|value| doc(&value.node)).collect())
        }
        TypeKind::InputObject(it) => DefKind::Input {
            fields: it.fields.iter().map(|field| arg(&field.node)).collect(),
            one_of: scan::find(directives, "oneOf").is_some(),
        },
        TypeKind::Object(it) => DefKind::Object(Composite {
            implements: it.implements.iter().map(|name| name.node.as_str().into()).collect(),
            ..composite(&it.fields, directives)?
        }),
        TypeKind::Interface(it) => DefKind::Interface(Composite {
            implements: it.implements.iter().map(|name| name.node.as_str().into()).collect(),
            ..composite(&it.fields, directives)?
        }),
        TypeKind::Union(it) => DefKind::Union(Composite {
            possible: it.members.iter().map(|name| name.node.as_str().into()).collect(),
            ..composite(&[], directives)?
        }),
    })
}

fn composite(
    fields: &[Positioned<FieldDefinition>],
    directives: &[Positioned<ConstDirective>],
) -> Result<Composite, String> {
    let mut read = IndexMap::with_capacity(fields.len());
    for field in fields {
        let name: Arc<str> = field.node.name.node.as_str().into();
        let def = FieldDef {
            ty: Ty::of(&field.node.ty.node),
            args: field.node.arguments.iter().map(|argument| arg(&argument.node)).collect(),
            access: scan::access(&field.node.directives).map_err(|said| format!("{name}: {said}"))?,
            external: scan::find(&field.node.directives, "external").is_some(),
            doc: scan::doc(field.node.description.as_ref(), &field.node.directives),
        };
        read.insert(name, def);
    }
    Ok(Composite {
        fields: read,
        keys: scan::keys(directives),
        access: scan::access(directives)?,
        ..Composite::default()
    })
}

fn arg(definition: &InputValueDefinition) -> Arg {
    Arg {
        name: definition.name.node.clone(),
        ty: Ty::of(&definition.ty.node),
        default: definition.default_value.as_ref().map(|value| value.node.clone()),
        doc: scan::doc(definition.description.as_ref(), &definition.directives),
    }
}
