//! Making, changing and deleting the variants of a product.

use std::sync::Arc;

use mcom_catalog::{
    products::CreateMediaInput,
    variants::{self, ProductVariantsBulkCreateStrategy, ProductVariantsBulkInput},
};
use mcom_kit::{Cx, Error, Registry};
use mcom_schema::id::{ProductId, VariantId};
use serde::Deserialize;

use super::{ProductVariant, shown};
use crate::{
    id,
    products::{self, Product},
    refused::{missing, spelled},
};

mcom_kit::user_error!(CreateError as "ProductVariantsBulkCreateUserError");
mcom_kit::user_error!(UpdateError as "ProductVariantsBulkUpdateUserError");
mcom_kit::user_error!(DeleteError as "ProductVariantsBulkDeleteUserError");

mcom_kit::payload!(CreatePayload as "ProductVariantsBulkCreatePayload" refusing CreateError {
    "product" = product: Option<Arc<Product>>,
    "productVariants" = variants: Option<Vec<Arc<ProductVariant>>>,
});

mcom_kit::payload!(UpdatePayload as "ProductVariantsBulkUpdatePayload" refusing UpdateError {
    "product" = product: Option<Arc<Product>>,
    "productVariants" = variants: Option<Vec<Arc<ProductVariant>>>,
});

mcom_kit::payload!(DeletePayload as "ProductVariantsBulkDeletePayload" refusing DeleteError {
    "product" = product: Option<Arc<Product>>,
});

pub(super) fn register(registry: &mut Registry) {
    registry
        .mutation("productVariantsBulkCreate", create)
        .mutation("productVariantsBulkUpdate", update)
        .mutation("productVariantsBulkDelete", delete);
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CreateArgs {
    product_id: String,
    variants: Vec<ProductVariantsBulkInput>,
    media: Option<Vec<CreateMediaInput>>,
    strategy: Option<ProductVariantsBulkCreateStrategy>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct UpdateArgs {
    product_id: String,
    variants: Vec<ProductVariantsBulkInput>,
    media: Option<Vec<CreateMediaInput>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DeleteArgs {
    product_id: String,
    variants_ids: Vec<String>,
}

async fn create(cx: &Cx, args: CreateArgs) -> Result<CreatePayload, Error> {
    let product = id::read(ProductId::parse, &args.product_id)?;
    let (media, strategy) = (args.media.unwrap_or_default(), args.strategy.unwrap_or_default());
    let done = variants::bulk_create(cx, product, &args.variants, &media, strategy).await;
    let made = known(spelled(done, &[("TOO_LONG", "INVALID_INPUT")]))?;
    let (product, variants) = (products::find(cx, product).await?, Some(shown(cx, &made).await?));
    Ok(CreatePayload { product, variants, ..CreatePayload::default() })
}

async fn update(cx: &Cx, args: UpdateArgs) -> Result<UpdatePayload, Error> {
    let product = id::read(ProductId::parse, &args.product_id)?;
    let changed =
        known(variants::bulk_update(cx, product, &args.variants, &args.media.unwrap_or_default()).await)?;
    let (product, variants) = (products::find(cx, product).await?, Some(shown(cx, &changed).await?));
    Ok(UpdatePayload { product, variants, ..UpdatePayload::default() })
}

async fn delete(cx: &Cx, args: DeleteArgs) -> Result<DeletePayload, Error> {
    let product = id::read(ProductId::parse, &args.product_id)?;
    let ids: Vec<VariantId> =
        args.variants_ids.iter().map(|text| id::read(VariantId::parse, text)).collect::<Result<_, _>>()?;
    known(variants::bulk_delete(cx, product, &ids).await)?;
    Ok(DeletePayload { product: products::find(cx, product).await?, ..DeletePayload::default() })
}

fn known<T>(done: Result<T, Error>) -> Result<T, Error> {
    missing(done, "productId", "PRODUCT_DOES_NOT_EXIST", "Product does not exist")
}
