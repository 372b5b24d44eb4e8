//! What can be looked at of a product: pictures, with films and models among them.

use std::sync::Arc;

use mcom_catalog::{
    files::{self, File},
    products::MediaRow,
};
use mcom_data::page::{Page, PageArgs};
use mcom_kit::{Record, Registry, connection::PageInfo, slice};
use mcom_schema::{Refusal, id::MediaId};

use crate::{film, image::Image};

/// A picture of a product.
pub struct MediaImage {
    id: String,
    /// The picture itself.
    pub image: Arc<Image>,
}

mcom_kit::record!(MediaImage as "MediaImage" {
    "alt" = image.alt,
    "id" = id,
    "image" = image,
    "mediaContentType" => MediaImage::content_type,
    "preview" => MediaImage::preview,
    "status" => MediaImage::status,
});

/// What stands for a medium: the picture itself.
pub struct MediaPreviewImage {
    image: Arc<Image>,
}

mcom_kit::record!(MediaPreviewImage as "MediaPreviewImage" { "image" = image });

/// A medium at its place in a list.
pub struct MediaEdge {
    cursor: String,
    node: Arc<dyn Record>,
}

mcom_kit::record!(MediaEdge as "MediaEdge" { "cursor" = cursor, "node" = node });

/// A page of media.
pub struct MediaConnection {
    nodes: Vec<Arc<dyn Record>>,
    edges: Vec<MediaEdge>,
    page_info: PageInfo,
}

mcom_kit::record!(MediaConnection as "MediaConnection" {
    "edges" = edges,
    "nodes" = nodes,
    "pageInfo" = page_info,
});

pub(crate) fn register(registry: &mut Registry) {
    registry.record::<MediaImage>();
    film::register(registry);
}

impl MediaPreviewImage {
    /// Shows a picture that stands for a medium.
    pub(crate) fn of(image: Arc<Image>) -> Self {
        MediaPreviewImage { image }
    }
}

impl MediaImage {
    /// Shows a picture.
    pub(crate) fn of(row: &MediaRow) -> Self {
        let id = MediaId(row.id).gid();
        let image = Image {
            id: Some(id.clone()),
            url: row.address(),
            alt: row.alt.clone(),
            width: row.width,
            height: row.height,
        };
        MediaImage { id, image: Arc::new(image) }
    }

    fn preview(&self) -> MediaPreviewImage {
        MediaPreviewImage { image: self.image.clone() }
    }

    fn content_type(&self) -> &str {
        "IMAGE"
    }

    fn status(&self) -> &str {
        "READY"
    }
}

impl MediaConnection {
    /// Shows a page.
    pub(crate) fn of(page: Page<Arc<dyn Record>>) -> Self {
        let page_info = PageInfo::of(&page);
        let nodes = page.items.iter().map(|(_, node)| node.clone()).collect();
        let edges = page.items.into_iter().map(|(cursor, node)| MediaEdge { cursor, node }).collect();
        MediaConnection { nodes, edges, page_info }
    }
}

/// The asked page of pictures that are all there already.
///
/// # Errors
/// Refuses cursors of other lists.
pub(crate) fn page_of(media: &[MediaRow], args: &PageArgs) -> Result<Page<Arc<MediaImage>>, Refusal> {
    let rows = media.iter().map(|row| (i64::from(row.position), row.id, row)).collect();
    Ok(slice::page_of(rows, "POSITION", args)?.map(|row| Arc::new(MediaImage::of(row))))
}

/// The asked page of pictures with films and models among them.
///
/// # Errors
/// Refuses cursors of other lists.
pub(crate) fn gallery(
    media: &[MediaRow],
    films: &[File],
    args: &PageArgs,
) -> Result<Page<Arc<dyn Record>>, Refusal> {
    let picture = |row: &MediaRow| (row.id, Arc::new(MediaImage::of(row)) as Arc<dyn Record>);
    let film = |file: &File| Some((file.shown?.1, (file.id, film::shown(file)?)));
    let all = files::among(media.iter().map(picture).collect(), films.iter().filter_map(film));
    let place = |(index, (id, record))| (slice::ordinal(index), id, record);
    slice::page_of(all.into_iter().enumerate().map(place).collect(), "POSITION", args)
}
