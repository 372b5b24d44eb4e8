//! Fields and fragments: they exist, they fit where they stand, leaves are leaves.

use graphql_tools::parser::query::Selection;
use mcom_kit::types::DefKind;

use super::Walk;
use crate::ast::{AstField, Fragment, Operation, OperationKind, SelectionSet, response_key};
use crate::refuse::RequestError;

impl<'a> Walk<'a> {
    /// An operation: its directives and what it selects.
    pub(super) fn operation(&mut self, operation: Operation<'a>) {
        self.directives(operation.directives, operation.kind.into());
        let root = match operation.kind {
            OperationKind::Query => Some(&self.schema.types.query),
            OperationKind::Mutation => self.schema.types.mutation.as_ref(),
            OperationKind::Subscription => None,
        };
        if let Some(root) = root {
            self.set(operation.selection, root);
        }
    }

    /// A named fragment: its condition and what it selects.
    pub(super) fn fragment(&mut self, fragment: &'a Fragment) {
        self.directives(&fragment.directives, super::directives::Place::FragmentDefinition);
        let condition = fragment.type_condition.as_ref();
        if self.condition(condition) {
            self.set(&fragment.selection_set, condition);
        }
    }

    fn set(&mut self, set: &'a SelectionSet, owner: &str) {
        for item in &set.items {
            match item {
                Selection::Field(field) => {
                    self.position = field.position;
                    self.inside(response_key(field), |walk| walk.field(field, owner));
                }
                Selection::InlineFragment(inline) => {
                    self.position = inline.position;
                    let condition = inline.type_condition.as_ref().map(|c| c.as_ref().as_str());
                    let label = condition.map_or("...".to_owned(), |on| format!("... on {on}"));
                    self.inside(label, |walk| {
                        walk.directives(&inline.directives, super::directives::Place::InlineFragment);
                        let inner = condition.unwrap_or(owner);
                        if walk.condition(inner) && walk.meets(inner, owner, None) {
                            walk.set(&inline.selection_set, inner);
                        }
                    });
                }
                Selection::FragmentSpread(spread) => {
                    self.position = spread.position;
                    let name = spread.fragment_name.as_str();
                    self.spreads.push(name);
                    self.inside(format!("... {name}"), |walk| {
                        walk.directives(&spread.directives, super::directives::Place::FragmentSpread);
                        walk.spread(name, owner);
                    });
                }
            }
        }
    }

    fn spread(&mut self, name: &str, owner: &str) {
        match self.fragments.get(name) {
            Some(fragment) => {
                let condition = fragment.type_condition.as_ref();
                if self.schema.is_composite(condition) {
                    self.meets(condition, owner, Some(name));
                }
            }
            None => {
                let message = format!("Fragment {name} was used, but not defined");
                self.report(RequestError::new("useAndDefineFragment", message).with("fragmentName", name));
            }
        }
    }

    fn field(&mut self, field: &'a AstField, owner: &str) {
        let name = field.name.as_str();
        let Some(ty) = self.schema.field_type(owner, name) else {
            let message = format!("Field '{name}' doesn't exist on type '{owner}'");
            let error = RequestError::new("undefinedField", message);
            return self.report(error.with("typeName", owner).with("fieldName", name));
        };
        self.directives(&field.directives, super::directives::Place::Field);
        let schema = self.schema;
        self.arguments(&field.arguments, schema.field_args(owner, name), "Field", name);
        let composite = self.schema.is_composite(ty.name());
        match (composite, field.selection_set.items.is_empty()) {
            (true, true) => self.report(missing_selection(name, &ty.to_string(), ty.name())),
            (true, false) => self.set(&field.selection_set, ty.name()),
            (false, true) => {}
            (false, false) => {
                let kind = match self.schema.kind(ty.name()) {
                    Some(DefKind::Enum(_)) => "enums",
                    _ => "scalars",
                };
                let message = format!(
                    "Selections can't be made on {kind} (field '{name}' returns {} but has selections)",
                    ty.name()
                );
                let error = RequestError::new("selectionMismatch", message);
                self.report(error.with("nodeName", format!("field '{name}'")).with("typeName", &**ty.name()));
            }
        }
    }

    /// A type condition names a type with fields.
    fn condition(&mut self, name: &str) -> bool {
        match self.schema.kind(name) {
            Some(DefKind::Object(_) | DefKind::Interface(_) | DefKind::Union(_)) => true,
            Some(_) => {
                let message = format!("Invalid fragment on type {name} (must be Union, Interface or Object)");
                self.report(RequestError::new("fragmentOnNonCompositeType", message).with("typeName", name));
                false
            }
            None => {
                let message = format!("No such type {name}, so it can't be a fragment condition");
                self.report(RequestError::new("undefinedType", message).with("typeName", name));
                false
            }
        }
    }

    /// Some object is both what the fragment is on and what it stands in.
    fn meets(&mut self, condition: &str, owner: &str, fragment: Option<&str>) -> bool {
        let types = &self.schema.types;
        if types.possible(condition).iter().any(|object| types.is_a(object, owner)) {
            return true;
        }
        let who = fragment.map_or("Fragment".to_owned(), |name| format!("Fragment {name}"));
        let message = format!("{who} on {condition} can't be spread inside {owner}");
        let error = RequestError::new("cannotSpreadFragment", message)
            .with("typeName", condition)
            .with("fragmentName", fragment.unwrap_or("unknown"))
            .with("parentTypeName", owner);
        self.report(error);
        false
    }
}

fn missing_selection(field: &str, ty: &str, name: &str) -> RequestError {
    let message = format!(
        "Field must have selections (field '{field}' returns {name} but has no selections. Did you mean '{field} {{ ... }}'?)"
    );
    RequestError::new("selectionMismatch", message)
        .with("nodeName", format!("field '{field}'"))
        .with("typeName", ty)
}
