//! Redis: what processes share besides the database. Nothing is true because Redis says so, and nothing fails because Redis is away.

mod breaker;
mod connection;
mod window;

use std::{fmt, sync::Arc, time::Duration};

use bb8::Pool;
use bb8_redis::redis::{Cmd, FromRedisValue, Pipeline, RedisError, aio::MultiplexedConnection, cmd};
use tokio::sync::Semaphore;

use crate::TenantId;
use breaker::Breaker;
use connection::Manager;
pub use window::{Taken, Window};

/// Connections of one process. Each is held for one round trip only.
const CONNECTIONS: u32 = 16;
/// Values that are being written for later readers at the same time; past that, writing is skipped.
const WRITES: usize = 64;

/// The shared store. Cheap to clone. Every call answers `None` when Redis does not answer in time.
#[derive(Clone)]
pub struct Redis(Arc<Inner>);

struct Inner {
    pool: Pool<Manager>,
    breaker: Breaker,
    patience: Duration,
    writes: Arc<Semaphore>,
}

/// The name of a value: it begins with the store it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedisKey(String);

impl RedisKey {
    /// The key of a store's `kind` of thing named `name`.
    pub fn of(tenant: TenantId, kind: &str, name: impl fmt::Display) -> Self {
        RedisKey(format!("mcom:{tenant}:{kind}:{name}"))
    }
}

impl Redis {
    /// A store at `url` (`redis://[user:password@]host:port/database`) that is given `patience` for each answer. Connections are
    /// made when they are needed, so that Redis may come later than the process.
    ///
    /// # Errors
    /// If the URL is not one of Redis.
    pub fn at(url: &str, patience: Duration) -> anyhow::Result<Redis> {
        let manager = Manager::to(url)?;
        let pool = Pool::builder()
            .max_size(CONNECTIONS)
            .connection_timeout(patience)
            // A dead connection says so itself when it is used.
            .test_on_check_out(false)
            .retry_connection(false)
            .build_unchecked(manager);
        let writes = Arc::new(Semaphore::new(WRITES));
        Ok(Redis(Arc::new(Inner { pool, breaker: Breaker::default(), patience, writes })))
    }

    /// Whether `url` is one that [`Redis::at`] takes.
    pub fn understands(url: &str) -> bool {
        Manager::to(url).is_ok()
    }

    /// Whether Redis answers in time.
    pub async fn answers(&self) -> bool {
        self.ask::<String>(&cmd("PING")).await.is_some()
    }

    /// The values under `keys`, in their order.
    pub async fn values(&self, keys: &[RedisKey]) -> Option<Vec<Option<Vec<u8>>>> {
        if keys.is_empty() {
            return Some(vec![]);
        }
        let mut get = cmd("MGET");
        for key in keys {
            get.arg(&key.0);
        }
        self.ask(&get).await
    }

    /// Keeps values for this long, later: the caller does not wait, and nobody is told if it fails.
    pub fn keep(&self, values: Vec<(RedisKey, Vec<u8>)>, lifetime: Duration) {
        let Ok(permit) = self.0.writes.clone().try_acquire_owned() else { return };
        let mut all = Pipeline::with_capacity(values.len());
        for (key, value) in values {
            all.cmd("SET").arg(key.0).arg(value).arg("PX").arg(milliseconds(lifetime)).ignore();
        }
        let redis = self.clone();
        tokio::spawn(async move {
            redis.patiently(async |conn| all.query_async::<()>(conn).await).await;
            drop(permit);
        });
    }

    async fn ask<T: FromRedisValue>(&self, command: &Cmd) -> Option<T> {
        self.patiently(async |conn| command.query_async(conn).await).await
    }

    /// Does `work` if Redis is believed to be there, for as long as patience lasts.
    async fn patiently<T>(
        &self,
        work: impl AsyncFnOnce(&mut MultiplexedConnection) -> Result<T, RedisError>,
    ) -> Option<T> {
        let inner = &*self.0;
        let attempt = inner.breaker.attempt()?;
        let answer = tokio::time::timeout(inner.patience, async {
            let mut conn = inner.pool.get().await.map_err(|error| error.to_string())?;
            let in_use = conn.use_it();
            let answer = work(in_use.connection).await;
            in_use.done(answer.as_ref().err());
            answer.map_err(|error| error.to_string())
        });
        match answer.await {
            Ok(Ok(answer)) => {
                attempt.succeeded();
                Some(answer)
            }
            Ok(Err(error)) => attempt.failed(&error),
            Err(_) => attempt.failed("no answer in time"),
        }
    }
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX).max(1)
}
