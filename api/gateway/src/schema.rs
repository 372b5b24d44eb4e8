//! The public schema of one API as the gateway needs it: type tables and the directives of documents.

use std::collections::HashMap;

use async_graphql::Name;
use async_graphql_parser::types::{DirectiveLocation, TypeSystemDefinition};
use mcom_kit::types::{Arg, Def, DefKind, Doc, Ty, Types};

/// The introspection types, as the specification has them.
const INTROSPECTION: &str = include_str!("introspection.graphql");

/// The directives that every API has.
const BUILT_IN: &str = r#"
"Leaves out what it stands on if the argument is true."
directive @skip(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
"Leaves out what it stands on unless the argument is true."
directive @include(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
"Marks an element that will go away, and says what to use instead."
directive @deprecated(reason: String = "No longer supported") on FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE
"Names the document that specifies a scalar."
directive @specifiedBy(url: String!) on SCALAR
"Marks an input object of which exactly one field must be given."
directive @oneOf on INPUT_OBJECT
"#;

/// A directive that the schema declares.
#[derive(Debug, Clone)]
pub struct DirectiveDef {
    /// Its name, without `@`.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// Its arguments in written order.
    pub args: Vec<Arg>,
    /// Where it may stand.
    pub locations: Vec<DirectiveLocation>,
}

/// A public schema: what validation, coercion, completion and introspection look at.
#[derive(Debug, Clone)]
pub struct Schema {
    /// The types, introspection's included.
    pub types: Types,
    /// The directives by name.
    pub directives: HashMap<String, DirectiveDef>,
    /// The names of the directives in written order.
    pub directive_order: Vec<String>,
    /// Of `__type(name:)`, which no SDL declares.
    type_args: Vec<Arg>,
}

impl Schema {
    /// Reads a public SDL.
    ///
    /// Fails if it does not parse or is not consistent.
    pub fn read(public: &str) -> anyhow::Result<Schema> {
        let types = Types::parse(&format!("{public}\n{INTROSPECTION}"))?;
        let name = Ty::NonNull(Box::new(Ty::Named("String".into())));
        let type_args = vec![Arg { name: Name::new("name"), ty: name, default: None, doc: Doc::default() }];
        let mut schema = Schema { types, directives: HashMap::new(), directive_order: Vec::new(), type_args };
        let document = async_graphql_parser::parse_schema(format!("{BUILT_IN}\n{public}"))?;
        for definition in document.definitions {
            let TypeSystemDefinition::Directive(directive) = definition else { continue };
            let directive = directive.node;
            let arg = |a: &async_graphql_parser::types::InputValueDefinition| Arg {
                name: a.name.node.clone(),
                ty: Ty::of(&a.ty.node),
                default: a.default_value.as_ref().map(|d| d.node.clone()),
                doc: Doc {
                    description: a.description.as_ref().map(|d| d.node.as_str().into()),
                    deprecated: None,
                },
            };
            let def = DirectiveDef {
                name: directive.name.node.to_string(),
                description: directive.description.as_ref().map(|d| d.node.clone()),
                args: directive.arguments.iter().map(|a| arg(&a.node)).collect(),
                locations: directive.locations.iter().map(|l| l.node).collect(),
            };
            schema.directive_order.push(def.name.clone());
            schema.directives.insert(def.name.clone(), def);
        }
        Ok(schema)
    }

    /// The type of a field, the meta fields of the specification included; `None` if there is no such field.
    pub fn field_type(&self, owner: &str, field: &str) -> Option<Ty> {
        let named = |name: &str| Ty::Named(name.into());
        match field {
            "__typename" => Some(Ty::NonNull(Box::new(named("String")))),
            "__schema" if *self.types.query == *owner => Some(Ty::NonNull(Box::new(named("__Schema")))),
            "__type" if *self.types.query == *owner => Some(named("__Type")),
            _ => self.types.field(owner, field).map(|def| def.ty.clone()),
        }
    }

    /// The arguments of a field, those of `__type` included.
    pub fn field_args(&self, owner: &str, field: &str) -> &[Arg] {
        if field == "__type" && *self.types.query == *owner {
            return &self.type_args;
        }
        self.types.field(owner, field).map_or(&[], |def| &def.args)
    }

    /// The kind of a type; `None` if it is not defined.
    pub fn kind(&self, name: &str) -> Option<&DefKind> {
        self.types.defs.get(name).map(|def: &Def| &def.kind)
    }

    /// Whether a type has fields to select: objects, interfaces and unions.
    pub fn is_composite(&self, name: &str) -> bool {
        self.types.composite(name).is_some()
    }
}
