//! The picture that a line keeps of what was bought.

use mcom_kit::{Cx, Error, Registry};
use serde::Deserialize;

/// A picture by its address; nothing else of it is kept with an order.
pub struct Image {
    alt: String,
    url: String,
}

mcom_kit::record!(Image as "Image" {
    "altText" = alt,
    "height" => Image::size,
    "id" => Image::id,
    "width" => Image::size,
});

impl Image {
    /// The picture at `url`, which shows what `title` names.
    pub(super) fn at(url: &str, title: &str) -> Self {
        Image { alt: title.to_owned(), url: url.to_owned() }
    }

    /// It may be gone from the catalog, so it has no id.
    fn id(&self) -> Option<String> {
        None
    }

    fn size(&self) -> Option<i64> {
        None
    }
}

#[derive(Deserialize)]
struct NoArgs {}

pub(super) fn register(registry: &mut Registry) {
    let image = registry.on::<Image>();
    image.field("url", address).field("src", address).field("originalSrc", address);
}

fn address(cx: &Cx, image: &Image, _: &NoArgs) -> Result<String, Error> {
    Ok(cx.origin().absolute(&image.url))
}
