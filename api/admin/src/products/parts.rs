//! What belongs to a product: options, media, variants, collections.

use mcom_catalog::files;
use mcom_kit::excerpt::{Length, excerpt};
use mcom_kit::{Args, Cx, Error, Registry, connection::Paging};
use mcom_schema::id::CollectionId;
use serde::Deserialize;

use super::{Product, option::ProductOption};
use crate::{
    collections::{self, CollectionConnection},
    count::Count,
    id::{self, IdArgs},
    image::ImageConnection,
    media::{self, MediaConnection, MediaImage},
    variants::{self, ProductVariantConnection},
};

pub(super) fn register(registry: &mut Registry) {
    registry
        .on::<Product>()
        .field("description", description)
        .field("featuredMedia", featured_media)
        .field("images", images)
        .field("options", options)
        .field("variantsCount", variants_count)
        .load("collections", in_collections)
        .load("inCollection", in_collection)
        .load("media", all_media)
        .load("mediaCount", media_count)
        .load("variants", product_variants);
}

#[derive(Deserialize)]
struct First {
    first: Option<i64>,
}

fn description(_: &Cx, product: &Product, args: &Length) -> Result<String, Error> {
    Ok(excerpt(&mcom_schema::text::plain(&product.it.row.description_html), args))
}

fn featured_media(_: &Cx, product: &Product, _: &Args) -> Result<Option<MediaImage>, Error> {
    Ok(product.it.media.first().map(MediaImage::of))
}

fn images(_: &Cx, product: &Product, args: &Paging) -> Result<ImageConnection, Error> {
    Ok(ImageConnection::of(
        media::page_of(&product.it.media, &args.page()?)?.map(|medium| medium.image.clone()),
    ))
}

async fn all_media(cx: &Cx, product: &Product, args: Paging) -> Result<MediaConnection, Error> {
    let films = cx.load::<files::OfProduct>(product.it.row.id()).await?.unwrap_or_default();
    Ok(MediaConnection::of(media::gallery(&product.it.media, &films, &args.page()?)?))
}

async fn media_count(cx: &Cx, product: &Product, _: Args) -> Result<Count, Error> {
    let films = cx.load::<files::OfProduct>(product.it.row.id()).await?.unwrap_or_default();
    Ok(Count::exact((product.it.media.len() + films.len()) as i64))
}

fn options(_: &Cx, product: &Product, args: &First) -> Result<Vec<ProductOption>, Error> {
    let most = args.first.map_or(usize::MAX, |first| usize::try_from(first).unwrap_or_default());
    Ok(product
        .it
        .options
        .iter()
        .take(most)
        .map(|option| ProductOption::of(option, &product.it.media))
        .collect())
}

fn variants_count(_: &Cx, product: &Product, _: &Args) -> Result<Count, Error> {
    Ok(Count::exact(product.it.variants_count))
}

async fn product_variants(
    cx: &Cx,
    product: &Product,
    args: Paging,
) -> Result<ProductVariantConnection, Error> {
    variants::of_product(cx, product.it.row.id(), &args).await
}

async fn in_collections(cx: &Cx, product: &Product, args: Paging) -> Result<CollectionConnection, Error> {
    collections::of_product(cx, product.it.row.id(), &args).await
}

async fn in_collection(cx: &Cx, product: &Product, args: IdArgs) -> Result<bool, Error> {
    let collection = id::read(CollectionId::parse, &args.id)?;
    mcom_catalog::collections::has_product(cx, collection, product.it.row.id()).await
}
