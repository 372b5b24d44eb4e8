//! Keeping pictures: each goes by the hash of its content.

use std::sync::Arc;

use anyhow::Context;
use mcom_catalog::images::{self, StoredFile};
use mcom_data::{
    Cx,
    objects::{ObjectKey, Objects},
};
use sha2::{Digest, Sha256};

/// A picture that was looked at and is not kept yet.
pub(super) struct Seen {
    content: Arc<Vec<u8>>,
    pub file: StoredFile,
}

/// By what it goes: SHA-256 in hexadecimal digits.
pub(super) fn hash(content: &[u8]) -> String {
    Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Looks at a picture.
///
/// # Errors
/// Why it is not taken.
pub(super) async fn look(cx: &Cx, content: Vec<u8>) -> anyhow::Result<Seen> {
    let content = Arc::new(content);
    let found = images::look(cx, content.clone()).await??;
    let file = StoredFile {
        hash: hash(&content),
        content_type: found.format.content_type().to_owned(),
        bytes: i64::try_from(content.len())?,
        width: Some(found.width),
        height: Some(found.height),
        thumbhash: found.thumbhash,
    };
    Ok(Seen { content, file })
}

impl Seen {
    /// Puts it into the storage.
    ///
    /// # Errors
    /// If the storage does not take it.
    pub async fn put(self, cx: &Cx, objects: &Objects) -> anyhow::Result<StoredFile> {
        let key = ObjectKey::file(cx.tenant().id(), &self.file.hash).context("a hash of the wrong kind")?;
        objects.put(&key, &self.file.content_type, Arc::unwrap_or_clone(self.content)).await?;
        Ok(self.file)
    }
}
