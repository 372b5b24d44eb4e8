//! Finding products: by id, by handle, in lists, and for other subgraphs.

use std::sync::Arc;

use mcom_catalog::{
    LiveProduct,
    products::{self, ListQuery, ProductSort},
    variants,
};
use mcom_kit::{
    Cx, Error, Registry,
    connection::{PageArgs, Paging},
};
use mcom_schema::id::{ProductId, VariantId};
use serde::Deserialize;

use super::{Product, ProductConnection, Variant, seen, term};
use crate::{
    node,
    wanted::{ByHandle, Key, Wanted},
};

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
    BestSelling,
    CreatedAt,
    #[default]
    Id,
    Price,
    ProductType,
    Relevance,
    Title,
    UpdatedAt,
    Vendor,
}

pub(super) fn register(registry: &mut Registry) {
    registry
        .query("product", product)
        .query("productByHandle", product_by_handle)
        .query("productRecommendations", recommendations)
        .query("products", list)
        .entity(product_entities)
        .entity(variant_entities);
}

async fn product(cx: &Cx, wanted: Wanted) -> Result<Option<Arc<Product>>, Error> {
    match wanted.key(ProductId::KIND)? {
        Some(Key::Id(id)) => Ok(by_ids(cx, &[ProductId(id)]).await?.pop().flatten()),
        Some(Key::Handle(handle)) => product_by_handle(cx, handle).await,
        None => Ok(None),
    }
}

async fn product_by_handle(cx: &Cx, wanted: ByHandle) -> Result<Option<Arc<Product>>, Error> {
    match products::live_by_handle(cx, &wanted.handle).await? {
        Some(live) => Ok(seen::show_all(cx, vec![live]).await?.pop()),
        None => Ok(None),
    }
}

async fn list(cx: &Cx, args: ListArgs) -> Result<ProductConnection, Error> {
    let sort = match args.sort_key.unwrap_or_default() {
        Sort::BestSelling | Sort::Relevance => ProductSort::BestSelling,
        Sort::CreatedAt => ProductSort::CreatedAt,
        Sort::Id => ProductSort::Id,
        Sort::Price => ProductSort::Price,
        Sort::ProductType => ProductSort::ProductType,
        Sort::Title => ProductSort::Title,
        Sort::UpdatedAt => ProductSort::UpdatedAt,
        Sort::Vendor => ProductSort::Vendor,
    };
    let filter = term::filter(cx, args.query.as_deref()).await?;
    let query = ListQuery { sort, filter, page: args.paging.page()? };
    connection(cx, products::live_page(cx, &query).await?).await
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Recommended {
    intent: Option<Intent>,
    product_id: Option<String>,
    product_handle: Option<String>,
}

/// What somebody may want who looks at a product.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Intent {
    Complementary,
    #[default]
    Related,
}

/// So many products are recommended to whoever looks at none in particular.
const BEST: i64 = 10;

async fn recommendations(cx: &Cx, of: Recommended) -> Result<Option<Vec<Arc<Product>>>, Error> {
    if of.product_id.is_none() && of.product_handle.is_none() {
        return Ok(Some(seen::show_all(cx, best(cx).await?).await?));
    }
    let wanted = Wanted { id: of.product_id, handle: of.product_handle };
    let Some(product) = product(cx, wanted).await? else { return Ok(None) };
    let recommended = match of.intent.unwrap_or_default() {
        Intent::Complementary => products::complementary(cx, product.number()).await?,
        Intent::Related => products::related(cx, product.number()).await?,
    };
    Ok(Some(seen::show_all(cx, recommended).await?))
}

/// What sells best.
async fn best(cx: &Cx) -> Result<Vec<Arc<LiveProduct>>, Error> {
    let list = ListQuery { sort: ProductSort::BestSelling, filter: None, page: PageArgs::first(BEST) };
    let page = products::live_page(cx, &list).await?;
    Ok(page.items.into_iter().map(|(_, product)| product).collect())
}

/// A page as it is shown.
pub(crate) async fn connection(
    cx: &Cx,
    page: mcom_kit::connection::Page<Arc<LiveProduct>>,
) -> Result<ProductConnection, Error> {
    Ok(ProductConnection::of(seen::show_page(cx, page).await?))
}

/// The published products with these ids, in their order.
pub(crate) async fn by_ids(cx: &Cx, ids: &[ProductId]) -> Result<Vec<Option<Arc<Product>>>, Error> {
    seen::show_each(cx, products::live(cx, ids).await?).await
}

/// The variants with these ids whose products are published, in their order.
pub(crate) async fn variants_by_ids(cx: &Cx, ids: &[VariantId]) -> Result<Vec<Option<Arc<Variant>>>, Error> {
    let found = variants::live(cx, ids).await?;
    let (live, places): (Vec<_>, Vec<_>) = found.into_iter().map(Option::unzip).unzip();
    let shown = seen::show_each(cx, live).await?;
    let variant = |(product, place): (Option<Arc<Product>>, Option<usize>)| product?.variant(place?);
    Ok(shown.into_iter().zip(places).map(variant).collect())
}

async fn product_entities(cx: &Cx, keys: Vec<ById>) -> Result<Vec<Option<Arc<Product>>>, Error> {
    let ids: Vec<Option<ProductId>> = keys.iter().map(|key| ProductId::parse(&key.id)).collect();
    let known: Vec<ProductId> = ids.iter().flatten().copied().collect();
    Ok(node::spread(&ids, by_ids(cx, &known).await?))
}

async fn variant_entities(cx: &Cx, keys: Vec<ById>) -> Result<Vec<Option<Arc<Variant>>>, Error> {
    let ids: Vec<Option<VariantId>> = keys.iter().map(|key| VariantId::parse(&key.id)).collect();
    let known: Vec<VariantId> = ids.iter().flatten().copied().collect();
    Ok(node::spread(&ids, variants_by_ids(cx, &known).await?))
}
