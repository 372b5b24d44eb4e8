//! Ids as arguments and as cursors.

use mcom_data::page::Position;
use mcom_kit::Error;
use mcom_schema::refuse;
use serde::Deserialize;

/// The one argument of a field that finds something by its id.
#[derive(Debug, Deserialize)]
pub(crate) struct IdArgs {
    /// A global id.
    pub id: String,
}

/// An id of the wanted kind.
///
/// # Errors
/// Refuses text that is not one.
pub(crate) fn read<T>(parse: fn(&str) -> Option<T>, text: &str) -> Result<T, Error> {
    parse(text).ok_or_else(|| refuse("id", "INVALID", format!("Invalid global id '{text}'")).into())
}

/// The cursor of a thing in lists sorted by id.
pub(crate) fn cursor(id: i64) -> String {
    Position { id, key: id }.cursor("ID")
}
