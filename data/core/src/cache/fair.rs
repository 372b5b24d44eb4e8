//! Room that stores share: whoever needs some takes it from the store that has the most, so that no store can push out the others.

use std::{
    borrow::Borrow,
    collections::{BTreeSet, HashMap, VecDeque},
    hash::{DefaultHasher, Hash, Hasher},
    sync::{
        PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
        atomic::{AtomicBool, Ordering},
    },
};

use crate::TenantId;

/// Entries are spread by their key over this many locks.
const SHARDS: usize = 16;

/// Values by store and key, of a limited weight together. When it is full, the store that holds the most loses the entry that
/// was not asked for the longest; a store below an equal share of the room loses nothing.
pub struct FairCache<K, V>(Box<[RwLock<Shard<K, V>>]>);

struct Shard<K, V> {
    stores: HashMap<TenantId, Shelf<K, V>>,
    /// The same stores by weight; the last one is the heaviest.
    heaviest: BTreeSet<(u64, TenantId)>,
    weight: u64,
    capacity: u64,
}

struct Shelf<K, V> {
    entries: HashMap<K, Slot<V>>,
    /// The keys of `entries` in the order in which they are considered for eviction.
    queue: VecDeque<K>,
    weight: u64,
}

struct Slot<V> {
    value: V,
    weight: u64,
    /// Whether it was asked for since it was last considered for eviction: then it is passed over once.
    asked: AtomicBool,
}

impl<K: Clone + Eq + Hash, V: Clone> FairCache<K, V> {
    /// An empty cache whose entries may weigh `capacity` together.
    pub fn new(capacity: u64) -> Self {
        let shard = || RwLock::new(Shard::new(capacity.div_ceil(SHARDS as u64)));
        FairCache((0..SHARDS).map(|_| shard()).collect())
    }

    /// What the store has under `key`.
    pub fn get<Q: ?Sized + Eq + Hash>(&self, tenant: TenantId, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let shard = self.read(key);
        let slot = shard.stores.get(&tenant)?.entries.get(key)?;
        slot.asked.store(true, Ordering::Relaxed);
        Some(slot.value.clone())
    }

    /// Puts a value of this weight in the place of what the store has under `key`.
    pub fn put(&self, tenant: TenantId, key: K, value: V, weight: u32) {
        self.write(&key).put(tenant, key, value, u64::from(weight.max(1)));
    }

    /// How much all entries of a store weigh.
    pub fn weight_of(&self, tenant: TenantId) -> u64 {
        let of = |shard: &RwLock<Shard<K, V>>| {
            let shard = shard.read().unwrap_or_else(PoisonError::into_inner);
            shard.stores.get(&tenant).map_or(0, |shelf| shelf.weight)
        };
        self.0.iter().map(of).sum()
    }

    fn read<Q: ?Sized + Hash>(&self, key: &Q) -> RwLockReadGuard<'_, Shard<K, V>> {
        self.0[place(key)].read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self, key: &K) -> RwLockWriteGuard<'_, Shard<K, V>> {
        self.0[place(key)].write().unwrap_or_else(PoisonError::into_inner)
    }
}

fn place<Q: ?Sized + Hash>(key: &Q) -> usize {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    usize::try_from(hasher.finish() % SHARDS as u64).unwrap_or_default()
}

impl<K: Clone + Eq + Hash, V> Shard<K, V> {
    fn new(capacity: u64) -> Self {
        Shard { stores: HashMap::new(), heaviest: BTreeSet::new(), weight: 0, capacity }
    }

    fn put(&mut self, tenant: TenantId, key: K, value: V, weight: u64) {
        let shelf = self.stores.entry(tenant).or_insert_with(Shelf::new);
        let before = shelf.weight;
        shelf.put(key, value, weight);
        let after = shelf.weight;
        self.weighed(tenant, before, after);
        while self.weight > self.capacity && self.evict() {}
    }

    /// Takes an entry from the heaviest store; false if there is none.
    fn evict(&mut self) -> bool {
        let Some((_, tenant)) = self.heaviest.last().copied() else { return false };
        let Some(shelf) = self.stores.get_mut(&tenant) else { return false };
        let before = shelf.weight;
        shelf.evict();
        let after = shelf.weight;
        if after == 0 {
            self.stores.remove(&tenant);
        }
        self.weighed(tenant, before, after);
        true
    }

    fn weighed(&mut self, tenant: TenantId, before: u64, after: u64) {
        self.weight = self.weight - before + after;
        self.heaviest.remove(&(before, tenant));
        if after > 0 {
            self.heaviest.insert((after, tenant));
        }
    }
}

impl<K: Clone + Eq + Hash, V> Shelf<K, V> {
    fn new() -> Self {
        Shelf { entries: HashMap::new(), queue: VecDeque::new(), weight: 0 }
    }

    fn put(&mut self, key: K, value: V, weight: u64) {
        let slot = Slot { value, weight, asked: AtomicBool::new(false) };
        self.weight += weight;
        match self.entries.insert(key.clone(), slot) {
            Some(old) => self.weight -= old.weight,
            None => self.queue.push_back(key),
        }
    }

    /// Removes the first entry in the queue that was not asked for; those that were go to its end.
    fn evict(&mut self) {
        while let Some(key) = self.queue.pop_front() {
            match self.entries.get(&key) {
                Some(slot) if slot.asked.swap(false, Ordering::Relaxed) => self.queue.push_back(key),
                _ => {
                    self.weight -= self.entries.remove(&key).map_or(0, |slot| slot.weight);
                    return;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FairCache, SHARDS};
    use crate::TenantId;

    const ROOM: u64 = 100 * SHARDS as u64;

    fn kept(cache: &FairCache<u64, u64>, tenant: TenantId, keys: std::ops::Range<u64>) -> usize {
        keys.filter(|key| cache.get(tenant, key).is_some()).count()
    }

    #[test]
    fn a_store_that_asks_for_everything_leaves_the_others_their_share() {
        let cache = FairCache::new(ROOM);
        let (small, greedy) = (TenantId(1), TenantId(2));
        (0..100).for_each(|key| cache.put(small, key, key, 1));
        (0..100_000).for_each(|key| cache.put(greedy, key, key, 1));
        assert_eq!(kept(&cache, small, 0..100), 100);
        assert!(cache.weight_of(greedy) > ROOM / 2, "what the others do not need may be used");
        assert!(cache.weight_of(small) + cache.weight_of(greedy) <= ROOM);
    }

    #[test]
    fn what_is_asked_for_again_and_again_stays() {
        let cache = FairCache::new(ROOM);
        for key in 0..10_000_u64 {
            cache.put(TenantId(1), key, key, 1);
            assert_eq!(cache.get(TenantId(1), &0), Some(0), "after {key}");
        }
        assert_eq!(cache.get(TenantId(1), &1), None);
    }

    #[test]
    fn a_value_is_replaced_and_weighed_anew() {
        let cache = FairCache::new(ROOM);
        cache.put(TenantId(1), 7, 1, 5);
        cache.put(TenantId(1), 7, 2, 3);
        assert_eq!((cache.get(TenantId(1), &7), cache.weight_of(TenantId(1))), (Some(2), 3));
        assert_eq!(cache.get(TenantId(2), &7), None);
        cache.put(TenantId(1), 7, 3, u32::MAX);
        assert_eq!((cache.get(TenantId(1), &7), cache.weight_of(TenantId(1))), (None, 0));
    }
}
