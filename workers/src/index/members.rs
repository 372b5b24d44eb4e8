//! After a change of a collection: whose membership does the index not know?

use std::collections::BTreeSet;

use mcom_catalog::index;
use mcom_data::Cx;
use mcom_schema::id::{CollectionId, ProductId};
use mcom_search::{Order, Page, Place, Query, Scope, Search, SearchEngine, Sort};

use crate::JobError;

/// How many members are compared at a time.
const PART: usize = 1_000;

/// The products that are in the collection and in the index not, or the other way round. Both lists are read part by part, by id.
pub(crate) async fn outdated(cx: &Cx, collection: CollectionId) -> Result<Vec<ProductId>, JobError> {
    let engine = cx.shared::<Search>()?;
    engine.refresh(cx.tenant().store()).await?;
    let mut outdated = vec![];
    let mut after = 0;
    loop {
        let known = known(cx, collection, after).await?;
        let members = index::members(cx, collection, ProductId(after), PART as i64).await?;
        let (known_full, members_full) = (known.len() == PART, members.len() == PART);
        let known: BTreeSet<i64> = known.into_iter().collect();
        let members: BTreeSet<i64> = members.into_iter().map(|id| id.0).collect();
        // Beyond the end of a full part nothing is known of that list yet.
        let ends = [(known_full, known.last()), (members_full, members.last())];
        let end = ends.into_iter().filter(|(full, _)| *full).filter_map(|(_, last)| last.copied()).min();
        let differ = known.symmetric_difference(&members).copied();
        outdated.extend(differ.filter(|id| end.is_none_or(|end| *id <= end)).map(ProductId));
        match end {
            Some(end) => after = end,
            None => return Ok(outdated),
        }
    }
}

/// What the index has in the collection after `after`.
async fn known(cx: &Cx, collection: CollectionId, after: i64) -> Result<Vec<i64>, JobError> {
    let query = Query {
        text: None,
        scope: Scope { collection: Some(collection), available_only: false },
        filters: vec![],
        facets: false,
        order: Order { sort: Sort::Id, ..Order::default() },
        page: Page { size: PART, from: Some(Place::of_id(after)), backward: false },
    };
    let engine = cx.shared::<Search>()?;
    let found = engine.search(cx.tenant().store(), &query).await?;
    Ok(found.hits.into_iter().map(|hit| hit.id.0).collect())
}
