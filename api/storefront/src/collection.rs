//! Collections: products that the merchant shows together.

mod words;

use std::sync::Arc;

use mcom_catalog::collections::{self, CollectionList, CollectionProductSort, CollectionSort};
use mcom_kit::excerpt::{self, excerpt};
use mcom_kit::{
    Args, Asked, Cx, Error, Registry,
    answer::Declined,
    connection::{Page, Paging},
};
use mcom_schema::{id::CollectionId, refuse};
use mcom_search::syntax::{self, Query};
use mcom_store::{
    markets::Localization,
    metafields::{Owner, OwnerKind},
};
use serde::Deserialize;

use crate::{
    image::Image,
    metafield::HasMetafields,
    node,
    product::{Product, ProductConnection},
    search,
    seo::Seo,
    wanted::{ByHandle, Key, Wanted},
};

pub(crate) use words::translated;

/// A published collection.
pub struct Collection {
    it: Arc<collections::Collection>,
    id: String,
    image: Option<Image>,
    seo: Seo,
    /// How it was found, for whoever measures searches.
    tracking: Option<Arc<str>>,
}

mcom_kit::record!(Collection as "Collection" {
    "descriptionHtml" = it.row.description_html,
    "handle" = it.row.handle,
    "id" = id,
    "image" = image,
    "seo" = seo,
    "title" = it.row.title,
    "trackingParameters" => Collection::tracking,
    "updatedAt" = it.row.updated_at,
});

mcom_kit::connection!(CollectionConnection, CollectionEdge of Collection as "CollectionConnection" "CollectionEdge" {
    "totalCount" = total_count: String,
});

#[derive(Deserialize)]
struct ById {
    id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ListArgs {
    #[serde(flatten)]
    paging: Paging,
    query: Option<String>,
    sort_key: Option<Sort>,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Sort {
    #[default]
    Id,
    Relevance,
    Title,
    UpdatedAt,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ProductArgs {
    #[serde(flatten)]
    paging: Paging,
    filters: Option<Vec<search::Choice>>,
    sort_key: Option<ProductSort>,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum ProductSort {
    BestSelling,
    #[default]
    CollectionDefault,
    Created,
    Id,
    Manual,
    Price,
    Relevance,
    Title,
}

pub(crate) fn register(registry: &mut Registry) {
    registry
        .query("collection", collection)
        .query("collectionByHandle", collection_by_handle)
        .query("collections", list)
        .entity(entities);
    let collection = registry.on::<Collection>().field("description", description);
    collection.field("onlineStoreUrl", url).load("products", products);
    registry.on::<Product>().load("collections", of_product);
}

async fn collection(cx: &Cx, wanted: Wanted) -> Result<Option<Arc<Collection>>, Error> {
    match wanted.key(CollectionId::KIND)? {
        Some(Key::Id(id)) => Ok(by_ids(cx, &[CollectionId(id)]).await?.pop().flatten()),
        Some(Key::Handle(handle)) => collection_by_handle(cx, handle).await,
        None => Ok(None),
    }
}

async fn collection_by_handle(cx: &Cx, wanted: ByHandle) -> Result<Option<Arc<Collection>>, Error> {
    let found = collections::live_by_handle(cx, &wanted.handle).await?;
    Ok(words::translated(cx, vec![found]).await?.pop().flatten().map(Collection::of))
}

async fn list(cx: &Cx, asked: Asked<ListArgs>) -> Result<CollectionConnection, Error> {
    let args = asked.args;
    let mut page = args.paging.page()?;
    let sort = match args.sort_key.unwrap_or_default() {
        Sort::Id => CollectionSort::Id,
        Sort::Relevance => {
            page.reverse = !page.reverse;
            CollectionSort::UpdatedAt
        }
        Sort::Title => CollectionSort::Title,
        Sort::UpdatedAt => CollectionSort::UpdatedAt,
    };
    let sought = Sought::read(cx, args.query.as_deref())?;
    let all = CollectionList::all(page);
    let list = CollectionList { sort, title: sought.title, by_rules: sought.by_rules, ..all };
    let mut connection = connection(cx, collections::live_page(cx, &list).await?).await?;
    if asked.selection.has("totalCount") {
        connection.total_count = collections::live_count(cx, &list).await?.to_string();
    }
    Ok(connection)
}

/// What a query asks of collections; only conditions that all have to hold are looked at.
#[derive(Default)]
struct Sought {
    title: Option<String>,
    by_rules: Option<bool>,
}

impl Sought {
    fn read(cx: &Cx, text: Option<&str>) -> Result<Self, Error> {
        let mut sought = Sought::default();
        let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return Ok(sought) };
        let query = syntax::parse(text).map_err(|error| refuse("query", "INVALID", error.to_string()))?;
        cx.remark(query.remark("collections", text, &["collection_type", "title"], |_| true));
        let parts = if let Query::All(parts) = &query { parts } else { std::slice::from_ref(&query) };
        for part in parts {
            let Query::Term(term) = part else { continue };
            match (term.key.as_deref(), term.value.text.as_str()) {
                (None | Some("title"), title) => sought.title = Some(title.to_owned()),
                (Some("collection_type"), "smart") => sought.by_rules = Some(true),
                (Some("collection_type"), "custom") => sought.by_rules = Some(false),
                _ => {}
            }
        }
        Ok(sought)
    }
}

async fn products(
    cx: &Cx,
    collection: &Collection,
    asked: Asked<ProductArgs>,
) -> Result<ProductConnection, Declined> {
    let args = asked.args;
    let sort = match args.sort_key.unwrap_or_default() {
        ProductSort::BestSelling => CollectionProductSort::BestSelling,
        ProductSort::CollectionDefault | ProductSort::Relevance => CollectionProductSort::CollectionDefault,
        ProductSort::Created => CollectionProductSort::Created,
        ProductSort::Id => CollectionProductSort::Id,
        ProductSort::Manual => CollectionProductSort::Manual,
        ProductSort::Price => CollectionProductSort::Price,
        ProductSort::Title => CollectionProductSort::Title,
    };
    let page = args.paging.page().map_err(Error::from)?;
    let filters = match args.filters {
        Some(chosen) => search::filters(Some(chosen), &Localization::of(cx).await?.market.exchange)?,
        None => vec![],
    };
    let wanted = search::Wanted { sort, page, filters, facets: asked.selection.has("filters") };
    search::products(cx, &collection.it, wanted).await
}

async fn of_product(cx: &Cx, product: &Product, asked: Asked<Paging>) -> Result<CollectionConnection, Error> {
    let of = collections::of_product(cx, product.number(), &asked.args.page()?).await?;
    let mut connection = connection(cx, of).await?;
    if asked.selection.has("totalCount") {
        connection.total_count = collections::count_of_product(cx, product.number()).await?.to_string();
    }
    Ok(connection)
}

fn description(_: &Cx, collection: &Collection, args: &excerpt::Length) -> Result<String, Error> {
    Ok(excerpt(&collection.it.description, args))
}

fn url(cx: &Cx, collection: &Collection, _: &Args) -> Result<String, Error> {
    Ok(cx.origin().absolute(&collection.path()))
}

async fn connection(
    cx: &Cx,
    page: Page<Arc<collections::Collection>>,
) -> Result<CollectionConnection, Error> {
    Ok(CollectionConnection::of(words::translated_page(cx, page).await?.map(Collection::of)))
}

/// The published collections with these ids, in their order.
pub(crate) async fn by_ids(cx: &Cx, ids: &[CollectionId]) -> Result<Vec<Option<Arc<Collection>>>, Error> {
    let found = words::translated(cx, collections::live(cx, ids).await?).await?;
    Ok(found.into_iter().map(|found| found.map(Collection::of)).collect())
}

async fn entities(cx: &Cx, keys: Vec<ById>) -> Result<Vec<Option<Arc<Collection>>>, Error> {
    let ids: Vec<Option<CollectionId>> = keys.iter().map(|key| CollectionId::parse(&key.id)).collect();
    let known: Vec<CollectionId> = ids.iter().flatten().copied().collect();
    Ok(node::spread(&ids, by_ids(cx, &known).await?))
}

impl HasMetafields for Collection {
    fn owner(&self, _: &Cx) -> Owner {
        Owner { kind: OwnerKind::Collection, id: self.it.row.id().0 }
    }
}

impl Collection {
    /// Where it is in the store.
    pub(crate) fn path(&self) -> String {
        format!("/collections/{}", self.it.row.handle)
    }

    fn tracking(&self) -> Option<&str> {
        self.tracking.as_deref()
    }

    /// Shows a collection.
    pub(crate) fn of(it: Arc<collections::Collection>) -> Arc<Self> {
        Collection::found(it, None)
    }

    /// Shows a collection that a search found, with the parameters that its links carry so that the search can be measured.
    pub(crate) fn found(it: Arc<collections::Collection>, tracking: Option<Arc<str>>) -> Arc<Self> {
        let row = &it.row;
        let image =
            row.image_url.as_ref().map(|url| Image::at(url, row.image_alt.as_deref(), row.image_look()));
        let seo = Seo { title: row.seo_title.clone(), description: row.seo_description.clone() };
        Arc::new(Collection { id: row.id().gid(), image, seo, tracking, it })
    }
}
