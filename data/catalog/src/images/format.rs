//! The formats that every browser shows.

/// The format of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Photographs.
    Jpeg,
    /// Drawings, with transparency.
    Png,
    /// Old drawings, and what moves.
    Gif,
    /// Both, in fewer bytes.
    WebP,
}

impl Format {
    /// All of them.
    const ALL: [Format; 4] = [Format::Jpeg, Format::Png, Format::Gif, Format::WebP];

    /// Its media type.
    pub const fn content_type(self) -> &'static str {
        match self {
            Format::Jpeg => "image/jpeg",
            Format::Png => "image/png",
            Format::Gif => "image/gif",
            Format::WebP => "image/webp",
        }
    }

    /// How names of such files end, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Format::Jpeg => "jpg",
            Format::Png => "png",
            Format::Gif => "gif",
            Format::WebP => "webp",
        }
    }

    /// The format of this media type.
    pub fn of(content_type: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.content_type() == content_type)
    }

    /// The format that addresses call so.
    pub fn named(name: &str) -> Option<Format> {
        match name {
            "jpg" | "jpeg" | "pjpg" => Some(Format::Jpeg),
            "png" => Some(Format::Png),
            "gif" => Some(Format::Gif),
            "webp" => Some(Format::WebP),
            _ => None,
        }
    }
}
