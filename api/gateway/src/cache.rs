//! Documents that were read before, by their text. Bounded in number and in bytes, and split so that threads do
//! not wait for each other.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

const SHARDS: usize = 16;

/// A bounded map from texts to shared values.
pub struct TextCache<T> {
    shards: Vec<RwLock<Shard<T>>>,
    hasher: RandomState,
    entries: usize,
    bytes: usize,
}

struct Shard<T> {
    slots: HashMap<Box<str>, Slot<T>>,
    bytes: usize,
}

struct Slot<T> {
    value: Arc<T>,
    bytes: usize,
    /// Used since the last time that room was made.
    used: AtomicBool,
}

impl<T> TextCache<T> {
    /// A cache for about `entries` values and `bytes` bytes.
    pub fn new(entries: usize, bytes: usize) -> Self {
        let shard = || RwLock::new(Shard { slots: HashMap::new(), bytes: 0 });
        TextCache {
            shards: (0..SHARDS).map(|_| shard()).collect(),
            hasher: RandomState::new(),
            entries: (entries / SHARDS).max(1),
            bytes: bytes / SHARDS,
        }
    }

    /// The value for a text.
    pub fn get(&self, text: &str) -> Option<Arc<T>> {
        let shard = self.shard(text).read().unwrap_or_else(PoisonError::into_inner);
        let slot = shard.slots.get(text)?;
        slot.used.store(true, Ordering::Relaxed);
        Some(slot.value.clone())
    }

    /// Keeps a value that takes about `bytes`; one that is larger than a shard is not kept.
    pub fn put(&self, text: &str, value: Arc<T>, bytes: usize) {
        if bytes > self.bytes {
            return;
        }
        let mut shard = self.shard(text).write().unwrap_or_else(PoisonError::into_inner);
        if shard.slots.len() >= self.entries || shard.bytes + bytes > self.bytes {
            shard.make_room();
        }
        if shard.slots.len() >= self.entries || shard.bytes + bytes > self.bytes {
            *shard = Shard { slots: HashMap::new(), bytes: 0 };
        }
        let slot = Slot { value, bytes, used: AtomicBool::new(false) };
        shard.bytes += bytes;
        if let Some(old) = shard.slots.insert(text.into(), slot) {
            shard.bytes -= old.bytes;
        }
    }

    fn shard(&self, text: &str) -> &RwLock<Shard<T>> {
        let hash = self.hasher.hash_one(text);
        &self.shards[usize::try_from(hash % SHARDS as u64).unwrap_or_default()]
    }
}

impl<T> Shard<T> {
    /// Drops what was not used since the last time.
    fn make_room(&mut self) {
        self.slots.retain(|_, slot| slot.used.swap(false, Ordering::Relaxed));
        self.bytes = self.slots.values().map(|slot| slot.bytes).sum();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_used_outlives_what_is_not() {
        let cache = TextCache::new(SHARDS * 4, SHARDS * 1000);
        cache.put("kept", Arc::new(0), 10);
        for n in 0..1000 {
            assert!(cache.get("kept").is_some(), "after {n}");
            cache.put(&format!("once {n}"), Arc::new(n), 10);
        }
        let held: usize = cache.shards.iter().map(|s| s.read().unwrap().slots.len()).sum();
        assert!(held <= SHARDS * 4, "{held}");
    }

    #[test]
    fn bytes_are_bounded() {
        let cache = TextCache::new(1_000_000, SHARDS * 100);
        cache.put("too large", Arc::new(0), 101);
        assert!(cache.get("too large").is_none());
        for n in 0..1000 {
            cache.put(&n.to_string(), Arc::new(n), 40);
        }
        assert!(cache.shards.iter().all(|s| s.read().unwrap().bytes <= 100));
    }
}
