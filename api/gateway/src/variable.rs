//! The variables of a request: coerced to their declared types, with defaults, or refused with every problem named.

use async_graphql::{Name, PathSegment, Value, Variables};
use graphql_tools::parser::Pos;
use mcom_kit::types::{Problem, Ty, literal};
use serde_json::json;

use super::ast::VariableDefinition;
use super::compile::{type_reference, value};
use super::refuse::{Refused, RequestError};
use super::schema::Schema;

/// A variable that an operation declares.
#[derive(Debug)]
pub struct Variable {
    name: Name,
    ty: Ty,
    default: Option<Value>,
    position: Pos,
}

impl Variable {
    /// Reads a declaration that has passed validation.
    pub fn read(definition: &VariableDefinition) -> Self {
        Variable {
            name: Name::new(&definition.name),
            ty: type_reference(&definition.var_type),
            default: definition
                .default_value
                .as_ref()
                .and_then(|d| literal(&value(d), &Variables::default())),
            position: definition.position,
        }
    }
}

/// The values that an operation works with. What was given but not declared is dropped; what is absent and has
/// no default stays absent.
pub fn coerce(schema: &Schema, declared: &[Variable], mut given: Variables) -> Result<Variables, Refused> {
    let mut coerced = Variables::default();
    let mut errors = Vec::new();
    for variable in declared {
        let value = given.remove(&variable.name);
        let Some(value) = value.or_else(|| variable.default.clone()) else {
            if variable.ty.is_non_null() {
                errors.push(invalid(
                    variable,
                    &Value::Null,
                    &[Problem::new("Expected value to not be null")],
                ));
            }
            continue;
        };
        match schema.types.coerce(&variable.ty, value.clone()) {
            Ok(value) => drop(coerced.insert(variable.name.clone(), value)),
            Err(problems) => errors.push(invalid(variable, &value, &problems)),
        }
    }
    if errors.is_empty() { Ok(coerced) } else { Err(errors.into()) }
}

fn invalid(variable: &Variable, value: &Value, problems: &[Problem]) -> RequestError {
    let Variable { name, ty, position, .. } = variable;
    let mut message = format!("Variable ${name} of type {ty} was provided invalid value");
    let places: Vec<String> = problems
        .iter()
        .filter(|p| !p.path.is_empty())
        .map(|p| format!("{} ({})", p.place(), p.explanation))
        .collect();
    if !places.is_empty() {
        message = format!("{message} for {}", places.join(", "));
    }
    let listed: Vec<_> =
        problems.iter().map(|p| json!({ "path": path(&p.path), "explanation": p.explanation })).collect();
    RequestError::new("INVALID_VARIABLE", message)
        .at(*position)
        .with("value", value.clone().into_json().unwrap_or_default())
        .with("problems", listed)
}

fn path(segments: &[PathSegment]) -> Vec<serde_json::Value> {
    segments
        .iter()
        .map(|segment| match segment {
            PathSegment::Field(name) => json!(name),
            PathSegment::Index(index) => json!(index),
        })
        .collect()
}
