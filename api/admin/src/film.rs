//! Films and models among the media of a product.

use std::sync::Arc;

use mcom_catalog::files::{self, File, FileContent};
use mcom_kit::{Record, Registry};

use crate::{image::Image, media::MediaPreviewImage};

/// What films and models have in common.
struct Medium {
    id: String,
    alt: Option<String>,
    preview: Option<Arc<Image>>,
    kind: &'static str,
}

macro_rules! medium {
    ($type:ident as $name:literal { $($key:literal = $field:ident),* }) => {
        mcom_kit::record!($type as $name {
            "alt" = of.alt,
            "id" = of.id,
            "mediaContentType" = of.kind,
            "preview" => $type::preview,
            "status" => $type::status,
            $($key = $field),*
        });

        impl $type {
            fn preview(&self) -> Option<MediaPreviewImage> {
                self.of.preview.clone().map(MediaPreviewImage::of)
            }

            /// Files lie where the merchant says and need not be made ready.
            fn status(&self) -> &'static str {
                "READY"
            }
        }
    };
}

/// A film.
pub struct Video {
    of: Medium,
    sources: Vec<VideoSource>,
}

medium!(Video as "Video" { "sources" = sources });

/// A film in one format and size.
pub struct VideoSource {
    it: files::VideoSource,
}

mcom_kit::record!(VideoSource as "VideoSource" {
    "format" = it.format,
    "height" = it.height,
    "mimeType" = it.mime_type,
    "url" = it.url,
    "width" = it.width,
});

/// A film that somebody else shows.
pub struct ExternalVideo {
    of: Medium,
    host: &'static str,
    embed_url: String,
    origin_url: String,
}

medium!(ExternalVideo as "ExternalVideo" { "embedUrl" = embed_url, "host" = host, "originUrl" = origin_url });

/// A model that can be looked at from all sides.
pub struct Model3d {
    of: Medium,
    sources: Vec<Model3dSource>,
}

medium!(Model3d as "Model3d" { "sources" = sources });

/// A model in one format.
pub struct Model3dSource {
    it: files::ModelSource,
}

mcom_kit::record!(Model3dSource as "Model3dSource" {
    "filesize" = it.filesize,
    "format" = it.format,
    "mimeType" = it.mime_type,
    "url" = it.url,
});

pub(crate) fn register(registry: &mut Registry) {
    registry.record::<Video>().record::<ExternalVideo>().record::<Model3d>();
}

/// Shows a film or a model; nothing of a file that is neither.
pub(crate) fn shown(file: &File) -> Option<Arc<dyn Record>> {
    let preview = file.details.preview.as_ref().map(|picture| {
        let (url, alt) = (picture.url.clone(), file.alt.clone());
        Arc::new(Image { id: None, url, alt, width: picture.width, height: picture.height })
    });
    let kind = file.details.content.media_type()?;
    let of = Medium { id: file.gid(), alt: file.alt.clone(), preview, kind };
    Some(match &file.details.content {
        FileContent::Video { sources } => {
            Arc::new(Video { of, sources: sources.iter().map(|it| VideoSource { it: it.clone() }).collect() })
        }
        FileContent::ExternalVideo { host, key, origin_url } => Arc::new(ExternalVideo {
            of,
            host: host.name(),
            embed_url: host.embed_url(key),
            origin_url: origin_url.clone(),
        }),
        FileContent::Model3d { sources } => {
            let sources = sources.iter().map(|it| Model3dSource { it: it.clone() }).collect();
            Arc::new(Model3d { of, sources })
        }
        FileContent::Image(_) | FileContent::File { .. } => return None,
    })
}
