//! How a picture looks before it is there.

use serde::{Deserialize, Serialize};

/// What a page knows of a picture before it is there, so that it keeps room for it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Look {
    /// In pixels, if known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<i32>,
    /// In pixels, if known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<i32>,
    /// Its ThumbHash in Base64, if known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thumbhash: Option<String>,
}

impl Look {
    /// As it is kept: nothing if nothing is known.
    pub fn kept(&self) -> Option<serde_json::Value> {
        let told = serde_json::to_value(self).ok()?;
        Some(told).filter(|_| *self != Look::default())
    }

    /// What was kept of it.
    pub fn of(kept: Option<&serde_json::Value>) -> Self {
        kept.and_then(|kept| Look::deserialize(kept).ok()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Look;

    #[test]
    fn a_look_is_read_as_it_was_kept() {
        let look = Look { width: Some(640), height: Some(800), thumbhash: Some("1QcSHQRnh493".into()) };
        assert_eq!(Look::of(look.kept().as_ref()), look);
        assert_eq!((Look::default().kept(), Look::of(None)), (None, Look::default()));
    }
}
