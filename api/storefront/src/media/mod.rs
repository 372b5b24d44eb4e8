//! Media: pictures, films and models as a buyer sees them, and files that can only be downloaded.

mod download;
mod film;
mod presentation;

use std::sync::Arc;

use mcom_catalog::{
    DocumentMedia,
    files::{self, File, FileContent, FileDetails, Picture},
    products,
};
use mcom_kit::{Cx, Error, Record, Registry};
use mcom_schema::{
    Gid,
    id::{FileId, ProductId, gid},
};

use crate::image::Image;
use download::GenericFile;
use film::{ExternalVideo, Model3d, Video};
pub(crate) use presentation::MediaPresentation;

mcom_kit::connection!(MediaConnection, MediaEdge of dyn Record as "MediaConnection" "MediaEdge");

/// The type names of what is looked up among the files. A picture may be one, or belong to a product.
const KINDS: [&str; 6] =
    ["MediaImage", "Video", "ExternalVideo", "Model3d", "GenericFile", MediaPresentation::KIND];

/// A picture as a medium.
pub struct MediaImage {
    pub(crate) id: String,
    pub(crate) image: Arc<Image>,
    presentation: Option<Arc<MediaPresentation>>,
}

mcom_kit::record!(MediaImage as "MediaImage" {
    "alt" = image.alt,
    "id" = id,
    "image" = image,
    "mediaContentType" => content_type,
    "presentation" = presentation,
    "previewImage" = image,
});

fn content_type(_: &MediaImage) -> &'static str {
    "IMAGE"
}

pub(crate) fn register(registry: &mut Registry) {
    registry.record::<MediaImage>();
    film::register(registry);
    download::register(registry);
    presentation::register(registry);
}

impl MediaImage {
    /// Shows a picture of a product.
    pub(crate) fn of(media: &DocumentMedia) -> Arc<Self> {
        let image = Image {
            id: Some(gid("ProductImage", media.id)),
            url: media.url.clone(),
            alt: media.alt.clone(),
            width: media.width,
            height: media.height,
            thumbhash: media.thumbhash.clone(),
        };
        Arc::new(MediaImage { id: media.id.gid(), image: Arc::new(image), presentation: None })
    }

    /// Shows a picture of the store.
    fn of_file(id: FileId, of: Medium, picture: &Picture) -> Self {
        let image = Image::standing_for(picture, of.alt.as_deref());
        let image = Image { id: Some(gid("ImageSource", id)), ..image };
        MediaImage { id: of.id, image: Arc::new(image), presentation: of.presentation }
    }
}

/// Shows a file as what it is.
pub(crate) fn shown(id: FileId, alt: Option<&str>, details: &FileDetails) -> Arc<dyn Record> {
    let of = Medium::of(id, alt, details);
    match &details.content {
        FileContent::Image(picture) => Arc::new(MediaImage::of_file(id, of, picture)),
        FileContent::Video { sources } => Arc::new(Video::of(of, sources)),
        FileContent::ExternalVideo { host, key, origin_url } => {
            Arc::new(ExternalVideo::of(of, *host, key, origin_url))
        }
        FileContent::Model3d { sources } => Arc::new(Model3d::of(of, sources)),
        FileContent::File { url, mime_type, bytes } => {
            Arc::new(GenericFile::of(of, url, mime_type.clone(), *bytes))
        }
    }
}

/// What all media have.
pub(crate) struct Medium {
    id: String,
    alt: Option<String>,
    preview: Option<Arc<Image>>,
    presentation: Option<Arc<MediaPresentation>>,
}

impl Medium {
    fn of(id: FileId, alt: Option<&str>, details: &FileDetails) -> Self {
        Medium {
            id: gid(details.content.type_name(), id),
            alt: alt.map(str::to_owned),
            preview: details.preview.as_ref().map(|picture| Arc::new(Image::standing_for(picture, alt))),
            presentation: MediaPresentation::of(id, &details.presentation),
        }
    }
}

/// What there is of these ids among the files, in their order; what belongs to a product that is not published is not there. One load.
pub(crate) async fn by_gids(cx: &Cx, ids: &[Gid<'_>]) -> Result<Vec<Option<Arc<dyn Record>>>, Error> {
    let mut found: Vec<Option<Arc<dyn Record>>> = vec![None; ids.len()];
    let wanted: Vec<(usize, FileId)> = ids
        .iter()
        .enumerate()
        .filter(|(_, id)| KINDS.contains(&id.kind))
        .filter_map(|(index, id)| Some((index, FileId(id.number()?))))
        .collect();
    if wanted.is_empty() {
        return Ok(found);
    }
    let numbers: Vec<FileId> = wanted.iter().map(|(_, id)| *id).collect();
    for ((index, _), file) in wanted.iter().zip(visible(cx, &numbers).await?) {
        let Some(file) = file else { continue };
        let record: Arc<dyn Record> = if ids[*index].kind == MediaPresentation::KIND {
            match MediaPresentation::of(file.id(), &file.details.presentation) {
                Some(presentation) => presentation,
                None => continue,
            }
        } else {
            shown(file.id(), file.alt.as_deref(), &file.details)
        };
        found[*index] = Some(record).filter(|record| record.type_name() == ids[*index].kind);
    }
    Ok(found)
}

/// The files under these numbers, in their order, but for those that belong to a product which is not published.
async fn visible(cx: &Cx, ids: &[FileId]) -> Result<Vec<Option<Arc<File>>>, Error> {
    let mut found = files::live(cx, ids).await?;
    let owners: Vec<ProductId> =
        found.iter().flatten().filter_map(|file| file.shown).map(|(product, _)| product).collect();
    if !owners.is_empty() {
        let live = products::live(cx, &owners).await?;
        let hidden: Vec<ProductId> =
            owners.iter().zip(&live).filter(|(_, live)| live.is_none()).map(|(id, _)| *id).collect();
        for file in &mut found {
            let is_hidden = |file: &Arc<File>| file.shown.is_some_and(|(id, _)| hidden.contains(&id));
            *file = file.take().filter(|file| !is_hidden(file));
        }
    }
    Ok(found)
}

/// The pictures of the store with these numbers, in their order.
pub(crate) async fn pictures(
    cx: &Cx,
    ids: [Option<FileId>; 3],
) -> Result<[Option<Arc<MediaImage>>; 3], Error> {
    let numbers: Vec<FileId> = ids.into_iter().flatten().collect();
    if numbers.is_empty() {
        return Ok([None, None, None]);
    }
    let mut found = files::live(cx, &numbers).await?.into_iter();
    Ok(ids.map(|id| {
        let file = id.and_then(|_| found.next().flatten())?;
        let FileContent::Image(picture) = &file.details.content else { return None };
        let of = Medium::of(file.id(), file.alt.as_deref(), &file.details);
        Some(Arc::new(MediaImage::of_file(file.id(), of, picture)))
    }))
}
