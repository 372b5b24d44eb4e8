//! Shelves: pictures at hand are put into the storage, and shown from there.

use mcom_catalog::images::{self, StoredFile};
use mcom_data::{Cx, objects::Objects};

use super::{Album, keep};

/// Pictures at hand, and the storage that they come into.
pub struct Shelf<'a> {
    album: &'a Album,
    objects: &'a Objects,
}

impl<'a> Shelf<'a> {
    /// Pictures of this album go into this storage.
    pub fn new(album: &'a Album, objects: &'a Objects) -> Self {
        Shelf { album, objects }
    }

    /// What is kept of the picture that an address means; `None` if it is not at hand. It is put into the storage if it is not there,
    /// unless that is only asked for.
    ///
    /// # Errors
    /// Why the picture is not taken, or if storage or database do not answer.
    pub async fn kept(&self, cx: &Cx, url: &str, is_asked: bool) -> anyhow::Result<Option<StoredFile>> {
        let Some(content) = self.album.content(url) else { return Ok(None) };
        if let Some(known) = images::file(cx, &keep::hash(&content)).await? {
            return Ok(Some(known.as_ref().clone()));
        }
        let seen = keep::look(cx, content).await?;
        if is_asked {
            return Ok(Some(seen.file));
        }
        let file = seen.put(cx, self.objects).await?;
        images::keep(cx, &file).await?;
        Ok(Some(file))
    }
}
