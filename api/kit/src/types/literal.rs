//! Literals of a document, with variables put in.

use async_graphql::{Value, Variables};
use async_graphql_value::Value as Literal;

/// The literal as a constant. `None` stands for a variable that was not given, so that the default applies.
///
/// Inside a list such a variable is null; inside an input object its field counts as absent.
pub fn literal(value: &Literal, variables: &Variables) -> Option<Value> {
    Some(match value {
        Literal::Variable(name) => return variables.get(name).cloned(),
        Literal::List(items) => {
            Value::List(items.iter().map(|item| literal(item, variables).unwrap_or_default()).collect())
        }
        Literal::Object(fields) => Value::Object(
            fields
                .iter()
                .filter_map(|(name, value)| Some((name.clone(), literal(value, variables)?)))
                .collect(),
        ),
        Literal::Null => Value::Null,
        Literal::Number(number) => Value::Number(number.clone()),
        Literal::String(text) => Value::String(text.clone()),
        Literal::Boolean(flag) => Value::Boolean(*flag),
        Literal::Enum(name) => Value::Enum(name.clone()),
        Literal::Binary(bytes) => Value::Binary(bytes.clone()),
    })
}
