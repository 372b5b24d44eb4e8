//! The pictures of a product, as media and as plain images.

use std::{collections::HashMap, sync::Arc};

use mcom_kit::{
    Cx, Error, Registry,
    connection::{Page, PageArgs, Paging},
    slice::{self, Place},
};
use mcom_schema::id::{MediaId, ProductId};
use mcom_store::metafields;
use serde::Deserialize;

use super::Product;
use crate::image::{Image, ImageConnection};

/// A picture as a medium.
pub struct MediaImage {
    pub(super) id: String,
    pub(super) image: Arc<Image>,
}

mcom_kit::record!(MediaImage as "MediaImage" {
    "alt" = image.alt,
    "id" = id,
    "image" = image,
    "mediaContentType" => content_type,
    "previewImage" = image,
});

mcom_kit::connection!(MediaConnection, MediaEdge of MediaImage as "MediaConnection" "MediaEdge");

fn content_type(_: &MediaImage) -> &'static str {
    "IMAGE"
}

/// What pictures are sorted by. They have no date of their own: the later is the one with the greater id.
#[derive(Clone, Copy, Default, Deserialize)]
enum Sort {
    #[serde(rename = "POSITION")]
    #[default]
    Position,
    #[serde(rename = "ID", alias = "CREATED_AT")]
    Id,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Args {
    #[serde(flatten)]
    paging: Paging,
    sort_key: Option<Sort>,
}

pub(super) fn register(registry: &mut Registry) {
    registry.on::<Product>().field("images", images).field("media", media);
}

fn media(_: &Cx, product: &Product, args: &Args) -> Result<MediaConnection, Error> {
    Ok(MediaConnection::of(page(product, &args.paging.page()?, args.sort_key.unwrap_or_default())?))
}

fn images(_: &Cx, product: &Product, args: &Args) -> Result<ImageConnection, Error> {
    let page = page(product, &args.paging.page()?, args.sort_key.unwrap_or_default())?;
    Ok(ImageConnection::of(page.map(|media| media.image.clone())))
}

fn page(product: &Product, args: &PageArgs, sort: Sort) -> Result<Page<Arc<MediaImage>>, Error> {
    let ids = product.face.document.media.iter().map(|media| media.id.0).enumerate();
    let page = match sort {
        Sort::Position => {
            let places = ids.map(|(index, id)| Place { key: slice::ordinal(index), id, index });
            slice::page(args, "POSITION", places.collect())
        }
        Sort::Id => slice::page(args, "ID", ids.map(|(index, id)| Place { key: id, id, index }).collect()),
    }?;
    Ok(page.map(|index| product.face.media[index].clone()))
}

/// The pictures with these ids whose products are published, in their order.
pub(crate) async fn by_ids(cx: &Cx, ids: &[MediaId]) -> Result<Vec<Option<Arc<MediaImage>>>, Error> {
    let owners = metafields::products_of_images(cx, ids).await?;
    let products: Vec<ProductId> = owners.iter().flatten().copied().collect();
    let found = super::by_ids(cx, &products).await?;
    let by_product: HashMap<ProductId, Arc<Product>> =
        products.into_iter().zip(found).filter_map(|(id, found)| Some((id, found?))).collect();
    let of = |(id, owner): (&MediaId, Option<ProductId>)| {
        let face = &by_product.get(&owner?)?.face;
        let index = face.document.media.iter().position(|media| media.id == *id)?;
        face.media.get(index).cloned()
    };
    Ok(ids.iter().zip(owners).map(of).collect())
}
