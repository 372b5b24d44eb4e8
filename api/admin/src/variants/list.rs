//! Finding variants.

use std::sync::Arc;

use mcom_catalog::variants::{self, Variant, VariantList};
use mcom_data::page::Page;
use mcom_kit::{Cx, Error, Registry, connection::Paging};
use mcom_schema::id::{ProductId, VariantId};
use mcom_store::settings;
use serde::Deserialize;

use super::{ProductVariant, ProductVariantConnection};
use crate::{
    id::{self, IdArgs},
    search,
};

pub(super) fn register(registry: &mut Registry) {
    registry.query("productVariant", variant).query("productVariants", list).entity(entities);
}

#[derive(Deserialize)]
struct ListArgs {
    #[serde(flatten)]
    paging: Paging,
    query: Option<String>,
}

async fn variant(cx: &Cx, args: IdArgs) -> Result<Option<Arc<ProductVariant>>, Error> {
    find(cx, id::read(VariantId::parse, &args.id)?).await
}

async fn list(cx: &Cx, args: ListArgs) -> Result<ProductVariantConnection, Error> {
    let query = search::parse(args.query.as_deref())?;
    cx.remark(
        query.as_ref().and_then(|(text, query)| search::variant_remark(query, "productVariants", text)),
    );
    let wanted = search::variants(query.as_ref().map(|(_, query)| query));
    let list = VariantList { products: wanted.products, sku: wanted.sku, page: args.paging.page()? };
    shown_page(cx, variants::page(cx, &list).await?).await
}

/// The variant with this id.
///
/// # Errors
/// Those of the catalog.
pub(crate) async fn find(cx: &Cx, id: VariantId) -> Result<Option<Arc<ProductVariant>>, Error> {
    let Some(it) = cx.load::<variants::ById>(id).await? else { return Ok(None) };
    Ok(Some(ProductVariant::of(it, settings::get(cx).await?.currency)))
}

/// One page of a product's variants, in their order.
///
/// # Errors
/// Those of the catalog.
pub(crate) async fn of_product(
    cx: &Cx,
    product: ProductId,
    paging: &Paging,
) -> Result<ProductVariantConnection, Error> {
    shown_page(cx, variants::of_product(cx, product, &paging.page()?).await?).await
}

async fn shown_page(cx: &Cx, page: Page<Arc<Variant>>) -> Result<ProductVariantConnection, Error> {
    let currency = settings::get(cx).await?.currency;
    Ok(ProductVariantConnection::of(page.map(|it| ProductVariant::of(it, currency))))
}

/// Shows variants that are known already.
///
/// # Errors
/// `NotFound` for a store that was never provisioned.
pub(crate) async fn shown(cx: &Cx, ids: &[VariantId]) -> Result<Vec<Arc<ProductVariant>>, Error> {
    let currency = settings::get(cx).await?.currency;
    let found = variants::by_ids(cx, ids).await?;
    Ok(found.into_iter().flatten().map(|it| ProductVariant::of(it, currency)).collect())
}

async fn entities(cx: &Cx, keys: Vec<IdArgs>) -> Result<Vec<Option<Arc<ProductVariant>>>, Error> {
    let ids: Vec<VariantId> =
        keys.iter().map(|key| id::read(VariantId::parse, &key.id)).collect::<Result<_, _>>()?;
    let currency = settings::get(cx).await?.currency;
    let found = variants::by_ids(cx, &ids).await?;
    Ok(found.into_iter().map(|it| it.map(|it| ProductVariant::of(it, currency))).collect())
}
