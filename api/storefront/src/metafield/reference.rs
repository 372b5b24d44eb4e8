//! What values refer to: one thing, or a list of which one page is loaded.

use std::{collections::HashMap, sync::Arc};

use mcom_data::load::Batch;
use mcom_kit::{
    Cx, Error, Record, Refusal,
    connection::{PageArgs, Paging},
    slice::{self, Place},
};
use mcom_store::metafields::{Referenced, ValueType};
use serde::Deserialize;

use crate::node::{self, Target};

mcom_kit::connection!(ReferenceConnection, ReferenceEdge of dyn Record as "MetafieldReferenceConnection" "MetafieldReferenceEdge");

/// Which part of a list of references is asked for; they stand in the order of the list and no other.
#[derive(Deserialize)]
pub(super) struct Part {
    first: Option<i64>,
    after: Option<String>,
    last: Option<i64>,
    before: Option<String>,
}

/// A value that may refer to something.
pub(super) struct Referring<'a> {
    /// Of which type it is, if that is known.
    pub value_type: Option<ValueType>,
    /// The value, if there is one.
    pub value: Option<&'a str>,
}

/// Things by their global ids; those that are gone or hidden are left out.
struct ByGid;

impl Batch for ByGid {
    type Key = String;
    type Value = Target;

    async fn load(cx: &Cx, gids: Vec<String>) -> Result<HashMap<String, Target>, Error> {
        let found = Box::pin(node::by_gids(cx, &gids)).await?;
        Ok(gids.into_iter().zip(found).filter_map(|(gid, found)| Some((gid, found?))).collect())
    }
}

/// The thing with this id, loaded with whatever else is referred to meanwhile.
pub(super) async fn load(cx: &Cx, gid: String) -> Result<Option<Arc<dyn Record>>, Error> {
    Ok(cx.load::<ByGid>(gid).await?.map(|target| target.record))
}

impl Referring<'_> {
    fn references(&self, list: bool) -> Option<Vec<Referenced>> {
        let value_type = self.value_type.filter(|of| of.is_reference() && of.list == list)?;
        Some(value_type.references(self.value?))
    }

    /// What it refers to, if it is no list.
    pub async fn one(&self, cx: &Cx) -> Result<Option<Arc<dyn Record>>, Error> {
        match self.references(false).and_then(|found| found.first().copied()) {
            Some(reference) if is_shown(reference) => load(cx, reference.gid()).await,
            _ => Ok(None),
        }
    }

    /// One page of what it refers to, if it is a list.
    pub async fn several(&self, cx: &Cx, part: Part) -> Result<Option<ReferenceConnection>, Error> {
        let Some(references) = self.references(true) else { return Ok(None) };
        let place = |index| Place { key: slice::ordinal(index), id: slice::ordinal(index), index };
        let places = (0..references.len()).map(place).collect();
        let page = slice::page(&part.page()?, "REFERENCE", places)?;
        let gids: Vec<String> = page.items.iter().map(|(_, index)| references[*index].gid()).collect();
        let found = Box::pin(node::by_gids(cx, &gids)).await?;
        let shown = page.items.iter().zip(found).filter_map(|((_, index), found)| {
            Some((*index, found.filter(|_| is_shown(references[*index]))?.record))
        });
        let shown: Vec<_> = shown.collect();
        Ok(Some(ReferenceConnection::of(page.with(shown))))
    }
}

impl Part {
    fn page(self) -> Result<PageArgs, Refusal> {
        let Part { first, after, last, before } = self;
        Paging { first, after, last, before, reverse: None }.page()
    }
}

/// Whether buyers are shown such things at all: customers and orders are shown to their own buyer only.
fn is_shown(reference: Referenced) -> bool {
    use mcom_store::metafields::ReferencedKind::{Customer, Order};
    !matches!(reference.kind, Customer | Order)
}
