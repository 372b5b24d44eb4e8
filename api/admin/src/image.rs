//! Pictures by their address.

use mcom_kit::{Cx, Error, Registry};
use serde::Deserialize;

/// A picture of a product or a collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// The global id, for pictures that have one.
    pub id: Option<String>,
    /// Where it is: anywhere, or a path of the store's own host.
    pub url: String,
    /// What it shows.
    pub alt: Option<String>,
    /// In pixels, if known.
    pub width: Option<i32>,
    /// In pixels, if known.
    pub height: Option<i32>,
}

mcom_kit::record!(Image as "Image" {
    "altText" = alt,
    "height" = height,
    "id" = id,
    "width" = width,
});

mcom_kit::connection!(ImageConnection, ImageEdge of Image as "ImageConnection" "ImageEdge");

#[derive(Deserialize)]
struct NoArgs {}

pub(crate) fn register(registry: &mut Registry) {
    let image = registry.on::<Image>();
    image.field("url", address).field("src", address).field("originalSrc", address);
}

fn address(cx: &Cx, image: &Image, _: &NoArgs) -> Result<String, Error> {
    Ok(cx.origin().absolute(&image.url))
}
