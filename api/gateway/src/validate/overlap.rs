//! Fields with the same response key: they can be merged into one answer.
//!
//! Two passes, each linear in the fields it groups: all fields of one key must have the same shape, and those
//! that may meet on one object must be the same field with the same arguments.

use std::collections::HashMap;

use graphql_tools::parser::query::Selection;
use mcom_kit::types::Ty;

use super::Walk;
use crate::ast::{Ast, AstField, SelectionSet, operations, response_key};
use crate::refuse::RequestError;

/// A field with the type that it stands in.
#[derive(Clone, Copy)]
struct Placed<'a> {
    owner: &'a str,
    field: &'a AstField,
}

type Groups<'a> = Vec<(&'a str, Vec<Placed<'a>>)>;

/// How many comparisons a document may take; what needs more is refused rather than checked.
const BUDGET: usize = 100_000;

struct Merge<'w, 'a> {
    walk: &'w mut Walk<'a>,
    budget: usize,
}

/// Reports the first conflict of each operation.
pub(super) fn check<'a>(walk: &mut Walk<'a>, document: &'a Ast) {
    for operation in operations(document) {
        walk.begin(operation.label(), operation.position);
        let types = &walk.schema.types;
        let root = match operation.kind {
            crate::ast::OperationKind::Mutation => types.mutation.as_deref().unwrap_or_default(),
            _ => &*types.query,
        };
        let mut merge = Merge { walk, budget: BUDGET };
        let groups = merge.groups(&[(root, operation.selection)]);
        if let Err(error) = merge.same_shapes(&groups).and_then(|()| merge.same_fields(&groups)) {
            merge.walk.errors.push(error);
        }
    }
}

type Checked = Result<(), RequestError>;

impl<'a> Merge<'_, 'a> {
    fn spend(&mut self, amount: usize) -> Checked {
        match self.budget.checked_sub(amount) {
            Some(left) => {
                self.budget = left;
                Ok(())
            }
            None => {
                Err(RequestError::new("MAX_FIELDS_EXCEEDED", "The operation repeats its fields too often"))
            }
        }
    }

    /// Fields of some selection sets by response key, in the order of the document.
    fn groups(&self, sets: &[(&'a str, &'a SelectionSet)]) -> Groups<'a> {
        let (mut groups, mut places) = (Groups::new(), HashMap::new());
        let mut spread = std::collections::HashSet::new();
        for (owner, set) in sets {
            self.collect(
                owner,
                set,
                &mut |key, placed| {
                    let at = *places.entry(key).or_insert_with(|| {
                        groups.push((key, Vec::new()));
                        groups.len() - 1
                    });
                    groups[at].1.push(placed);
                },
                &mut spread,
            );
        }
        groups
    }

    fn collect(
        &self,
        owner: &'a str,
        set: &'a SelectionSet,
        put: &mut impl FnMut(&'a str, Placed<'a>),
        spread: &mut std::collections::HashSet<&'a str>,
    ) {
        for item in &set.items {
            match item {
                Selection::Field(field) => put(response_key(field), Placed { owner, field }),
                Selection::InlineFragment(inline) => {
                    let on = inline.type_condition.as_ref().map_or(owner, |c| c.as_ref().as_str());
                    self.collect(on, &inline.selection_set, put, spread);
                }
                Selection::FragmentSpread(f) => {
                    let known = self.walk.fragments.get(f.fragment_name.as_str());
                    if let Some(fragment) = known
                        && spread.insert(&f.fragment_name)
                    {
                        self.collect(fragment.type_condition.as_ref(), &fragment.selection_set, put, spread);
                    }
                }
            }
        }
    }

    fn below(&self, fields: &[Placed<'a>]) -> Groups<'a> {
        let schema = self.walk.schema;
        let sets: Vec<_> = fields
            .iter()
            .filter(|p| !p.field.selection_set.items.is_empty())
            .filter_map(|p| {
                let def = schema.types.field(p.owner, &p.field.name);
                let meta =
                    || schema.types.defs.get_key_value(schema.field_type(p.owner, &p.field.name)?.name());
                let owner: &'a str = match def {
                    Some(def) => def.ty.name(),
                    None => meta()?.0,
                };
                Some((owner, &p.field.selection_set))
            })
            .collect();
        self.groups(&sets)
    }

    /// Every two fields of a key give values of the same shape, whatever object they are on.
    fn same_shapes(&mut self, groups: &Groups<'a>) -> Checked {
        for (key, fields) in groups {
            self.spend(fields.len())?;
            let Some((first, rest)) = fields.split_first() else { continue };
            let Some(wanted) = self.ty(*first) else { continue };
            for other in rest {
                if let Some(ty) = self.ty(*other)
                    && !self.is_same_shape(&wanted, &ty)
                {
                    let reason = format!("they return conflicting types {wanted} and {ty}");
                    return Err(self.conflict(key, *other, &reason));
                }
            }
            let below = self.below(fields);
            self.same_shapes(&below)?;
        }
        Ok(())
    }

    /// Every two fields of a key that may be on one object are the same field with the same arguments.
    fn same_fields(&mut self, groups: &Groups<'a>) -> Checked {
        for (key, fields) in groups {
            for together in self.meeting(fields) {
                self.spend(together.len())?;
                let Some((first, rest)) = together.split_first() else { continue };
                for other in rest {
                    if first.field.name != other.field.name {
                        let reason =
                            format!("{} and {} are different fields", first.field.name, other.field.name);
                        return Err(self.conflict(key, *other, &reason));
                    }
                    if !same_arguments(first.field, other.field) {
                        return Err(self.conflict(key, *other, "they have differing arguments"));
                    }
                }
                let below = self.below(&together);
                self.same_fields(&below)?;
            }
        }
        Ok(())
    }

    /// Splits fields into sets that may be on one object: those on an abstract type meet all others.
    fn meeting(&self, fields: &[Placed<'a>]) -> Vec<Vec<Placed<'a>>> {
        let types = &self.walk.schema.types;
        let (anywhere, fixed): (Vec<Placed<'a>>, Vec<Placed<'a>>) =
            fields.iter().partition(|p| types.is_abstract(p.owner));
        let mut by_object: Groups<'a> = Vec::new();
        for placed in fixed {
            match by_object.iter_mut().find(|(owner, _)| *owner == placed.owner) {
                Some((_, known)) => known.push(placed),
                None => by_object.push((placed.owner, vec![placed])),
            }
        }
        if by_object.is_empty() {
            return vec![anywhere];
        }
        by_object
            .into_iter()
            .map(|(_, own)| own.into_iter().chain(anywhere.iter().copied()).collect())
            .collect()
    }

    fn ty(&self, placed: Placed<'a>) -> Option<Ty> {
        self.walk.schema.field_type(placed.owner, &placed.field.name)
    }

    fn is_same_shape(&self, a: &Ty, b: &Ty) -> bool {
        match (a, b) {
            (Ty::NonNull(a), Ty::NonNull(b)) | (Ty::List(a), Ty::List(b)) => self.is_same_shape(a, b),
            (Ty::Named(a), Ty::Named(b)) => {
                a == b || self.walk.schema.is_composite(a) && self.walk.schema.is_composite(b)
            }
            _ => false,
        }
    }

    fn conflict(&self, key: &str, field: Placed<'a>, reason: &str) -> RequestError {
        let message =
            format!("Field '{key}' has a field conflict: {reason}. Use different aliases to fetch both.");
        let error =
            RequestError::new("fieldConflict", message).with("fieldName", key).with("conflicts", reason);
        error.at(field.field.position).along(&self.walk.path)
    }
}

fn same_arguments(a: &AstField, b: &AstField) -> bool {
    a.arguments.len() == b.arguments.len()
        && a.arguments.iter().all(|(name, value)| b.arguments.iter().any(|(n, v)| n == name && v == value))
}
