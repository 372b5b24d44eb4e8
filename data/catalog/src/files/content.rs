//! What a file is, and where it can be had.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Everything about a file but its name and its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileDetails {
    /// What it is.
    pub content: FileContent,
    /// A picture that stands for what is no picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preview: Option<Picture>,
    /// How the merchant wants it presented.
    #[serde(default, skip_serializing_if = "Presentation::is_empty")]
    pub presentation: Presentation,
}

/// What a file is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FileContent {
    /// A picture.
    Image(Picture),
    /// A film.
    Video {
        /// The same film in several formats and sizes; never empty.
        sources: Vec<VideoSource>,
    },
    /// A film that somebody else shows.
    ExternalVideo {
        /// Who.
        host: VideoHost,
        /// What they call it.
        key: String,
        /// The page that shows it there.
        origin_url: String,
    },
    /// A model that can be looked at from all sides.
    #[serde(rename = "MODEL_3D")]
    Model3d {
        /// The same model in several formats; never empty.
        sources: Vec<ModelSource>,
    },
    /// Anything else.
    File {
        /// Where it is.
        url: String,
        /// Its media type, if known.
        mime_type: Option<String>,
        /// How long it is, in bytes, if known.
        bytes: Option<i32>,
    },
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Where it is.
    pub url: String,
    /// In pixels, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<i32>,
    /// In pixels, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<i32>,
    /// Its ThumbHash in Base64, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thumbhash: Option<String>,
}

/// A film in one format and size.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VideoSource {
    /// Where it is.
    pub url: String,
    /// Its media type.
    pub mime_type: String,
    /// The short name of its format: `mp4`.
    pub format: String,
    /// In pixels; 0 if it is not known.
    pub width: i32,
    /// In pixels; 0 if it is not known.
    pub height: i32,
}

/// A model in one format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelSource {
    /// Where it is.
    pub url: String,
    /// Its media type.
    pub mime_type: String,
    /// The short name of its format: `glb`.
    pub format: String,
    /// In bytes; 0 if it is not known.
    pub filesize: i32,
}

/// Somebody who shows films.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum VideoHost {
    /// vimeo.com
    Vimeo,
    /// youtube.com
    Youtube,
}

/// How the merchant wants something presented: settings that mean something to whoever shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presentation {
    /// As a picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<Value>,
    /// As a model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model_viewer: Option<Value>,
}

impl Presentation {
    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.image.is_none() && self.model_viewer.is_none()
    }
}

impl FileContent {
    /// The type name in global ids.
    pub const fn type_name(&self) -> &'static str {
        match self {
            FileContent::Image(_) => "MediaImage",
            FileContent::Video { .. } => "Video",
            FileContent::ExternalVideo { .. } => "ExternalVideo",
            FileContent::Model3d { .. } => "Model3d",
            FileContent::File { .. } => "GenericFile",
        }
    }

    /// What kind of medium it is, as the published APIs name it; none of what cannot be looked at.
    pub const fn media_type(&self) -> Option<&'static str> {
        match self {
            FileContent::Image(_) => Some("IMAGE"),
            FileContent::Video { .. } => Some("VIDEO"),
            FileContent::ExternalVideo { .. } => Some("EXTERNAL_VIDEO"),
            FileContent::Model3d { .. } => Some("MODEL_3D"),
            FileContent::File { .. } => None,
        }
    }
}
