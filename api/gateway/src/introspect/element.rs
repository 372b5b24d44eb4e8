//! The elements of a schema and what each of their fields says.

use async_graphql::Value;
use async_graphql_parser::types::DirectiveLocation;
use mcom_kit::types::{Arg, Composite, Def, DefKind, Doc, FieldDef, Ty};

use super::Reader;
use crate::compile::Field;
use crate::schema::DirectiveDef;

/// Something that introspection shows.
pub(super) enum Element<'a> {
    Schema,
    Type(TypeAt<'a>),
    Field(&'a str, &'a FieldDef),
    Input(&'a Arg),
    EnumValue(&'a str, &'a Doc),
    Directive(&'a DirectiveDef),
}

/// A named type, or a list or non-null around a type.
#[derive(Clone, Copy)]
pub(super) enum TypeAt<'a> {
    Named(&'a str, &'a Def),
    Reference(&'a Ty),
}

impl<'a> Element<'a> {
    /// The value of one of the element's fields.
    pub(super) fn read(&self, reader: &Reader<'a>, field: &Field) -> Value {
        match self {
            Element::Schema => schema(reader, field),
            Element::Type(ty) => ty.read(reader, field),
            Element::Field(name, def) => match field.name.as_str() {
                "name" => Value::from(*name),
                "args" => inputs(reader, &def.args, field),
                "type" => reference(reader, &def.ty, field),
                _ => documented(&def.doc, field),
            },
            Element::Input(arg) => match field.name.as_str() {
                "name" => Value::from(arg.name.as_str()),
                "type" => reference(reader, &arg.ty, field),
                "defaultValue" => arg.default.as_ref().map_or(Value::Null, |d| Value::from(d.to_string())),
                _ => documented(&arg.doc, field),
            },
            Element::EnumValue(name, doc) => match field.name.as_str() {
                "name" => Value::from(*name),
                _ => documented(doc, field),
            },
            Element::Directive(def) => directive(reader, def, field),
        }
    }
}

fn schema(reader: &Reader<'_>, field: &Field) -> Value {
    let types = &reader.schema.types;
    let named = |name: &str| match types.defs.get_key_value(name) {
        Some((name, def)) => reader.object(&Element::Type(TypeAt::Named(name, def)), field),
        None => Value::Null,
    };
    match field.name.as_str() {
        "types" => {
            let all = types.defs.iter().map(|(name, def)| Element::Type(TypeAt::Named(name, def)));
            reader.list(all, field)
        }
        "queryType" => named(&types.query),
        "mutationType" => types.mutation.as_deref().map_or(Value::Null, named),
        "directives" => {
            let all =
                reader.schema.directive_order.iter().filter_map(|name| reader.schema.directives.get(name));
            reader.list(all.map(Element::Directive), field)
        }
        _ => Value::Null,
    }
}

fn directive<'a>(reader: &Reader<'a>, def: &'a DirectiveDef, field: &Field) -> Value {
    match field.name.as_str() {
        "name" => Value::from(def.name.as_str()),
        "description" => def.description.as_deref().map_or(Value::Null, Value::from),
        "args" => inputs(reader, &def.args, field),
        "locations" => Value::List(def.locations.iter().map(|l| Value::from(location(*l))).collect()),
        "isRepeatable" => Value::Boolean(false),
        _ => Value::Null,
    }
}

fn location(location: DirectiveLocation) -> &'static str {
    match location {
        DirectiveLocation::Query => "QUERY",
        DirectiveLocation::Mutation => "MUTATION",
        DirectiveLocation::Subscription => "SUBSCRIPTION",
        DirectiveLocation::Field => "FIELD",
        DirectiveLocation::FragmentDefinition => "FRAGMENT_DEFINITION",
        DirectiveLocation::FragmentSpread => "FRAGMENT_SPREAD",
        DirectiveLocation::InlineFragment => "INLINE_FRAGMENT",
        DirectiveLocation::VariableDefinition => "VARIABLE_DEFINITION",
        DirectiveLocation::Schema => "SCHEMA",
        DirectiveLocation::Scalar => "SCALAR",
        DirectiveLocation::Object => "OBJECT",
        DirectiveLocation::FieldDefinition => "FIELD_DEFINITION",
        DirectiveLocation::ArgumentDefinition => "ARGUMENT_DEFINITION",
        DirectiveLocation::Interface => "INTERFACE",
        DirectiveLocation::Union => "UNION",
        DirectiveLocation::Enum => "ENUM",
        DirectiveLocation::EnumValue => "ENUM_VALUE",
        DirectiveLocation::InputObject => "INPUT_OBJECT",
        DirectiveLocation::InputFieldDefinition => "INPUT_FIELD_DEFINITION",
    }
}

fn documented(doc: &Doc, field: &Field) -> Value {
    match field.name.as_str() {
        "description" => doc.description.as_deref().map_or(Value::Null, Value::from),
        "isDeprecated" => Value::Boolean(doc.deprecated.is_some()),
        "deprecationReason" => doc.deprecated.as_deref().map_or(Value::Null, Value::from),
        _ => Value::Null,
    }
}

fn inputs<'a>(reader: &Reader<'a>, args: &'a [Arg], field: &Field) -> Value {
    let all = reader.with_deprecated(field);
    reader.list(args.iter().filter(|a| all || a.doc.deprecated.is_none()).map(Element::Input), field)
}

fn reference<'a>(reader: &Reader<'a>, ty: &'a Ty, field: &Field) -> Value {
    let at = match ty {
        Ty::Named(name) => match reader.schema.types.defs.get_key_value(name) {
            Some((name, def)) => TypeAt::Named(name, def),
            None => return Value::Null,
        },
        _ => TypeAt::Reference(ty),
    };
    reader.object(&Element::Type(at), field)
}

impl<'a> TypeAt<'a> {
    fn read(self, reader: &Reader<'a>, field: &Field) -> Value {
        match (self, field.name.as_str()) {
            (TypeAt::Reference(Ty::List(_)), "kind") => Value::from("LIST"),
            (TypeAt::Reference(_), "kind") => Value::from("NON_NULL"),
            (TypeAt::Reference(Ty::List(inner) | Ty::NonNull(inner)), "ofType") => {
                reference(reader, inner, field)
            }
            (TypeAt::Reference(_), _) => Value::Null,
            (TypeAt::Named(_, def), "kind") => Value::from(kind(&def.kind)),
            (TypeAt::Named(name, _), "name") => Value::from(name),
            (TypeAt::Named(_, def), "description") => {
                def.doc.description.as_deref().map_or(Value::Null, Value::from)
            }
            (TypeAt::Named(name, def), _) => parts(reader, name, &def.kind, field),
        }
    }
}

fn kind(kind: &DefKind) -> &'static str {
    match kind {
        DefKind::Scalar { .. } => "SCALAR",
        DefKind::Enum(_) => "ENUM",
        DefKind::Input { .. } => "INPUT_OBJECT",
        DefKind::Object(_) => "OBJECT",
        DefKind::Interface(_) => "INTERFACE",
        DefKind::Union(_) => "UNION",
    }
}

fn parts<'a>(reader: &Reader<'a>, name: &str, kind: &'a DefKind, field: &Field) -> Value {
    let all = reader.with_deprecated(field);
    match (field.name.as_str(), kind) {
        ("specifiedByURL", DefKind::Scalar { specified_by: Some(url) }) => Value::from(&**url),
        ("fields", DefKind::Object(it) | DefKind::Interface(it)) => {
            let shown = it.fields.iter().filter(|(_, def)| all || def.doc.deprecated.is_none());
            reader.list(shown.map(|(name, def)| Element::Field(name, def)), field)
        }
        (
            "interfaces",
            DefKind::Object(Composite { implements, .. }) | DefKind::Interface(Composite { implements, .. }),
        ) => types(reader, implements, field),
        ("possibleTypes", DefKind::Interface(_) | DefKind::Union(_)) => {
            types(reader, reader.schema.types.possible(name), field)
        }
        ("enumValues", DefKind::Enum(values)) => {
            let shown = values.iter().filter(|(_, doc)| all || doc.deprecated.is_none());
            reader.list(shown.map(|(name, doc)| Element::EnumValue(name, doc)), field)
        }
        ("inputFields", DefKind::Input { fields, .. }) => inputs(reader, fields, field),
        ("isOneOf", DefKind::Input { one_of, .. }) => Value::Boolean(*one_of),
        _ => Value::Null,
    }
}

fn types(reader: &Reader<'_>, names: &[std::sync::Arc<str>], field: &Field) -> Value {
    let known = names.iter().filter_map(|name| reader.schema.types.defs.get_key_value(name));
    reader.list(known.map(|(name, def)| Element::Type(TypeAt::Named(name, def))), field)
}
