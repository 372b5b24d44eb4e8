//! A cache that never gives out what was already stale when it was loaded, and loads nothing twice at the same time.

use std::{
    hash::Hash,
    time::{Duration, Instant},
};

use mcom_data::{
    Cx, Error, Result,
    cache::{FairCache, Flights, Stamps},
};

/// Entries are looked up again after this long, in case the message that would have said so never came.
const REMEMBERED: Duration = Duration::from_secs(60);

/// Values of stores by key, at most so many of them.
pub struct Fresh<K, V> {
    values: FairCache<K, Entry<V>>,
    /// A load that began before an invalidation carries the stamp from before it.
    stamps: Stamps,
    loads: Flights<(i64, K, u64), Result<V>>,
    remembered: fn(&V) -> Duration,
}

#[derive(Clone)]
struct Entry<V> {
    value: V,
    stamp: u64,
    until: Instant,
}

impl<K: Clone + Eq + Hash, V: Clone> Fresh<K, V> {
    /// An empty cache of at most `capacity` entries.
    pub fn new(capacity: u64) -> Self {
        Fresh::remembering(capacity, |_| REMEMBERED)
    }

    /// The same, where it depends on a value how long it may be remembered.
    pub fn remembering(capacity: u64, remembered: fn(&V) -> Duration) -> Self {
        Fresh {
            values: FairCache::new(capacity),
            stamps: Stamps::default(),
            loads: Flights::default(),
            remembered,
        }
    }

    /// The value under `key` in the context's store, loaded if it is not known.
    ///
    /// # Errors
    /// Those of `load`.
    pub async fn get<L: Future<Output = Result<V>>>(
        &self,
        cx: &Cx,
        key: K,
        load: impl FnOnce() -> L,
    ) -> Result<V> {
        let stamp = self.stamps.of(cx.tenant().id().get());
        if let Some(known) = self.known(cx, &key, stamp) {
            return Ok(known);
        }
        // On the heap: the futures of those who find it known stay small.
        Box::pin(self.load(cx, (key, stamp), load())).await
    }

    fn known(&self, cx: &Cx, key: &K, stamp: u64) -> Option<V> {
        let known = self.values.get(cx.tenant().id(), key)?;
        (known.stamp == stamp && known.until > Instant::now()).then_some(known.value)
    }

    async fn load(
        &self,
        cx: &Cx,
        (key, stamp): (K, u64),
        load: impl Future<Output = Result<V>>,
    ) -> Result<V> {
        let tenant = cx.tenant().id();
        let flight = (tenant.get(), key.clone(), stamp);
        let load = async {
            // Somebody may have landed with it since it was looked for.
            if let Some(known) = self.known(cx, &key, stamp) {
                return Ok(known);
            }
            let value = load.await?;
            let until = Instant::now() + (self.remembered)(&value);
            self.values.put(tenant, key, Entry { value: value.clone(), stamp, until }, 1);
            Ok::<V, Error>(value)
        };
        self.loads.once(cx, flight, load).await
    }

    /// Forgets what is known of one store.
    pub fn forget(&self, tenant: i64) {
        self.stamps.touch(tenant, None);
    }

    /// Forgets everything.
    pub fn forget_all(&self) {
        self.stamps.touch_all(None);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use mcom_data::{Actor, Cx};

    use super::Fresh;

    #[tokio::test]
    async fn what_was_loaded_before_an_invalidation_is_not_remembered() {
        let (cache, cx) = (Fresh::<u8, u8>::new(1_000), Cx::offline(Actor::Anonymous));
        let slow = || async {
            cache.forget(cx.tenant().id().get());
            Ok(1)
        };
        assert_eq!(cache.get(&cx, 1, slow).await.ok(), Some(1));
        assert_eq!(cache.get(&cx, 1, || async { Ok(2) }).await.ok(), Some(2));
        assert_eq!(cache.get(&cx, 1, || async { Ok(3) }).await.ok(), Some(2));
        cache.forget_all();
        assert_eq!(cache.get(&cx, 1, || async { Ok(4) }).await.ok(), Some(4));
    }

    #[tokio::test]
    async fn a_value_is_remembered_as_long_as_it_may_be() {
        let cx = Cx::offline(Actor::Anonymous);
        let cache = Fresh::<u8, Option<u8>>::remembering(1_000, |value| match value {
            Some(_) => Duration::from_secs(60),
            None => Duration::ZERO,
        });
        assert_eq!(cache.get(&cx, 1, || async { Ok(None) }).await.ok(), Some(None));
        assert_eq!(cache.get(&cx, 1, || async { Ok(Some(1)) }).await.ok(), Some(Some(1)));
        assert_eq!(cache.get(&cx, 1, || async { Ok(None) }).await.ok(), Some(Some(1)));
    }
}
