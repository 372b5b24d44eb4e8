//! Putting things on sale and taking them off.

use std::sync::Arc;

use mcom_catalog::publications::{self, PublicationInput, Publishable};
use mcom_kit::{Args, Cx, Error, Record, Registry};
use mcom_schema::refuse;
use serde::Deserialize;

use crate::{
    collections, products,
    refused::missing,
    shop::{self, Shop},
    user_error::UserError,
};

mcom_kit::payload!(PublishPayload as "PublishablePublishPayload" refusing UserError {
    "publishable" = publishable: Option<Arc<dyn Record>>,
});

mcom_kit::payload!(UnpublishPayload as "PublishableUnpublishPayload" refusing UserError {
    "publishable" = publishable: Option<Arc<dyn Record>>,
});

pub(super) fn register(registry: &mut Registry) {
    registry.mutation("publishablePublish", publish).mutation("publishableUnpublish", unpublish);
    registry.on::<PublishPayload>().load("shop", publish_shop);
    registry.on::<UnpublishPayload>().load("shop", unpublish_shop);
}

#[derive(Deserialize)]
struct ChangeArgs {
    id: String,
    input: Vec<PublicationInput>,
}

async fn publish(cx: &Cx, args: ChangeArgs) -> Result<PublishPayload, Error> {
    let thing = thing(&args.id)?;
    known(publications::publish(cx, thing, &args.input).await)?;
    Ok(PublishPayload { publishable: find(cx, thing).await?, ..PublishPayload::default() })
}

async fn unpublish(cx: &Cx, args: ChangeArgs) -> Result<UnpublishPayload, Error> {
    let thing = thing(&args.id)?;
    known(publications::unpublish(cx, thing, &args.input).await)?;
    Ok(UnpublishPayload { publishable: find(cx, thing).await?, ..UnpublishPayload::default() })
}

fn thing(id: &str) -> Result<Publishable, Error> {
    Publishable::parse(id).ok_or_else(|| refuse("id", "INVALID", format!("Invalid global id '{id}'")).into())
}

fn known(done: Result<(), Error>) -> Result<(), Error> {
    missing(done, "id", "INVALID", "Resource does not exist")
}

async fn find(cx: &Cx, thing: Publishable) -> Result<Option<Arc<dyn Record>>, Error> {
    Ok(match thing {
        Publishable::Product(id) => products::find(cx, id).await?.map(|it| it as Arc<dyn Record>),
        Publishable::Collection(id) => collections::find(cx, id).await?.map(|it| it as Arc<dyn Record>),
    })
}

async fn publish_shop(cx: &Cx, _: &PublishPayload, _: Args) -> Result<Arc<Shop>, Error> {
    shop::load(cx).await
}

async fn unpublish_shop(cx: &Cx, _: &UnpublishPayload, _: Args) -> Result<Arc<Shop>, Error> {
    shop::load(cx).await
}
