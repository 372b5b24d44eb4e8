//! `__typename` where completion or the planner needs it and the client did not ask.
//!
//! The planner selects it only where it needs it itself; completing a value of an interface or union needs it
//! always. It also stands in where everything was skipped, because braces may not be empty.

use graphql_tools::parser::Pos;
use graphql_tools::parser::query::{Definition, OperationDefinition, Selection};

use super::ast::{Ast, AstField, SelectionSet, selection_mut};
use super::schema::Schema;

/// Adds `__typename` to every selection on an abstract type and to every empty one.
pub fn add(schema: &Schema, document: &mut Ast) {
    for definition in &mut document.definitions {
        let owner = match definition {
            Definition::Fragment(f) => f.type_condition.as_ref().clone(),
            Definition::Operation(OperationDefinition::Mutation(_)) => {
                schema.types.mutation.as_deref().unwrap_or_default().to_owned()
            }
            Definition::Operation(_) => schema.types.query.to_string(),
        };
        let is_fragment = matches!(definition, Definition::Fragment(_));
        let set = selection_mut(definition);
        add_to(schema, set, &owner);
        if is_fragment {
            fill(set);
        }
    }
}

fn add_to(schema: &Schema, set: &mut SelectionSet, owner: &str) {
    for item in &mut set.items {
        match item {
            Selection::Field(field) => {
                let Some(ty) = schema.field_type(owner, &field.name) else { continue };
                if !schema.is_composite(ty.name()) {
                    continue;
                }
                add_to(schema, &mut field.selection_set, ty.name());
                if schema.types.is_abstract(ty.name()) {
                    field.selection_set.items.insert(0, typename(field.position));
                }
                fill(&mut field.selection_set);
            }
            Selection::InlineFragment(inline) => {
                let on = inline.type_condition.as_ref().map_or(owner, |c| c.as_ref().as_str()).to_owned();
                add_to(schema, &mut inline.selection_set, &on);
                fill(&mut inline.selection_set);
            }
            Selection::FragmentSpread(_) => {}
        }
    }
}

fn fill(set: &mut SelectionSet) {
    if set.items.is_empty() {
        set.items.push(typename(set.span.0));
    }
}

fn typename(position: Pos) -> Selection<'static, String> {
    Selection::Field(AstField {
        position,
        alias: None,
        name: "__typename".to_owned(),
        arguments: Vec::new(),
        directives: Vec::new(),
        selection_set: SelectionSet { span: (position, position), items: Vec::new() },
    })
}
