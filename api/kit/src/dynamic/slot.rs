//! One field of one object type: how it is answered each time somebody asks.

use std::sync::Arc;

use async_graphql::dynamic::{FieldFuture, FieldValue, ResolverContext};
use async_graphql_parser::types::{Selection as Item, SelectionSet};
use mcom_schema::Scope;

use super::{
    convert::Convert,
    ledger::{Ledger, path},
};
use crate::{
    Args, Cx, Fault, Selection, Types,
    access::{self, Guards},
    alive::Mark,
    record::{Prop, Record},
    registry::{Function, Root, Run},
    types::{Arg, literal},
};

/// How the parent's record is found.
pub(super) enum Parent {
    /// The field is of a root type and has no parent.
    Root,
    /// The parent is a record of this type.
    Record(for<'a> fn(&'a FieldValue<'_>) -> Option<&'a dyn Record>),
}

/// Who answers.
pub(super) enum Source {
    /// A declared property.
    Prop,
    /// A function.
    Function(Function),
    /// Another subgraph; here it is always null.
    Elsewhere,
}

pub(super) struct Slot {
    pub name: String,
    /// The type inside all lists.
    pub gives: Arc<str>,
    pub args: Vec<Arg>,
    pub access: Vec<Scope>,
    /// The field's type is an interface or a union, so that values must name theirs.
    pub is_abstract: bool,
    /// The field's type has fields of its own.
    pub is_composite: bool,
    pub parent: Parent,
    pub source: Source,
    pub mark: Mark,
    pub types: Arc<Types>,
    pub guards: Arc<Guards>,
}

impl Slot {
    pub(super) fn resolve<'a>(self: &Arc<Self>, context: ResolverContext<'a>) -> FieldFuture<'a> {
        match &self.source {
            Source::Elsewhere => FieldFuture::Value(None),
            Source::Prop => {
                let prop = self.parent(&context).map(|parent| parent.prop(&self.name));
                FieldFuture::Value(self.settle(&context, self.admit(&context).and(prop)))
            }
            Source::Function(function) => match &function.run {
                Run::Now(run) => {
                    let prop = self
                        .ready(&context, function)
                        .and_then(|(parent, args, selection)| run(cx(&context), parent, args, selection));
                    FieldFuture::Value(self.settle(&context, prop))
                }
                Run::Later(run) => {
                    let (slot, run) = (self.clone(), run.clone());
                    let wants_selection = function.selection;
                    FieldFuture::new(async move {
                        let prop = match slot.ready_with(&context, wants_selection) {
                            Ok((parent, args, selection)) => run(cx(&context), parent, args, selection).await,
                            Err(fault) => Err(fault),
                        };
                        Ok(slot.settle(&context, prop))
                    })
                }
            },
        }
    }

    fn ready<'a>(
        &self,
        context: &ResolverContext<'a>,
        function: &Function,
    ) -> Result<(&'a dyn Record, Args, Selection), Fault> {
        self.ready_with(context, function.selection)
    }

    fn ready_with<'a>(
        &self,
        context: &ResolverContext<'a>,
        wants_selection: bool,
    ) -> Result<(&'a dyn Record, Args, Selection), Fault> {
        self.admit(context)?;
        let selection = if wants_selection { selected(context) } else { Selection::default() };
        Ok((self.parent(context)?, self.args(context)?, selection))
    }

    fn admit(&self, context: &ResolverContext<'_>) -> Result<(), Fault> {
        if self.access.is_empty() { Ok(()) } else { access::check(cx(context), &self.access, &self.name) }
    }

    fn parent<'a>(&self, context: &ResolverContext<'a>) -> Result<&'a dyn Record, Fault> {
        match self.parent {
            Parent::Root => Ok(&Root),
            Parent::Record(view) => view(context.parent_value).ok_or_else(|| {
                Fault::new("INTERNAL_SERVER_ERROR", format!("The parent of {} is not its record", self.name))
            }),
        }
    }

    /// Not the engine's own arguments: there an absent variable is null and not the default.
    fn args(&self, context: &ResolverContext<'_>) -> Result<Args, Fault> {
        if self.args.is_empty() {
            return Ok(Args::default());
        }
        let given = &context.ctx.item.node.arguments;
        let variables = &context.ctx.query_env.variables;
        let get = |name: &str| {
            let (_, value) = given.iter().find(|(known, _)| known.node == name)?;
            literal(&value.node, variables)
        };
        self.types.coerce_args(&self.args, get).map(Args::new).map_err(|problems| Fault::problems(&problems))
    }

    fn settle<'a>(
        &self,
        context: &ResolverContext<'a>,
        prop: Result<Prop<'a>, Fault>,
    ) -> Option<FieldValue<'a>> {
        let convert = Convert { context, slot: self };
        let value = prop.and_then(|prop| convert.value(prop));
        match value {
            Ok(value) => {
                if value.is_some() {
                    self.mark.set();
                }
                value
            }
            Err(fault) => {
                ledger(context).fail(path(context), fault);
                None
            }
        }
    }
}

pub(super) fn cx<'a>(context: &ResolverContext<'a>) -> &'a Cx {
    context.ctx.data_unchecked::<Cx>()
}

pub(super) fn ledger<'a>(context: &ResolverContext<'a>) -> &'a Ledger {
    context.ctx.data_unchecked::<Arc<Ledger>>()
}

fn selected(context: &ResolverContext<'_>) -> Selection {
    let mut selection = Selection::default();
    collect(context, &context.ctx.item.node.selection_set.node, &mut selection);
    selection
}

fn collect(context: &ResolverContext<'_>, set: &SelectionSet, into: &mut Selection) {
    for item in &set.items {
        match &item.node {
            Item::Field(field) => {
                let below = into.add(&field.node.name.node);
                collect(context, &field.node.selection_set.node, below);
            }
            Item::InlineFragment(inline) => collect(context, &inline.node.selection_set.node, into),
            Item::FragmentSpread(spread) => {
                if let Some(named) = context.ctx.query_env.fragments.get(&spread.node.fragment_name.node) {
                    collect(context, &named.node.selection_set.node, into);
                }
            }
        }
    }
}
