//! The code of a gift card: whoever knows it may spend the card.

use std::fmt;

use sha2::{Digest, Sha256};

/// No code has more characters, blanks and dashes aside.
pub const LONGEST: usize = 20;
/// Shorter ones could be guessed.
const SHORTEST: usize = 8;
/// So many characters at the end are shown.
const SHOWN: usize = 4;

/// A code: 8 to 20 letters and digits. Its case, and the blanks and dashes with which it is printed, do not matter.
#[derive(Clone, PartialEq, Eq)]
pub struct GiftCardCode(String);

impl GiftCardCode {
    /// Reads a code as people type it.
    pub fn parse(text: &str) -> Option<Self> {
        let typed: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let is_code =
            (SHORTEST..=LONGEST).contains(&typed.len()) && typed.bytes().all(|b| b.is_ascii_alphanumeric());
        is_code.then(|| GiftCardCode(typed.to_ascii_lowercase()))
    }

    /// What is kept of it.
    pub(crate) fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }

    /// What is shown of it.
    pub fn last_characters(&self) -> &str {
        &self.0[self.0.len() - SHOWN..]
    }
}

impl fmt::Debug for GiftCardCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "GiftCardCode(…{})", self.last_characters())
    }
}

#[cfg(test)]
mod tests {
    use super::GiftCardCode;

    #[test]
    fn a_code_is_the_same_however_it_is_typed() {
        let code = GiftCardCode::parse("abcd efgh 1234 5678").unwrap();
        assert_eq!(GiftCardCode::parse("ABCD-EFGH-1234-5678"), Some(code.clone()));
        assert_eq!(code.last_characters(), "5678");
        assert_eq!(format!("{code:?}"), "GiftCardCode(…5678)");
        for bad in ["", "short", "abcd efgh 1234 5678 90123", "abcd_efgh", "ábcdefgh"] {
            assert_eq!(GiftCardCode::parse(bad), None, "{bad}");
        }
    }
}
