//! Finding products.

use std::sync::Arc;

use mcom_catalog::products::{self, AdminProductSort, Filter, ProductList};
use mcom_kit::{Cx, Error, Registry, connection::Paging};
use mcom_schema::{Handle, id::ProductId};
use mcom_store::settings;
use serde::Deserialize;

use super::{Product, ProductConnection};
use crate::{
    count::Count,
    id::{self, IdArgs},
    search,
};

pub(super) fn register(registry: &mut Registry) {
    registry
        .query("product", product)
        .query("productByIdentifier", by_identifier)
        .query("products", list)
        .query("productsCount", count)
        .entity(entities);
}

/// What a product can be sorted by in a list.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum SortKey {
    CreatedAt,
    Id,
    ProductType,
    Title,
    UpdatedAt,
    Vendor,
}

impl From<SortKey> for AdminProductSort {
    fn from(key: SortKey) -> Self {
        match key {
            SortKey::CreatedAt => AdminProductSort::CreatedAt,
            SortKey::Id => AdminProductSort::Id,
            SortKey::ProductType => AdminProductSort::ProductType,
            SortKey::Title => AdminProductSort::Title,
            SortKey::UpdatedAt => AdminProductSort::UpdatedAt,
            SortKey::Vendor => AdminProductSort::Vendor,
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
struct CountArgs {
    limit: Option<i64>,
    query: Option<String>,
}

#[derive(Deserialize)]
struct ByIdentifier {
    identifier: Identifier,
}

/// A product named by one of these.
#[derive(Debug, Deserialize)]
pub(crate) struct Identifier {
    /// Its id.
    pub id: Option<String>,
    /// Its handle.
    pub handle: Option<String>,
}

async fn product(cx: &Cx, args: IdArgs) -> Result<Option<Arc<Product>>, Error> {
    find(cx, id::read(ProductId::parse, &args.id)?).await
}

async fn by_identifier(cx: &Cx, args: ByIdentifier) -> Result<Option<Arc<Product>>, Error> {
    match args.identifier {
        Identifier { id: Some(id), .. } => find(cx, id::read(ProductId::parse, &id)?).await,
        Identifier { handle: Some(handle), .. } => by_handle(cx, &handle).await,
        Identifier { id: None, handle: None } => Ok(None),
    }
}

async fn list(cx: &Cx, args: ListArgs) -> Result<ProductConnection, Error> {
    let sort = args.sort_key.map_or(AdminProductSort::Id, Into::into);
    let filter = filter(cx, "products", args.query.as_deref()).await?;
    let found = products::page(cx, &ProductList { sort, filter, page: args.paging.page()? }).await?;
    Ok(Product::page(cx, found))
}

async fn count(cx: &Cx, args: CountArgs) -> Result<Count, Error> {
    let filter = filter(cx, "productsCount", args.query.as_deref()).await?;
    Ok(Count::up_to(args.limit, products::count(cx, filter.as_ref()).await?))
}

async fn filter(cx: &Cx, field: &'static str, query: Option<&str>) -> Result<Option<Filter>, Error> {
    let Some((text, query)) = search::parse(query)? else { return Ok(None) };
    let reading = search::Reading { now: cx.now(), currency: settings::get(cx).await?.currency };
    cx.remark(search::product_remark(&query, field, text, &reading));
    Ok(search::product_filter(&query, &reading))
}

/// The product with this id.
///
/// # Errors
/// Those of the catalog.
pub(crate) async fn find(cx: &Cx, id: ProductId) -> Result<Option<Arc<Product>>, Error> {
    Ok(cx.load::<products::ById>(id).await?.map(|it| Product::of(cx, it)))
}

/// The product with this handle.
///
/// # Errors
/// Those of the catalog.
pub(crate) async fn by_handle(cx: &Cx, handle: &str) -> Result<Option<Arc<Product>>, Error> {
    let Ok(handle) = Handle::parse(handle) else { return Ok(None) };
    Ok(products::by_handle(cx, handle.as_str()).await?.map(|it| Product::of(cx, it)))
}

async fn entities(cx: &Cx, keys: Vec<IdArgs>) -> Result<Vec<Option<Arc<Product>>>, Error> {
    let ids: Vec<ProductId> =
        keys.iter().map(|key| id::read(ProductId::parse, &key.id)).collect::<Result<_, _>>()?;
    let found = products::by_ids(cx, &ids).await?;
    Ok(found.into_iter().map(|it| it.map(|it| Product::of(cx, it))).collect())
}
