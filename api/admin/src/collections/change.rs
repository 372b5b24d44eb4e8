//! Making, changing and deleting collections.

use std::sync::Arc;

use mcom_catalog::collections::{self, CollectionInput};
use mcom_kit::{Args, Cx, Declined, Error, Registry};
use mcom_schema::{id::CollectionId, refuse};
use serde::Deserialize;

use super::{Collection, find};
use crate::{
    id::{self, IdArgs},
    refused::{either, missing},
    shop::{self, Shop},
    user_error::UserError,
};

mcom_kit::payload!(CreatePayload as "CollectionCreatePayload" refusing UserError {
    "collection" = collection: Option<Arc<Collection>>,
});

mcom_kit::payload!(UpdatePayload as "CollectionUpdatePayload" refusing UserError {
    "collection" = collection: Option<Arc<Collection>>,
});

mcom_kit::payload!(DeletePayload as "CollectionDeletePayload" refusing UserError {
    "deletedCollectionId" = deleted: Option<String>,
});

pub(super) fn register(registry: &mut Registry) {
    registry
        .mutation("collectionCreate", create)
        .mutation("collectionUpdate", update)
        .mutation("collectionDelete", delete);
    registry.on::<DeletePayload>().load("shop", delete_shop);
}

/// A collection to be made, or what is to change of the one with this id.
#[derive(Debug, Deserialize)]
struct Named {
    id: Option<String>,
    #[serde(flatten)]
    input: CollectionInput,
}

#[derive(Deserialize)]
struct ChangeArgs {
    collection: Option<Named>,
    input: Option<Named>,
}

#[derive(Deserialize)]
struct DeleteArgs {
    input: IdArgs,
}

async fn create(cx: &Cx, args: ChangeArgs) -> Result<CreatePayload, Declined> {
    let named = either(("collection", args.collection), ("input", args.input))?;
    let id = collections::create(cx, &named.input).await?;
    Ok(CreatePayload { collection: find(cx, id).await?, ..CreatePayload::default() })
}

async fn update(cx: &Cx, args: ChangeArgs) -> Result<UpdatePayload, Declined> {
    let named = either(("collection", args.collection), ("input", args.input))?;
    let id = named.id.ok_or_else(|| Error::from(refuse("id", "INVALID", "Collection does not exist")))?;
    let id = id::read(CollectionId::parse, &id)?;
    let done = collections::update(cx, id, &named.input).await;
    let id = missing(done, "id", "INVALID", "Collection does not exist")?;
    Ok(UpdatePayload { collection: find(cx, id).await?, ..UpdatePayload::default() })
}

async fn delete(cx: &Cx, args: DeleteArgs) -> Result<DeletePayload, Error> {
    let id = id::read(CollectionId::parse, &args.input.id)?;
    let id = missing(collections::delete(cx, id).await, "id", "INVALID", "Collection does not exist")?;
    Ok(DeletePayload { deleted: Some(id.gid()), ..DeletePayload::default() })
}

async fn delete_shop(cx: &Cx, _: &DeletePayload, _: Args) -> Result<Arc<Shop>, Error> {
    shop::load(cx).await
}
