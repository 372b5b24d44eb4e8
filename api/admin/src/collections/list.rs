//! Finding collections.

use std::sync::Arc;

use mcom_catalog::collections::{self, CollectionList, CollectionSort};
use mcom_kit::{Cx, Error, Registry, connection::Paging};
use mcom_schema::{
    Handle,
    id::{CollectionId, ProductId},
};
use serde::Deserialize;

use super::{Collection, CollectionConnection};
use crate::{
    count::{Count, LimitArgs},
    id::{self, IdArgs},
    products::Identifier,
    search,
};

pub(super) fn register(registry: &mut Registry) {
    registry
        .query("collection", one)
        .query("collectionByIdentifier", by_identifier)
        .query("collections", list)
        .query("collectionsCount", count)
        .entity(entities);
}

/// What a collection can be sorted by in a list.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum SortKey {
    Id,
    Title,
    UpdatedAt,
}

impl From<SortKey> for CollectionSort {
    fn from(key: SortKey) -> Self {
        match key {
            SortKey::Id => CollectionSort::Id,
            SortKey::Title => CollectionSort::Title,
            SortKey::UpdatedAt => CollectionSort::UpdatedAt,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ListArgs {
    #[serde(flatten)]
    paging: Paging,
    query: Option<String>,
    sort_key: Option<SortKey>,
}

#[derive(Deserialize)]
struct ByIdentifier {
    identifier: Identifier,
}

async fn one(cx: &Cx, args: IdArgs) -> Result<Option<Arc<Collection>>, Error> {
    find(cx, id::read(CollectionId::parse, &args.id)?).await
}

async fn by_identifier(cx: &Cx, args: ByIdentifier) -> Result<Option<Arc<Collection>>, Error> {
    match args.identifier {
        Identifier { id: Some(id), .. } => find(cx, id::read(CollectionId::parse, &id)?).await,
        Identifier { handle: Some(handle), .. } => {
            let Ok(handle) = Handle::parse(&handle) else { return Ok(None) };
            Ok(collections::by_handle(cx, handle.as_str()).await?.map(Collection::of))
        }
        Identifier { id: None, handle: None } => Ok(None),
    }
}

async fn list(cx: &Cx, args: ListArgs) -> Result<CollectionConnection, Error> {
    let query = search::parse(args.query.as_deref())?;
    cx.remark(query.as_ref().and_then(|(text, query)| search::collection_remark(query, "collections", text)));
    let wanted = search::collections(query.as_ref().map(|(_, query)| query));
    let list = CollectionList {
        sort: args.sort_key.map_or(CollectionSort::Id, Into::into),
        title: wanted.title,
        by_rules: wanted.by_rules,
        handle: wanted.handle,
        page: args.paging.page()?,
    };
    Ok(CollectionConnection::of(collections::page(cx, &list).await?.map(Collection::of)))
}

async fn count(cx: &Cx, args: LimitArgs) -> Result<Count, Error> {
    Ok(Count::up_to(args.limit, collections::count(cx).await?))
}

/// The collection with this id.
///
/// # Errors
/// Those of the catalog.
pub(crate) async fn find(cx: &Cx, id: CollectionId) -> Result<Option<Arc<Collection>>, Error> {
    Ok(cx.load::<collections::ById>(id).await?.map(Collection::of))
}

/// One page of the collections that a product is in.
///
/// # Errors
/// Those of the catalog.
pub(crate) async fn of_product(
    cx: &Cx,
    product: ProductId,
    paging: &Paging,
) -> Result<CollectionConnection, Error> {
    let found = collections::of_product_admin(cx, product, &paging.page()?).await?;
    Ok(CollectionConnection::of(found.map(Collection::of)))
}

async fn entities(cx: &Cx, keys: Vec<IdArgs>) -> Result<Vec<Option<Arc<Collection>>>, Error> {
    let ids: Vec<CollectionId> =
        keys.iter().map(|key| id::read(CollectionId::parse, &key.id)).collect::<Result<_, _>>()?;
    let found = collections::by_ids(cx, &ids).await?;
    Ok(found.into_iter().map(|it| it.map(Collection::of)).collect())
}
