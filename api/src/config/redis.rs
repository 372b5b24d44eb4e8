//! What processes share besides the database.

use std::time::Duration;

use mcom_data::redis::Redis;
use secrecy::{ExposeSecret, SecretString};

use super::{Environment, Invalid};

/// Redis, if there is one.
#[derive(Debug, Clone)]
pub struct RedisConfig {
    /// `MCOM_REDIS_URL`: Redis for caches, limits and answers that all processes share. Without it each process has its own.
    /// Example: redis://127.0.0.1:6379
    pub url: Option<SecretString>,
    /// `MCOM_REDIS_TIMEOUT_MS`: how long Redis may take to answer before a request goes on without it, in milliseconds.
    /// Default: 100
    pub timeout: Duration,
}

impl RedisConfig {
    /// Reads the variables.
    ///
    /// # Errors
    /// Names the variable that is wrong.
    pub fn from_env(env: &Environment) -> Result<Self, Invalid> {
        let timeout = Duration::from_millis(env.value("MCOM_REDIS_TIMEOUT_MS", 100)?);
        let url = env.secret("MCOM_REDIS_URL");
        if url.as_ref().is_some_and(|url| !Redis::understands(url.expose_secret())) {
            // Not quoted: there may be a password in it.
            let problem = "is not a URL of Redis, as redis://127.0.0.1:6379".to_owned();
            return Err(Invalid { name: "MCOM_REDIS_URL", problem });
        }
        Ok(RedisConfig { url, timeout })
    }

    /// The shared store, if there is one. It need not answer yet.
    ///
    /// # Errors
    /// If the URL is not one of Redis.
    pub fn open(&self) -> anyhow::Result<Option<Redis>> {
        let open = |url: &SecretString| Redis::at(url.expose_secret(), self.timeout);
        self.url.as_ref().map(open).transpose()
    }
}
