//! Saying of what bundles consist.

use mcom_data::{Change, Cx, Error, Result, TenantConn};
use mcom_schema::{Refusal, Scope, id::VariantId, refuse};

use super::{BundleUpdate, Component, details, query};
use crate::products::{Settled, query as of_products, settle};

/// Changes of what bundles consist, all or none. Components are no bundles themselves. Answers with the bundles, in the order of `updates`.
///
/// # Errors
/// `Forbidden` without `write_products`; refuses variants that there are not, gift cards, and what [`BundleUpdate`] cannot lead to.
pub async fn update(cx: &Cx, updates: &[BundleUpdate]) -> Result<Vec<VariantId>> {
    cx.require(Scope::WriteProducts)?;
    cx.write("bundles_update", async |db| {
        let mut bundles = Vec::with_capacity(updates.len());
        for (index, update) in updates.iter().enumerate() {
            let done = one(cx, db, update).await;
            bundles.push(done.map_err(|error| within(error, index))?);
        }
        Ok(bundles)
    })
    .await
}

fn within(error: Error, index: usize) -> Error {
    let Error::Refused(refusals) = error else { return error };
    let under = |refusal: Refusal| refusal.under(["input".to_owned(), index.to_string()]);
    Error::Refused(refusals.into_iter().map(under).collect())
}

async fn one(cx: &Cx, db: &mut TenantConn, update: &BundleUpdate) -> Result<VariantId> {
    let bundle = bundle(db, update).await?;
    let added: Vec<i64> = update.create.iter().map(|it| it.variant_id.0).collect();
    let product = lock(db, bundle, &added).await?;
    let rows = query::of_bundle(db, bundle.0).await?;
    let before = details::gather(rows).pop().map(|it| it.components).unwrap_or_default();
    let after = update.apply(bundle, &before)?;
    if !after.is_empty() {
        refuse_nesting(db, bundle, &after).await?;
    }
    query::put(db, (bundle.0, product), &after).await?;
    settle(cx, db, product, Settled::Updated).await?;
    // The document stays as it was, but not what can be bought: lists may filter by it.
    db.changed(Change::Product(product));
    Ok(bundle)
}

/// The variant that an update is about.
async fn bundle(db: &mut TenantConn, update: &BundleUpdate) -> Result<VariantId> {
    match (update.variant, update.product) {
        (Some(variant), None) => Ok(variant),
        (None, Some(product)) => match query::variants(db, product.0).await?.as_slice() {
            [only] => Ok(VariantId(*only)),
            _ => {
                let message =
                    "The product does not exist, or has several variants, of which one has to be named";
                Err(refuse("parentProductId", "PARENT_REQUIRED", message).into())
            }
        },
        _ => {
            let message = "The bundle is named by its variant or by its product";
            Err(refuse("parentProductVariantId", "PARENT_REQUIRED", message).into())
        }
    }
}

/// Locks the products of the bundle and of what is added to it, by their ids, so that none of them becomes a bundle or a component meanwhile.
/// Answers with the bundle's product.
async fn lock(db: &mut TenantConn, bundle: VariantId, added: &[i64]) -> Result<i64> {
    let variants: Vec<i64> = added.iter().copied().chain([bundle.0]).collect();
    let owners = query::owners(db, &variants).await?;
    let owner = |id: i64| owners.iter().find(|(variant, ..)| *variant == id);
    let unknown = |field: &str| refuse(field, "PRODUCT_VARIANTS_NOT_FOUND", "The variant does not exist");
    let (_, product, is_gift_card) = *owner(bundle.0).ok_or_else(|| unknown("parentProductVariantId"))?;
    if is_gift_card {
        let message = "A gift card cannot be a bundle";
        return Err(
            refuse("parentProductVariantId", "PARENT_PRODUCT_VARIANT_CANNOT_BE_GIFT_CARD", message).into()
        );
    }
    for (index, id) in added.iter().enumerate() {
        let field = format!("productVariantRelationshipsToCreate.{index}.id");
        let (.., is_gift_card) = *owner(*id).ok_or_else(|| unknown(&field))?;
        if is_gift_card {
            return Err(refuse(&field, "FAILED_TO_CREATE", "A gift card cannot be in a bundle").into());
        }
    }
    let mut products: Vec<i64> = owners.iter().map(|(_, product, _)| *product).collect();
    products.sort_unstable();
    products.dedup();
    for id in products {
        of_products::lock(db, id).await?;
    }
    Ok(product)
}

/// Bundles are one level deep.
async fn refuse_nesting(db: &mut TenantConn, bundle: VariantId, components: &[Component]) -> Result<()> {
    let ids: Vec<i64> = components.iter().map(|it| it.variant_id.0).collect();
    let nested =
        !query::bundles_among(db, &ids).await?.is_empty() || query::is_component(db, bundle.0).await?;
    if !nested {
        return Ok(());
    }
    let message = "A bundle cannot be a component of another";
    Err(refuse("parentProductVariantId", "NESTED_PARENT_PRODUCT_VARIANT", message).into())
}
