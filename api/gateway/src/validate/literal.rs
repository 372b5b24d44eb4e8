//! Literals: they fit the type of the argument that they are given to, all the way in.

use std::collections::HashSet;

use async_graphql::Variables;
use mcom_kit::types::{Arg, DefKind, Ty};

use super::Walk;
use super::variables::Usage;
use crate::ast::Literal;
use crate::compile::value;
use crate::refuse::RequestError;

/// Whose argument a literal is, for messages: `Argument 'first' on Field 'products'`.
pub(super) struct Holder<'h> {
    /// "Field", "Directive" or "InputObject".
    pub(super) kind: &'h str,
    /// The field, directive or input type.
    pub(super) name: &'h str,
    /// The argument or input field.
    pub(super) argument: &'h str,
}

impl Walk<'_> {
    /// Checks a value against the type that is wanted there. `defaulted` tells that the place has a default.
    pub(super) fn literal(&mut self, given: &Literal, ty: &Ty, defaulted: bool, holder: &Holder<'_>) {
        match (given, ty) {
            (Literal::Variable(name), _) => self.usage(name, Some(ty.clone()), defaulted, holder.argument),
            (Literal::Null, Ty::NonNull(_)) => self.incompatible(given, ty, holder),
            (Literal::Null, _) => {}
            (_, Ty::NonNull(inner)) => self.literal(given, inner, defaulted, holder),
            (Literal::List(items), Ty::List(item)) => {
                for (index, value) in items.iter().enumerate() {
                    self.inside(index.to_string(), |walk| walk.literal(value, item, false, holder));
                }
            }
            (_, Ty::List(item)) => self.literal(given, item, false, holder),
            (_, Ty::Named(name)) => self.named(given, name, ty, holder),
        }
    }

    fn named(&mut self, given: &Literal, name: &str, ty: &Ty, holder: &Holder<'_>) {
        let schema = self.schema;
        match (schema.kind(name), given) {
            (Some(DefKind::Input { fields, one_of }), Literal::Object(object)) => {
                self.input(object, name, fields, *one_of);
            }
            // A string is no enum value in a document, though it is one in variables.
            (Some(DefKind::Enum(values)), Literal::Enum(v)) if values.contains_key(v.as_str()) => {}
            (Some(DefKind::Enum(_) | DefKind::Input { .. }) | None, _) => {
                self.incompatible(given, ty, holder);
            }
            (Some(_), Literal::Enum(_)) => self.incompatible(given, ty, holder),
            (Some(_), Literal::Float(_)) if name == "Int" => self.incompatible(given, ty, holder),
            (Some(_), Literal::List(_) | Literal::Object(_)) if !is_built_in(name) => self.any(given, holder),
            (Some(_), given) => {
                let constant =
                    mcom_kit::types::literal(&value(given), &Variables::default()).unwrap_or_default();
                if schema.types.coerce(ty, constant).is_err() {
                    self.incompatible(given, ty, holder);
                }
            }
        }
    }

    fn input(&mut self, object: &[(String, Literal)], name: &str, fields: &[Arg], one_of: bool) {
        let mut seen = HashSet::new();
        for (field, value) in object {
            let Some(def) = fields.iter().find(|f| f.name == field.as_str()) else {
                self.inside(field, |walk| walk.not_accepted("InputObject", name, field));
                continue;
            };
            if !seen.insert(field) {
                let message = format!("There can be only one input field named \"{field}\"");
                self.report(RequestError::new("inputFieldNotUnique", message).with("name", field.as_str()));
            }
            let holder = Holder { kind: "InputObject", name, argument: field };
            // The one field of a one-of may not come from a variable that may be null.
            let wanted = if one_of { non_null(&def.ty) } else { def.ty.clone() };
            self.inside(field, |walk| walk.literal(value, &wanted, def.default.is_some(), &holder));
        }
        self.required(fields, object, name);
        if one_of && object.len() != 1 {
            let count = object.len();
            let message = format!("'{name}' requires exactly one argument, but {count} were provided");
            self.report(RequestError::new("invalidOneOfInputObject", message).with("inputObjectType", name));
        }
    }

    /// A scalar that takes any JSON may have variables inside; they are checked together with its value.
    fn any(&mut self, given: &Literal, holder: &Holder<'_>) {
        match given {
            Literal::Variable(name) => self.usage(name, None, true, holder.argument),
            Literal::List(items) => items.iter().for_each(|item| self.any(item, holder)),
            Literal::Object(fields) => fields.iter().for_each(|(_, field)| self.any(field, holder)),
            _ => {}
        }
    }

    fn usage(&mut self, name: &str, wanted: Option<Ty>, defaulted: bool, argument: &str) {
        self.usages.push(Usage {
            name: name.to_owned(),
            wanted,
            defaulted,
            argument: argument.to_owned(),
            path: self.path.clone(),
            position: self.position,
        });
    }

    fn required(&mut self, fields: &[Arg], object: &[(String, Literal)], input: &str) {
        for field in fields.iter().filter(|f| f.ty.is_non_null() && f.default.is_none()) {
            let name = field.name.as_str();
            if !object.iter().any(|(key, _)| key == name) {
                let message = format!(
                    "Argument '{name}' on InputObject '{input}' is required. Expected type {}",
                    field.ty
                );
                let error = RequestError::new("missingRequiredInputObjectAttribute", message)
                    .with("argumentName", name)
                    .with("argumentType", field.ty.to_string())
                    .with("inputObjectType", input);
                self.inside(name, |walk| walk.report(error));
            }
        }
    }

    fn incompatible(&mut self, given: &Literal, ty: &Ty, holder: &Holder<'_>) {
        let Holder { kind, name, argument } = holder;
        let message = format!(
            "Argument '{argument}' on {kind} '{name}' has an invalid value ({given}). Expected type '{ty}'."
        );
        let error = RequestError::new("argumentLiteralsIncompatible", message);
        self.report(error.with("typeName", *kind).with("argumentName", *argument));
    }
}

fn non_null(ty: &Ty) -> Ty {
    if ty.is_non_null() { ty.clone() } else { Ty::NonNull(Box::new(ty.clone())) }
}

fn is_built_in(scalar: &str) -> bool {
    matches!(scalar, "Int" | "Float" | "String" | "Boolean" | "ID")
}
