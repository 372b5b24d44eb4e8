//! Files that can only be downloaded.

use mcom_kit::Registry;

use super::Medium;

/// A file that is neither a picture nor a film nor a model.
pub struct GenericFile {
    of: Medium,
    url: String,
    mime_type: Option<String>,
    bytes: Option<i32>,
}

mcom_kit::record!(GenericFile as "GenericFile" {
    "alt" = of.alt,
    "id" = of.id,
    "mimeType" = mime_type,
    "originalFileSize" = bytes,
    "previewImage" = of.preview,
    "url" = url,
});

pub(super) fn register(registry: &mut Registry) {
    registry.record::<GenericFile>();
}

impl GenericFile {
    pub(super) fn of(of: Medium, url: &str, mime_type: Option<String>, bytes: Option<i32>) -> Self {
        GenericFile { of, url: url.to_owned(), mime_type, bytes }
    }
}
