//! A cache that never gives out what was already stale when it was loaded.

use std::{
    hash::Hash,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use mcom_data::Result;
use moka::sync::Cache;

/// Entries are looked up again after this long, in case the message that would have said so never came.
const REMEMBERED: Duration = Duration::from_secs(60);

/// Values by key, at most so many of them. Cheap to read from many threads; clones share the values.
#[derive(Clone)]
pub(crate) struct Fresh<K, V> {
    values: Cache<K, V>,
    /// Grows with every invalidation. A load that began before one may not put its answer in after it.
    epoch: Arc<RwLock<u64>>,
}

impl<K: Clone + Eq + Hash + Send + Sync + 'static, V: Clone + Send + Sync + 'static> Fresh<K, V> {
    /// An empty cache of at most `capacity` entries.
    pub(crate) fn new(capacity: u64) -> Self {
        let values = Cache::builder().max_capacity(capacity).time_to_live(REMEMBERED).build();
        Fresh { values, epoch: Arc::default() }
    }

    /// The value under `key`, loaded if it is not known.
    pub(crate) async fn get(&self, key: K, load: impl Future<Output = Result<V>>) -> Result<V> {
        if let Some(known) = self.values.get(&key) {
            return Ok(known);
        }
        let before = self.epoch();
        let loaded = load.await?;
        let epoch = self.epoch.read().unwrap_or_else(PoisonError::into_inner);
        if *epoch == before {
            self.values.insert(key, loaded.clone());
        }
        Ok(loaded)
    }

    /// Forgets one entry.
    pub(crate) fn forget(&self, key: &K) {
        let mut epoch = self.epoch.write().unwrap_or_else(PoisonError::into_inner);
        *epoch += 1;
        self.values.invalidate(key);
    }

    /// Forgets every entry.
    pub(crate) fn forget_all(&self) {
        let mut epoch = self.epoch.write().unwrap_or_else(PoisonError::into_inner);
        *epoch += 1;
        self.values.invalidate_all();
    }

    fn epoch(&self) -> u64 {
        *self.epoch.read().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::Fresh;

    #[tokio::test]
    async fn what_was_loaded_before_an_invalidation_is_not_remembered() {
        let cache = Fresh::<u8, u8>::new(10);
        let slow = async {
            cache.forget(&1);
            Ok(1)
        };
        assert_eq!(cache.get(1, slow).await.ok(), Some(1));
        assert_eq!(cache.get(1, async { Ok(2) }).await.ok(), Some(2));
        assert_eq!(cache.get(1, async { Ok(3) }).await.ok(), Some(2));
        cache.forget_all();
        assert_eq!(cache.get(1, async { Ok(4) }).await.ok(), Some(4));
    }
}
