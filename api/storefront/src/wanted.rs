//! What the fields that find one thing are asked with: its id, which comes first, or its handle.

use mcom_kit::Error;
use serde::Deserialize;

use crate::node;

/// An id or a handle.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    pub(crate) handle: Option<String>,
    pub(crate) id: Option<String>,
}

/// A handle.
#[derive(Deserialize)]
pub(crate) struct ByHandle {
    pub(crate) handle: String,
}

/// By what it is to be looked up.
pub(crate) enum Key {
    /// The number in its id.
    Id(i64),
    /// Its handle.
    Handle(ByHandle),
}

impl Wanted {
    /// By what a thing of this kind is to be looked up; `None` if nothing was asked for, or the id is of another kind.
    ///
    /// # Errors
    /// Refuses what is no global id.
    pub(crate) fn key(self, kind: &str) -> Result<Option<Key>, Error> {
        match self.id {
            Some(id) => Ok(node::number(&id, kind)?.map(Key::Id)),
            None => Ok(self.handle.map(|handle| Key::Handle(ByHandle { handle }))),
        }
    }
}
