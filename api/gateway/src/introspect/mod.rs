//! Introspection: `__schema` and `__type`, answered from the public schema as values for completion.

mod element;

use async_graphql::indexmap::IndexMap;
use async_graphql::{Name, Value, Variables};
use mcom_kit::types::literal;

use super::compile::Field;
use super::schema::Schema;
use element::{Element, TypeAt};

/// The value of a root field that asks about the schema; `None` if it asks for something else.
pub fn answer(schema: &Schema, field: &Field, variables: &Variables) -> Option<Value> {
    let reader = Reader { schema, variables };
    match field.name.as_str() {
        "__schema" => Some(reader.object(&Element::Schema, field)),
        "__type" => Some(match reader.argument(field, "name") {
            Some(Value::String(name)) => match schema.types.defs.get_key_value(name.as_str()) {
                Some((name, def)) => reader.object(&Element::Type(TypeAt::Named(name, def)), field),
                None => Value::Null,
            },
            _ => Value::Null,
        }),
        _ => None,
    }
}

/// Reads elements of a schema as far as a selection goes.
struct Reader<'a> {
    schema: &'a Schema,
    variables: &'a Variables,
}

impl<'a> Reader<'a> {
    /// An element with the fields that are selected on it.
    fn object(&self, element: &Element<'a>, selected: &Field) -> Value {
        let fields = selected.below.first().map_or(&[][..], |(_, fields)| fields);
        let read = |field: &Field| (Name::new(&field.source), element.read(self, field));
        Value::Object(fields.iter().filter(|f| f.name != "__typename").map(read).collect::<IndexMap<_, _>>())
    }

    fn list(&self, elements: impl IntoIterator<Item = Element<'a>>, selected: &Field) -> Value {
        Value::List(elements.into_iter().map(|element| self.object(&element, selected)).collect())
    }

    fn argument(&self, field: &Field, name: &str) -> Option<Value> {
        let (_, value) = field.arguments.iter().find(|(n, _)| n == name)?;
        literal(value, self.variables)
    }

    /// Whether what is deprecated was asked for too.
    fn with_deprecated(&self, field: &Field) -> bool {
        self.argument(field, "includeDeprecated") == Some(Value::Boolean(true))
    }
}
