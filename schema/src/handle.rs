//! Handles: the readable part of a product's or collection's address, unique in its store.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::refusal::{Refusal, refuse};

/// At most this many characters, as in the published API.
pub const LONGEST: usize = 255;

/// A valid handle: lower-case letters and digits of any script, separated by single hyphens.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Handle(String);

impl Handle {
    /// What a caller wrote, made into a handle the way a title is (`"Red Mug!"` → `red-mug`).
    ///
    /// # Errors
    /// Refuses text without any letter or digit, and text that is too long.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let mut handle = String::with_capacity(text.len());
        for c in text.trim().chars() {
            if c.is_alphanumeric() {
                handle.extend(c.to_lowercase());
            } else if c == '_' {
                handle.push('_');
            } else if !matches!(c, '\'' | '’' | '"') && !handle.is_empty() && !handle.ends_with('-') {
                handle.push('-');
            }
        }
        let handle = handle.trim_end_matches('-').to_owned();
        if handle.is_empty() {
            return Err(refuse("handle", "BLANK", "Handle can't be blank"));
        }
        if handle.chars().count() > LONGEST {
            return Err(refuse(
                "handle",
                "TOO_LONG",
                format!("Handle is too long (maximum is {LONGEST} characters)"),
            ));
        }
        Ok(Handle(handle))
    }

    /// The `n`-th alternative when this one is taken: `mug` → `mug-1`.
    #[must_use]
    pub fn numbered(&self, n: u32) -> Self {
        let suffix = format!("-{n}");
        let keep: String = self.0.chars().take(LONGEST - suffix.len()).collect();
        Handle(keep + &suffix)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Handle> for String {
    fn from(handle: Handle) -> String {
        handle.0
    }
}

#[cfg(test)]
mod tests {
    use super::Handle;

    #[test]
    fn titles_become_handles() {
        for (title, handle) in [
            ("Red Mug!", "red-mug"),
            ("  Ça va — bien ", "ça-va-bien"),
            ("Men's T-Shirt", "mens-t-shirt"),
            ("a_b", "a_b"),
        ] {
            assert_eq!(Handle::parse(title).map(String::from), Ok(handle.to_owned()));
        }
        assert!(Handle::parse("!!!").is_err());
        assert!(Handle::parse(&"x".repeat(256)).is_err());
    }
}
