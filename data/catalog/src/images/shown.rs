//! Where kept pictures are shown.

use super::{Format, StoredFile};
use crate::products;

/// Where kept pictures are shown: this and the hash.
pub const SHOWN_AT: &str = "/cdn/";
/// SHA-256 in hexadecimal digits.
const HASH_DIGITS: usize = 64;

impl StoredFile {
    /// How its address ends: the extension with its dot, empty if the file is no picture.
    pub(crate) fn suffix(&self) -> String {
        Format::of(&self.content_type).map(|format| format!(".{}", format.extension())).unwrap_or_default()
    }

    /// Where it is shown, below the store's own host.
    pub fn path(&self) -> String {
        format!("{SHOWN_AT}{}{}", self.hash, self.suffix())
    }
}

/// The address of a picture as it is written down: one on the web, or one at which a store shows what it keeps.
pub(crate) fn address(url: &str) -> Option<String> {
    match url.trim().strip_prefix(SHOWN_AT) {
        Some(name) => {
            let (hash, suffix) = name.split_once('.').unwrap_or((name, ""));
            let is_hash = hash.len() == HASH_DIGITS && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
            let is_kept = is_hash && suffix.bytes().all(|byte| byte.is_ascii_alphanumeric());
            is_kept.then(|| url.trim().to_owned())
        }
        None => products::address(url),
    }
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn a_picture_is_on_the_web_or_kept() {
        let kept = format!("/cdn/{}.webp", "0f".repeat(32));
        assert_eq!(address(&kept), Some(kept));
        assert_eq!(address("https://x.example/a b.png").as_deref(), Some("https://x.example/a%20b.png"));
        for wrong in ["/cdn/../etc", "/cdn/0f.webp", "/logo.webp", "cdn"] {
            assert_eq!(address(wrong), None, "{wrong}");
        }
    }
}
