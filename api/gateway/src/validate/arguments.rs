//! Arguments of fields and directives: known, given once, none missing, of the right type.

use std::collections::HashSet;

use mcom_kit::types::Arg;

use super::Walk;
use super::literal::Holder;
use crate::ast::Literal;
use crate::refuse::RequestError;

impl Walk<'_> {
    /// Checks what is given to the `kind` ("Field" or "Directive") called `name`.
    pub(super) fn arguments(&mut self, given: &[(String, Literal)], defs: &[Arg], kind: &str, name: &str) {
        let mut seen = HashSet::new();
        for (argument, value) in given {
            let Some(def) = defs.iter().find(|d| d.name == argument.as_str()) else {
                self.inside(argument, |walk| walk.not_accepted(kind, name, argument));
                continue;
            };
            if !seen.insert(argument) {
                let message = format!("There can be only one argument named \"{argument}\"");
                self.report(RequestError::new("argumentNotUnique", message).with("name", argument.as_str()));
            }
            let holder = Holder { kind, name, argument };
            self.inside(argument, |walk| walk.literal(value, &def.ty, def.default.is_some(), &holder));
        }
        let missing: Vec<&str> = defs
            .iter()
            .filter(|d| {
                d.ty.is_non_null() && d.default.is_none() && !given.iter().any(|(n, _)| d.name == n.as_str())
            })
            .map(|d| d.name.as_str())
            .collect();
        if !missing.is_empty() {
            let missing = missing.join(", ");
            let message = format!("{kind} '{name}' is missing required arguments: {missing}");
            let error = RequestError::new("missingRequiredArguments", message);
            self.report(error.with("className", kind).with("name", name).with("arguments", missing));
        }
    }

    pub(super) fn not_accepted(&mut self, kind: &str, name: &str, argument: &str) {
        let message = format!("{kind} '{name}' doesn't accept argument '{argument}'");
        let error = RequestError::new("argumentNotAccepted", message);
        self.report(error.with("name", name).with("typeName", kind).with("argumentName", argument));
    }
}
