//! Pictures as numbers: decoded within bounds, cut, scaled and encoded. No I/O here; what calls it decides on which thread.

mod decode;
mod encode;
mod scale;
mod thumb;

pub(super) use decode::{decode, moves, size};
pub(super) use encode::encode;
pub(super) use scale::scale;
pub(super) use thumb::thumbhash;

/// Pixels of a picture, eight bits for each color.
pub(super) struct Pixels {
    /// Columns.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Whether each pixel has four bytes and not three.
    pub has_alpha: bool,
    /// Row by row from the top.
    pub data: Vec<u8>,
    /// The ICC profile of their colors, if they are not sRGB.
    pub profile: Option<Vec<u8>>,
}

/// Why nothing can be done with a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Another kind of file.
    #[error("it is no JPEG, PNG, GIF or WebP picture")]
    NoPicture,
    /// More than is decoded: a trap, or the work of a very good camera.
    #[error("it has more than {} million pixels", decode::MOST_PIXELS / 1_000_000)]
    TooLarge,
    /// It begins like a picture and does not go on like one.
    #[error("the picture is damaged: {0}")]
    Damaged(String),
}

impl From<image::ImageError> for Unreadable {
    fn from(error: image::ImageError) -> Self {
        match error {
            image::ImageError::Limits(_) => Unreadable::TooLarge,
            error => Unreadable::Damaged(error.to_string()),
        }
    }
}
