//! Finding variants.

use std::sync::Arc;

use mcom_catalog::variants::{self, Variant};
use mcom_data::page::Page;
use mcom_kit::{Cx, Error, Registry, connection::Paging};
use mcom_schema::id::{ProductId, VariantId};
use mcom_store::settings;

use super::{ProductVariant, ProductVariantConnection};
use crate::id::{self, IdArgs};

pub(super) fn register(registry: &mut Registry) {
    registry.query("productVariant", variant).entity(entities);
}

async fn variant(cx: &Cx, args: IdArgs) -> Result<Option<Arc<ProductVariant>>, Error> {
    find(cx, id::read(VariantId::parse, &args.id)?).await
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
