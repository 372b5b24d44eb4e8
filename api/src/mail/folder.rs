//! Into a folder: one file per letter, one folder per store, so that a store without a mail server can be tried out.

use std::path::{Path, PathBuf};

use anyhow::Context;
use futures_util::future::{BoxFuture, FutureExt};
use lettre::message::{Body, header::ContentTransferEncoding};
use mcom_store::notifications::{Letter, Post, Unsent};
use tokio::fs;

use super::message::{Sender, unwritable};

/// What letters end with in the folder.
const ENDING: &str = ".eml";

/// A folder for letters.
pub struct Folder {
    at: PathBuf,
    sender: Sender,
}

/// A letter in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The letter's own name.
    pub name: String,
    /// The lines above the text.
    pub head: Vec<String>,
    /// The text.
    pub text: String,
}

impl Folder {
    /// Letters go below `at`, which is made when the first one comes.
    pub fn new(at: PathBuf, sender: Sender) -> Self {
        Folder { at, sender }
    }

    /// Written beside its place and moved there, so that nobody reads half of it; the same letter again takes the same place.
    async fn put(&self, letter: &Letter) -> Result<(), Unsent> {
        // As it is, so that long links stay in one piece.
        let text = letter.words.text.replace('\n', "\r\n").into_bytes();
        let body = Body::new_with_encoding(text, ContentTransferEncoding::Binary)
            .map_err(|_| unwritable("it cannot be written down"))?;
        let message = self.sender.envelope(letter)?.body(body).map_err(unwritable)?.formatted();
        let away = |error: std::io::Error| Unsent::Away(error.to_string());
        let folder = self.at.join(&letter.store);
        fs::create_dir_all(&folder).await.map_err(away)?;
        let (place, beside) = (folder.join(format!("{}{ENDING}", letter.name)), folder.join(&letter.name));
        fs::write(&beside, message).await.map_err(away)?;
        fs::rename(&beside, &place).await.map_err(away)
    }
}

impl Post for Folder {
    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<(), Unsent>> {
        self.put(letter).boxed()
    }
}

/// The letters of a store, newest first; none if there is no folder.
///
/// # Errors
/// If the folder cannot be read.
pub async fn letters(folder: &Path, store: &str) -> anyhow::Result<Vec<Found>> {
    let folder = folder.join(store);
    if !fs::try_exists(&folder).await? {
        return Ok(vec![]);
    }
    let mut entries = fs::read_dir(&folder).await.with_context(|| format!("reading {}", folder.display()))?;
    let mut names = vec![];
    while let Some(entry) = entries.next_entry().await? {
        let file = entry.file_name().to_string_lossy().into_owned();
        names.extend(file.strip_suffix(ENDING).map(str::to_owned));
    }
    names.sort_by_key(|name| std::cmp::Reverse(number(name)));
    let mut found = Vec::with_capacity(names.len());
    for name in names {
        let message = fs::read_to_string(folder.join(format!("{name}{ENDING}"))).await?;
        found.push(read(name, &message));
    }
    Ok(found)
}

/// Letters are numbered.
fn number(name: &str) -> u64 {
    name.rsplit('.').next().and_then(|digits| digits.parse().ok()).unwrap_or_default()
}

fn read(name: String, message: &str) -> Found {
    let (head, text) = message.split_once("\r\n\r\n").unwrap_or((message, ""));
    let text = text.replace("\r\n", "\n");
    Found { name, head: head.lines().map(str::to_owned).collect(), text }
}
