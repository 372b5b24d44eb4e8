//! Films, here or elsewhere, and models that can be looked at from all sides.

use mcom_catalog::files::{self, VideoHost};
use mcom_kit::Registry;

use super::Medium;

/// A film.
pub struct Video {
    of: Medium,
    sources: Vec<VideoSource>,
}

mcom_kit::record!(Video as "Video" {
    "alt" = of.alt,
    "id" = of.id,
    "mediaContentType" => Video::content_type,
    "presentation" = of.presentation,
    "previewImage" = of.preview,
    "sources" = sources,
});

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

mcom_kit::record!(ExternalVideo as "ExternalVideo" {
    "alt" = of.alt,
    "embedUrl" = embed_url,
    "embeddedUrl" = embed_url,
    "host" = host,
    "id" = of.id,
    "mediaContentType" => ExternalVideo::content_type,
    "originUrl" = origin_url,
    "presentation" = of.presentation,
    "previewImage" = of.preview,
});

/// A model that can be looked at from all sides.
pub struct Model3d {
    of: Medium,
    sources: Vec<Model3dSource>,
}

mcom_kit::record!(Model3d as "Model3d" {
    "alt" = of.alt,
    "id" = of.id,
    "mediaContentType" => Model3d::content_type,
    "presentation" = of.presentation,
    "previewImage" = of.preview,
    "sources" = sources,
});

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

pub(super) fn register(registry: &mut Registry) {
    registry.record::<Video>().record::<ExternalVideo>().record::<Model3d>();
}

impl Video {
    pub(super) fn of(of: Medium, sources: &[files::VideoSource]) -> Self {
        Video { of, sources: sources.iter().map(|it| VideoSource { it: it.clone() }).collect() }
    }

    fn content_type(&self) -> &'static str {
        "VIDEO"
    }
}

impl ExternalVideo {
    pub(super) fn of(of: Medium, host: VideoHost, key: &str, origin_url: &str) -> Self {
        let (embed_url, origin_url) = (host.embed_url(key), origin_url.to_owned());
        ExternalVideo { of, host: host.name(), embed_url, origin_url }
    }

    fn content_type(&self) -> &'static str {
        "EXTERNAL_VIDEO"
    }
}

impl Model3d {
    pub(super) fn of(of: Medium, sources: &[files::ModelSource]) -> Self {
        Model3d { of, sources: sources.iter().map(|it| Model3dSource { it: it.clone() }).collect() }
    }

    fn content_type(&self) -> &'static str {
        "MODEL_3D"
    }
}
