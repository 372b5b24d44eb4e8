//! Files as the database keeps them.

use diesel::prelude::*;

/// A file that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct StoredFile {
    /// SHA-256 of the content, in hexadecimal digits.
    pub hash: String,
    /// Its media type.
    pub content_type: String,
    /// How long it is.
    pub bytes: i64,
    /// In pixels, if it is a picture.
    pub width: Option<i32>,
    /// In pixels, if it is a picture.
    pub height: Option<i32>,
    /// The picture in some twenty bytes: its ThumbHash in Base64.
    pub thumbhash: Option<String>,
}
