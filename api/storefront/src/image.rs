//! Pictures: where they are, and how they are asked for in another size.

use mcom_catalog::files::Picture;
use mcom_kit::{Cx, Error, Registry};
use mcom_schema::Look;
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
    /// Its ThumbHash in Base64, if known.
    pub thumbhash: Option<String>,
}

mcom_kit::record!(Image as "Image" {
    "altText" = alt,
    "height" = height,
    "id" = id,
    "thumbhash" = thumbhash,
    "width" = width,
});

impl Image {
    /// A picture at an address, what it shows, and how it looks.
    pub(crate) fn at(url: &str, alt: Option<&str>, look: Look) -> Self {
        let Look { width, height, thumbhash } = look;
        Image { id: None, url: url.to_owned(), alt: alt.map(str::to_owned), width, height, thumbhash }
    }

    /// A picture that is known by its address, and what it shows.
    pub(crate) fn standing_for(picture: &Picture, alt: Option<&str>) -> Self {
        Image {
            id: None,
            url: picture.url.clone(),
            alt: alt.map(str::to_owned),
            width: picture.width,
            height: picture.height,
            thumbhash: picture.thumbhash.clone(),
        }
    }
}

mcom_kit::connection!(ImageConnection, ImageEdge of Image as "ImageConnection" "ImageEdge");

/// How a picture is wished for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Transform {
    crop: Option<String>,
    max_height: Option<i64>,
    max_width: Option<i64>,
    preferred_content_type: Option<String>,
    scale: Option<i64>,
}

#[derive(Deserialize)]
struct UrlArgs {
    transform: Option<Transform>,
}

#[derive(Deserialize)]
struct NoArgs {}

pub(crate) fn register(registry: &mut Registry) {
    let image = registry.on::<Image>().field("url", url).field("transformedSrc", transformed);
    image.field("src", untouched).field("originalSrc", untouched);
}

fn url(cx: &Cx, image: &Image, args: &UrlArgs) -> Result<String, Error> {
    let wish = args.transform.as_ref().map(|transform| transform.of(&image.url));
    Ok(cx.origin().absolute(wish.as_ref().unwrap_or(&image.url)))
}

fn transformed(cx: &Cx, image: &Image, transform: &Transform) -> Result<String, Error> {
    Ok(cx.origin().absolute(&transform.of(&image.url)))
}

fn untouched(cx: &Cx, image: &Image, _: &NoArgs) -> Result<String, Error> {
    Ok(cx.origin().absolute(&image.url))
}

impl Transform {
    /// The address with the wish in its query, in the names that the picture servers of such stores read.
    fn of(&self, url: &str) -> String {
        let scaled = |pixels: i64| pixels.max(1) * self.scale.unwrap_or(1).clamp(1, 3);
        let wishes = [
            self.max_width.map(|pixels| format!("width={}", scaled(pixels))),
            self.max_height.map(|pixels| format!("height={}", scaled(pixels))),
            self.crop.as_ref().map(|part| format!("crop={}", part.to_ascii_lowercase())),
            self.preferred_content_type.as_ref().map(|kind| format!("format={}", kind.to_ascii_lowercase())),
        ];
        let wishes: Vec<String> = wishes.into_iter().flatten().collect();
        let (address, fragment) =
            url.split_once('#').map_or((url, None), |(address, rest)| (address, Some(rest)));
        let mut asked = address.to_owned();
        if !wishes.is_empty() {
            asked.push(if address.contains('?') { '&' } else { '?' });
            asked += &wishes.join("&");
        }
        if let Some(fragment) = fragment {
            asked = format!("{asked}#{fragment}");
        }
        asked
    }
}

#[cfg(test)]
mod tests {
    use super::Transform;

    #[test]
    fn a_wish_goes_into_the_query() {
        let wish = Transform {
            max_width: Some(100),
            crop: Some("CENTER".to_owned()),
            scale: Some(2),
            ..Transform::default()
        };
        assert_eq!(wish.of("https://x/a.png"), "https://x/a.png?width=200&crop=center");
        assert_eq!(wish.of("https://x/a.png?v=1#top"), "https://x/a.png?v=1&width=200&crop=center#top");
        assert_eq!(Transform::default().of("https://x/a.png?v=1"), "https://x/a.png?v=1");
    }
}
