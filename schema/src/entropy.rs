//! Randomness is passed in like time, so that a test can repeat it.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// A source of random bytes fit for secrets.
pub trait Entropy: Send + Sync {
    /// Fills `bytes` with random bytes.
    fn fill(&self, bytes: &mut [u8]);

    /// A URL-safe token with `bytes` bytes of entropy, without `/`, `+` and `=`.
    fn token(&self, bytes: usize) -> String {
        let mut raw = vec![0; bytes];
        self.fill(&mut raw);
        URL_SAFE_NO_PAD.encode(raw)
    }
}

/// The operating system's generator; the only place in the project that reads it.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads ambient randomness")]
    fn fill(&self, bytes: &mut [u8]) {
        rand::fill(bytes);
    }
}
