//! Fragments on unions, rewritten for an engine that matches none of them.
//!
//! It compares a fragment's condition with the object and the interfaces of the object, never with a union; and the
//! planner writes such fragments. One inline fragment for each member says the same.

use async_graphql::{Name, Positioned};
use async_graphql_parser::types::{
    Directive, FragmentDefinition, InlineFragment, Selection, SelectionSet, TypeCondition,
};
use std::collections::HashMap;

use crate::Types;

pub(super) struct Rewrite<'a> {
    pub types: &'a Types,
    pub fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
}

/// A fragment taken apart.
struct Fragment {
    condition: Name,
    directives: Vec<Positioned<Directive>>,
    body: Positioned<SelectionSet>,
}

impl Rewrite<'_> {
    pub(super) fn selection(&self, set: &mut SelectionSet) {
        let mut rewritten = Vec::with_capacity(set.items.len());
        for mut item in std::mem::take(&mut set.items) {
            match self.fragment(&item.node) {
                Some(fragment) if self.types.is_union(&fragment.condition) => {
                    self.members(&fragment, &item, &mut rewritten);
                }
                _ => {
                    match &mut item.node {
                        Selection::Field(field) => self.selection(&mut field.node.selection_set.node),
                        Selection::InlineFragment(inline) => {
                            self.selection(&mut inline.node.selection_set.node);
                        }
                        Selection::FragmentSpread(_) => {}
                    }
                    rewritten.push(item);
                }
            }
        }
        set.items = rewritten;
    }

    fn fragment(&self, item: &Selection) -> Option<Fragment> {
        match item {
            Selection::Field(_) => None,
            Selection::InlineFragment(inline) => Some(Fragment {
                condition: inline.node.type_condition.as_ref()?.node.on.node.clone(),
                directives: inline.node.directives.clone(),
                body: inline.node.selection_set.clone(),
            }),
            Selection::FragmentSpread(spread) => {
                let named = &self.fragments.get(&spread.node.fragment_name.node)?.node;
                Some(Fragment {
                    condition: named.type_condition.node.on.node.clone(),
                    directives: spread.node.directives.clone(),
                    body: named.selection_set.clone(),
                })
            }
        }
    }

    fn members(
        &self,
        fragment: &Fragment,
        item: &Positioned<Selection>,
        out: &mut Vec<Positioned<Selection>>,
    ) {
        for member in self.types.possible(&fragment.condition) {
            let mut body = fragment.body.clone();
            self.selection(&mut body.node);
            let on = item.position_node(Name::new(&**member));
            let inline = InlineFragment {
                type_condition: Some(item.position_node(TypeCondition { on })),
                directives: fragment.directives.clone(),
                selection_set: body,
            };
            out.push(item.position_node(Selection::InlineFragment(item.position_node(inline))));
        }
    }
}
