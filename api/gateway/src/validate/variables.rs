//! Variables: declared once, of input types, with defaults that fit, used, and used only where their type is wanted.

use std::collections::{HashMap, HashSet};

use graphql_tools::parser::Pos;
use mcom_kit::types::{DefKind, Ty};

use super::literal::Holder;
use super::{Uses, Walk};
use crate::ast::{Literal, Operation, VariableDefinition};
use crate::compile::type_reference;
use crate::refuse::RequestError;

/// A place where a variable stands.
pub(super) struct Usage {
    pub(super) name: String,
    /// The type that is wanted there; `None` inside a scalar that takes any JSON.
    pub(super) wanted: Option<Ty>,
    /// The place has a default, so a nullable variable will do.
    pub(super) defaulted: bool,
    pub(super) argument: String,
    pub(super) path: Vec<String>,
    pub(super) position: Pos,
}

/// Checks the variables of an operation against its own uses and those of the fragments it reaches.
pub(super) fn check<'a>(
    walk: &mut Walk<'a>,
    operation: Operation<'a>,
    own: &Uses<'a>,
    fragments: &HashMap<&'a str, Uses<'a>>,
) {
    walk.begin(operation.label(), operation.position);
    let label = operation.name.map_or("anonymous ".to_owned() + operation.kind.keyword(), str::to_owned);
    let mut declared: HashMap<&str, &VariableDefinition> = HashMap::new();
    for variable in operation.variables {
        walk.position = variable.position;
        declaration(walk, variable);
        if declared.insert(&variable.name, variable).is_some() {
            let message = format!("There can only be one variable named \"{}\"", variable.name);
            walk.report(
                RequestError::new("variableNotUnique", message).with("variableName", &*variable.name),
            );
        }
    }
    let mut used = HashSet::new();
    for usage in reachable(own, fragments) {
        used.insert(usage.name.as_str());
        let error = match declared.get(usage.name.as_str()) {
            Some(variable) => mismatch(variable, usage),
            None => {
                let message = format!("Variable ${} is used by {label} but not declared", usage.name);
                Some(
                    RequestError::new("variableNotDefined", message)
                        .with("variableName", usage.name.as_str()),
                )
            }
        };
        walk.errors.extend(error.map(|e| e.at(usage.position).along(&usage.path)));
    }
    for variable in operation.variables.iter().filter(|v| !used.contains(v.name.as_str())) {
        walk.position = variable.position;
        let message = format!("Variable ${} is declared by {label} but not used", variable.name);
        walk.report(RequestError::new("variableNotUsed", message).with("variableName", &*variable.name));
    }
}

fn reachable<'u, 'a>(own: &'u Uses<'a>, fragments: &'u HashMap<&'a str, Uses<'a>>) -> Vec<&'u Usage> {
    let mut out: Vec<&Usage> = own.variables.iter().collect();
    let mut open: Vec<&str> = own.spreads.clone();
    let mut seen = HashSet::new();
    while let Some(name) = open.pop() {
        if seen.insert(name)
            && let Some(uses) = fragments.get(name)
        {
            out.extend(&uses.variables);
            open.extend(&uses.spreads);
        }
    }
    out
}

fn declaration(walk: &mut Walk<'_>, variable: &VariableDefinition) {
    let ty = type_reference(&variable.var_type);
    let name = ty.name().clone();
    let is_input = matches!(
        walk.schema.kind(&name),
        Some(DefKind::Scalar { .. } | DefKind::Enum(_) | DefKind::Input { .. })
    );
    if !is_input {
        let what = if walk.schema.kind(&name).is_some() { "valid" } else { "defined" };
        let message = format!("{name} isn't a {what} input type (on ${})", variable.name);
        let error = RequestError::new("variableRequiresValidType", message);
        return walk.report(error.with("typeName", &*name).with("variableName", &*variable.name));
    }
    if let Some(default) = &variable.default_value {
        let holder = Holder { kind: "Variable", name: &variable.name, argument: "default" };
        walk.literal(default, &ty, false, &holder);
    }
}

fn mismatch(variable: &VariableDefinition, usage: &Usage) -> Option<RequestError> {
    let wanted = usage.wanted.as_ref()?;
    let ty = type_reference(&variable.var_type);
    let has_default = !matches!(variable.default_value, None | Some(Literal::Null));
    let fits = match wanted {
        Ty::NonNull(inner) if !ty.is_non_null() => (has_default || usage.defaulted) && is_subtype(&ty, inner),
        _ => is_subtype(&ty, wanted),
    };
    if fits {
        return None;
    }
    let Usage { name, argument, .. } = usage;
    let message = format!("Type mismatch on variable ${name} and argument {argument} ({ty} / {wanted})");
    let error = RequestError::new("variableMismatch", message)
        .with("variableName", name.as_str())
        .with("typeName", ty.to_string())
        .with("argumentName", argument.as_str())
        .with("errorMessage", "Type mismatch");
    Some(error)
}

/// Whether every value of the variable's type is one that the place takes.
fn is_subtype(ty: &Ty, wanted: &Ty) -> bool {
    match (ty, wanted) {
        (Ty::NonNull(t), Ty::NonNull(w)) => is_subtype(t, w),
        (_, Ty::NonNull(_)) => false,
        (Ty::NonNull(t), w) => is_subtype(t, w),
        (Ty::List(t), Ty::List(w)) => is_subtype(t, w),
        (Ty::Named(t), Ty::Named(w)) => t == w,
        _ => false,
    }
}
