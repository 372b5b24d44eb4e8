//! Making, changing and deleting products.

use std::sync::Arc;

use mcom_catalog::products::{self, CreateMediaInput, ProductInput};
use mcom_kit::{Args, Cx, Declined, Error, Registry};
use mcom_schema::{id::ProductId, refuse};
use serde::Deserialize;

use super::{Identifier, Product, by_handle, find};
use crate::{
    id,
    refused::{either, missing},
    shop::{self, Shop},
    user_error::UserError,
};

mcom_kit::payload!(CreatePayload as "ProductCreatePayload" refusing UserError {
    "product" = product: Option<Arc<Product>>,
});

mcom_kit::payload!(UpdatePayload as "ProductUpdatePayload" refusing UserError {
    "product" = product: Option<Arc<Product>>,
});

mcom_kit::payload!(DeletePayload as "ProductDeletePayload" refusing UserError {
    "deletedProductId" = deleted: Option<String>,
});

pub(super) fn register(registry: &mut Registry) {
    registry
        .mutation("productCreate", create)
        .mutation("productUpdate", update)
        .mutation("productDelete", delete);
    registry.on::<CreatePayload>().load("shop", create_shop);
    registry.on::<DeletePayload>().load("shop", delete_shop);
}

/// A product to be made, or what is to change of the one with this id.
#[derive(Debug, Deserialize)]
struct Named {
    id: Option<String>,
    #[serde(flatten)]
    input: ProductInput,
}

#[derive(Deserialize)]
struct CreateArgs {
    product: Option<Named>,
    input: Option<Named>,
    media: Option<Vec<CreateMediaInput>>,
}

#[derive(Deserialize)]
struct UpdateArgs {
    identifier: Option<Identifier>,
    product: Option<Named>,
    input: Option<Named>,
    media: Option<Vec<CreateMediaInput>>,
}

#[derive(Deserialize)]
struct DeleteArgs {
    input: Deleted,
}

#[derive(Deserialize)]
struct Deleted {
    id: String,
}

async fn create(cx: &Cx, args: CreateArgs) -> Result<CreatePayload, Declined> {
    let named = either(("product", args.product), ("input", args.input))?;
    let id = products::create(cx, &named.input, &args.media.unwrap_or_default()).await?;
    Ok(CreatePayload { product: find(cx, id).await?, ..CreatePayload::default() })
}

async fn update(cx: &Cx, args: UpdateArgs) -> Result<UpdatePayload, Declined> {
    let named = either(("product", args.product), ("input", args.input))?;
    let id = which(cx, args.identifier, named.id.as_deref()).await?;
    let done = products::update(cx, id, &named.input, &args.media.unwrap_or_default()).await;
    let id = missing(done, "id", "INVALID", "Product does not exist")?;
    Ok(UpdatePayload { product: find(cx, id).await?, ..UpdatePayload::default() })
}

async fn delete(cx: &Cx, args: DeleteArgs) -> Result<DeletePayload, Error> {
    let id = id::read(ProductId::parse, &args.input.id)?;
    let id = missing(products::delete(cx, id).await, "id", "INVALID", "Product does not exist")?;
    Ok(DeletePayload { deleted: Some(id.gid()), ..DeletePayload::default() })
}

/// The product that is to change: named apart, or by the id in the input.
async fn which(cx: &Cx, identifier: Option<Identifier>, id: Option<&str>) -> Result<ProductId, Error> {
    let unknown = || Error::from(refuse("id", "INVALID", "Product does not exist"));
    let identifier = identifier.unwrap_or(Identifier { id: id.map(str::to_owned), handle: None });
    match identifier {
        Identifier { id: Some(id), .. } => id::read(ProductId::parse, &id),
        Identifier { handle: Some(handle), .. } => {
            Ok(by_handle(cx, &handle).await?.ok_or_else(unknown)?.it.row.id())
        }
        Identifier { id: None, handle: None } => Err(unknown()),
    }
}

async fn create_shop(cx: &Cx, _: &CreatePayload, _: Args) -> Result<Arc<Shop>, Error> {
    shop::load(cx).await
}

async fn delete_shop(cx: &Cx, _: &DeletePayload, _: Args) -> Result<Arc<Shop>, Error> {
    shop::load(cx).await
}
