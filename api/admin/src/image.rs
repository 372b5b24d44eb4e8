//! Pictures by their address.

/// A picture of a product or a collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// The global id, for pictures that have one.
    pub id: Option<String>,
    /// Where it is.
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
    "originalSrc" = url,
    "src" = url,
    "url" = url,
    "width" = width,
});

mcom_kit::connection!(ImageConnection, ImageEdge of Image as "ImageConnection" "ImageEdge");
