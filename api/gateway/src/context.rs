//! What the directives of an operation say about the request: the buyer's country and language, the key of an
//! idempotent write. The gateway reads them and hands them on; no subgraph ever sees the directives.

use async_graphql::{Value, Variables};
use async_graphql_value::Value as Expression;
use graphql_tools::parser::query::Selection;
use mcom_kit::types::literal;

use super::ast::{Directive, Operation, response_key};
use super::compile::value;

/// What `@inContext` and `@idempotent` ask for. Values are coerced but not judged: whether a country is sold to
/// is for the store to say.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Context {
    /// ISO 3166 code. `ZZ`, which clients send for «none», counts as none.
    pub country: Option<String>,
    /// The name of the contract's language code, such as `EN` or `PT_BR`.
    pub language: Option<String>,
    /// The id of the location whose stock is asked for.
    pub preferred_location_id: Option<String>,
    /// What the visitor agreed to, as the input object.
    pub visitor_consent: Option<Value>,
    /// Who buys: a customer's token and company location, as the input object.
    pub buyer: Option<Value>,
    /// Keys of `@idempotent`, each with the response key of its root field.
    pub idempotency_keys: Vec<(String, String)>,
}

/// The directives of one operation, kept with its document; variables are put in per request.
#[derive(Debug, Default)]
pub struct ContextTemplate {
    in_context: Vec<(String, Expression)>,
    idempotent: Vec<(String, Expression)>,
}

impl ContextTemplate {
    /// Reads the directives of an operation and of its root fields.
    pub fn read(operation: Operation<'_>) -> Self {
        let mut template = ContextTemplate::default();
        for directive in operation.directives.iter().filter(|d| d.name == "inContext") {
            template.in_context.extend(directive.arguments.iter().map(|(n, v)| (n.clone(), value(v))));
        }
        template.idempotent.extend(key(operation.directives, ""));
        for item in &operation.selection.items {
            if let Selection::Field(field) = item {
                template.idempotent.extend(key(&field.directives, response_key(field)));
            }
        }
        template
    }

    /// The context of one request.
    pub fn fill(&self, variables: &Variables) -> Context {
        let get = |name: &str| {
            let (_, expression) = self.in_context.iter().find(|(n, _)| n == name)?;
            literal(expression, variables).filter(|v| *v != Value::Null)
        };
        let keys = self.idempotent.iter().filter_map(|(field, expression)| {
            Some((field.clone(), literal(expression, variables).and_then(text)?))
        });
        Context {
            country: get("country").and_then(text).filter(|c| c != "ZZ"),
            language: get("language").and_then(text),
            preferred_location_id: get("preferredLocationId").and_then(text),
            visitor_consent: get("visitorConsent"),
            buyer: get("buyer"),
            idempotency_keys: keys.collect(),
        }
    }
}

fn key(directives: &[Directive], field: &str) -> Option<(String, Expression)> {
    let directive = directives.iter().find(|d| d.name == "idempotent")?;
    let (_, key) = directive.arguments.iter().find(|(n, _)| n == "key")?;
    Some((field.to_owned(), value(key)))
}

fn text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Enum(name) => Some(name.to_string()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
