//! From text to a document that is safe to work with: counted, parsed, measured, validated, its operation chosen.

use graphql_tools::parser::query::ParseError;

use super::ast::{Ast, Operation, operations};
use super::limit::{self, Limits};
use super::refuse::{Refused, RequestError};
use super::schema::Schema;
use super::validate::validate;

/// Parses `text` and checks it against the schema and the limits. What comes back may be walked without fear.
pub fn read(text: &str, schema: &Schema, limits: &Limits) -> Result<Ast, Refused> {
    limit::tokens(text, limits)?;
    let document =
        graphql_tools::parser::query::parse_query::<String>(text).map_err(|e| syntax(&e))?.into_static();
    limit::shape(&document, limits)?;
    let errors = validate(schema, &document);
    if errors.is_empty() { Ok(document) } else { Err(errors.into()) }
}

/// The operation to execute: the one that is named, or the only one.
pub fn choose<'d>(document: &'d Ast, name: Option<&str>) -> Result<Operation<'d>, RequestError> {
    let mut all = operations(document);
    match name {
        Some(name) => all.find(|o| o.name == Some(name)).ok_or_else(|| {
            RequestError::new("OPERATION_NOT_FOUND", format!("No operation named \"{name}\""))
        }),
        None => match (all.next(), all.next()) {
            (Some(only), None) => Ok(only),
            (None, _) => Err(RequestError::new("OPERATION_NOT_FOUND", "The document has no operation")),
            _ => Err(RequestError::new(
                "OPERATION_NOT_FOUND",
                "An operation name is required: the document has several operations",
            )),
        },
    }
}

fn syntax(error: &ParseError) -> RequestError {
    let position = error.0.position;
    let text = error.to_string();
    let found = text.lines().find_map(|l| l.strip_prefix("Unexpected ")).unwrap_or("text");
    let found = match found.trim_matches('`').split_once('[') {
        Some((token, _)) if !token.is_empty() => format!("\"{token}\""),
        _ => found.trim_matches('`').replace("end of input", "end of file"),
    };
    let message = format!("syntax error, unexpected {found} at [{}, {}]", position.line, position.column);
    RequestError::new("PARSE_ERROR", message).at(position)
}
