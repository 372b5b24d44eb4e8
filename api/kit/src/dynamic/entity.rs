//! Entities: what other subgraphs refer to, loaded in one batch for each type in a call.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{
    PathSegment, Value,
    dynamic::{FieldFuture, FieldValue, ResolverContext},
    indexmap::IndexMap,
};

use super::{
    ledger::path,
    slot::{cx, ledger},
};
use crate::{
    Fault,
    access::{self, Guards},
    registry::{EntityFn, Held, Representation},
};

/// The loaders of a schema.
pub(super) struct Entities {
    pub loaders: HashMap<&'static str, EntityFn>,
    pub guards: Arc<Guards>,
}

/// The representations of one type, with their places in the call.
#[derive(Default)]
struct Group {
    places: Vec<usize>,
    representations: Vec<Representation>,
}

impl Entities {
    pub(super) fn resolve<'a>(self: &Arc<Self>, context: ResolverContext<'a>) -> FieldFuture<'a> {
        let entities = self.clone();
        FieldFuture::new(async move { Ok(Some(entities.load(&context).await)) })
    }

    async fn load<'a>(&self, context: &ResolverContext<'a>) -> FieldValue<'a> {
        let (asked, groups) = groups(context);
        let list = path(context);
        let mut found: Vec<Option<FieldValue<'a>>> = (0..asked).map(|_| None).collect();
        let batches = groups.into_iter().map(|(name, group)| async move {
            let loaded = self.batch(context, &name, group.representations).await;
            (group.places, loaded)
        });
        for (places, loaded) in futures_util::future::join_all(batches).await {
            match loaded {
                Ok(values) => places.into_iter().zip(values).for_each(|(place, value)| found[place] = value),
                Err(fault) => {
                    places.iter().for_each(|place| ledger(context).fail_entry(&list, *place, fault.clone()));
                }
            }
        }
        leave_gaps(context, list, found)
    }

    async fn batch<'a>(
        &self,
        context: &ResolverContext<'a>,
        name: &str,
        representations: Vec<Representation>,
    ) -> Result<Vec<Option<FieldValue<'a>>>, Fault> {
        access::check(cx(context), self.guards.type_scopes(name), name)?;
        let load = self.loaders.get(name).ok_or_else(|| {
            Fault::new("INTERNAL_SERVER_ERROR", format!("{name} cannot be loaded by its key here"))
        })?;
        let value = |record: Arc<dyn crate::Record>| {
            let name = record.type_name();
            FieldValue::owned_any(Held(record)).with_type(name)
        };
        Ok(load(cx(context), representations).await?.into_iter().map(|found| found.map(value)).collect())
    }
}

/// How many were asked for, and which of each type.
fn groups(context: &ResolverContext<'_>) -> (usize, IndexMap<String, Group>) {
    let mut groups: IndexMap<String, Group> = IndexMap::new();
    let given = context.args.get("representations").map(|given| given.as_value().clone());
    let Some(Value::List(asked)) = given else { return (0, groups) };
    let count = asked.len();
    for (place, representation) in asked.into_iter().enumerate() {
        let Value::Object(fields) = representation else { continue };
        let Some(Value::String(name)) = fields.get("__typename") else { continue };
        let group = groups.entry(name.clone()).or_default();
        group.places.push(place);
        group.representations.push(fields);
    }
    (count, groups)
}

fn leave_gaps<'a>(
    context: &ResolverContext<'a>,
    list: Vec<PathSegment>,
    found: Vec<Option<FieldValue<'a>>>,
) -> FieldValue<'a> {
    let gaps: Vec<usize> =
        found.iter().enumerate().filter(|(_, value)| value.is_none()).map(|(place, _)| place).collect();
    if !gaps.is_empty() {
        ledger(context).leave_out(list, gaps);
    }
    FieldValue::list(found.into_iter().flatten())
}
