//! What is shown of a product: pictures, films and models as media, and its pictures as plain images.

use std::{collections::HashMap, sync::Arc};

use mcom_kit::{
    Cx, Error, Registry,
    connection::{Page, Paging},
    slice::{self, Place},
};
use mcom_schema::id::{MediaId, ProductId};
use mcom_store::metafields;
use serde::Deserialize;

use super::Product;
use crate::{
    image::ImageConnection,
    media::{MediaConnection, MediaImage},
};

/// What media are sorted by. They have no date of their own: the later is the one with the greater id.
#[derive(Clone, Copy, Default, Deserialize)]
enum Sort {
    #[serde(rename = "POSITION", alias = "RELEVANCE")]
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
    let gallery = &product.face.gallery;
    let page = page(gallery.iter().map(|(id, _)| *id), args)?;
    Ok(MediaConnection::of(page.map(|index| gallery[index].1.clone())))
}

fn images(_: &Cx, product: &Product, args: &Args) -> Result<ImageConnection, Error> {
    let page = page(product.face.document.media.iter().map(|media| media.id.0), args)?;
    Ok(ImageConnection::of(page.map(|index| product.face.media[index].image.clone())))
}

/// The page of a list of these ids that is asked for, as places in it.
fn page(ids: impl Iterator<Item = i64>, args: &Args) -> Result<Page<usize>, Error> {
    let (ids, paging) = (ids.enumerate(), &args.paging.page()?);
    let page = match args.sort_key.unwrap_or_default() {
        Sort::Position => {
            let places = ids.map(|(index, id)| Place { key: slice::ordinal(index), id, index });
            slice::page(paging, "POSITION", places.collect())
        }
        Sort::Id => slice::page(paging, "ID", ids.map(|(index, id)| Place { key: id, id, index }).collect()),
    };
    Ok(page?)
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
