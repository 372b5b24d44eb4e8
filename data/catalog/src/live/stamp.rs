//! Stamps: how the cache knows that an entry is older than the last change of what it is about.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::atomic::{AtomicU64, Ordering},
};

/// Things share counters by their hash: with more of them, fewer entries are thrown away needlessly.
const SLOTS: usize = 1 << 14;

/// Counts changes. An entry keeps the stamp taken before it was read from the database and counts only as long as
/// the stamp is still the same, so that a load begun before a change can never bring back what was before it.
pub(super) struct Stamps {
    slots: Box<[AtomicU64]>,
    all: AtomicU64,
}

impl Default for Stamps {
    fn default() -> Self {
        Stamps { slots: (0..SLOTS).map(|_| AtomicU64::new(0)).collect(), all: AtomicU64::new(0) }
    }
}

impl Stamps {
    /// The present stamp of `key`.
    pub(super) fn of(&self, key: impl Hash) -> u64 {
        // Both only grow, so that their sum changes when either does.
        self.slot(key).load(Ordering::Acquire) + self.all.load(Ordering::Acquire)
    }

    /// `key` has changed.
    pub(super) fn touch(&self, key: impl Hash) {
        self.slot(key).fetch_add(1, Ordering::AcqRel);
    }

    /// Anything may have changed.
    pub(super) fn touch_all(&self) {
        self.all.fetch_add(1, Ordering::AcqRel);
    }

    fn slot(&self, key: impl Hash) -> &AtomicU64 {
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        let index = usize::try_from(hasher.finish() % SLOTS as u64).unwrap_or_default();
        &self.slots[index]
    }
}

#[cfg(test)]
mod tests {
    use super::Stamps;

    #[test]
    fn a_stamp_outlives_everything_but_a_change_of_its_own_thing() {
        let stamps = Stamps::default();
        let before = stamps.of((1, 7));
        assert_eq!(stamps.of((1, 7)), before);
        stamps.touch((1, 7));
        let between = stamps.of((1, 7));
        assert_ne!(between, before);
        stamps.touch_all();
        assert_ne!(stamps.of((1, 7)), between);
    }
}
