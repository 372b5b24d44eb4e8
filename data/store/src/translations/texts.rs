//! Texts by what they are of a thing.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The texts of a thing in one language, by what they are of it: `title`, `body_html`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Texts(BTreeMap<String, String>);

impl Texts {
    /// The text of this name.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    /// Puts the text of this name in the place of `own`, if there is one.
    pub fn put(&self, key: &str, own: &mut String) {
        if let Some(text) = self.get(key) {
            text.clone_into(own);
        }
    }

    /// The same for a text that need not be there.
    pub fn put_some(&self, key: &str, own: &mut Option<String>) {
        if let Some(text) = self.get(key) {
            *own = Some(text.to_owned());
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every text with its name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, text)| (key.as_str(), text.as_str()))
    }
}

impl FromIterator<(String, String)> for Texts {
    fn from_iter<T: IntoIterator<Item = (String, String)>>(texts: T) -> Self {
        Texts(texts.into_iter().collect())
    }
}
