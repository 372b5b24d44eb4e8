//! Stamps: how a cache knows that an entry is older than the last change of what it is about.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering},
};

use crate::change::Transaction;

/// Things share counters by their hash: with more of them, fewer entries are thrown away needlessly.
const SLOTS: usize = 1 << 14;

/// Counts changes. An entry keeps the stamp taken before it was read from the database and counts only as long as
/// the stamp is still the same, so that a load begun before a change can never bring back what was before it.
///
/// Copies kept outside of this process carry no stamps, but the snapshot they were read in: [`Stamps::trusts`] says whether it
/// shows every change this process knows of. However late, twice or out of order copies come, an old one is recognized.
pub struct Stamps {
    slots: Box<[Slot]>,
    all: AtomicU64,
    /// The last transaction that may have changed anything.
    horizon: AtomicI64,
    /// Whether changes may happen of which this process is not told.
    deaf: AtomicBool,
}

#[derive(Default)]
struct Slot {
    changes: AtomicU64,
    /// The last transaction that changed it.
    last: AtomicI64,
}

impl Default for Stamps {
    fn default() -> Self {
        Stamps {
            slots: (0..SLOTS).map(|_| Slot::default()).collect(),
            all: AtomicU64::new(0),
            horizon: AtomicI64::new(0),
            deaf: AtomicBool::new(true),
        }
    }
}

impl Stamps {
    /// The present stamp of `key`.
    pub fn of(&self, key: impl Hash) -> u64 {
        // Both only grow, so that their sum changes when either does.
        self.slot(key).changes.load(Ordering::Acquire) + self.all.load(Ordering::Acquire)
    }

    /// `key` was changed by this transaction; after a change by an unknown one no copy of it is trusted any more.
    pub fn touch(&self, key: impl Hash, by: Option<Transaction>) {
        let slot = self.slot(key);
        // First, so that whoever sees the new stamp also distrusts the old copies.
        slot.last.fetch_max(by.map_or(i64::MAX, |by| by.0), Ordering::AcqRel);
        slot.changes.fetch_add(1, Ordering::AcqRel);
    }

    /// Anything may have been changed by this transaction.
    pub fn touch_all(&self, by: Option<Transaction>) {
        self.horizon.fetch_max(by.map_or(i64::MAX, |by| by.0), Ordering::AcqRel);
        self.all.fetch_add(1, Ordering::AcqRel);
    }

    /// From here on changes may happen of which nobody tells.
    pub fn deafen(&self) {
        self.deaf.store(true, Ordering::Release);
        self.all.fetch_add(1, Ordering::AcqRel);
    }

    /// From here on every change later than this transaction is told.
    pub fn hear(&self, since: Transaction) {
        self.horizon.fetch_max(since.0, Ordering::AcqRel);
        self.deaf.store(false, Ordering::Release);
        self.all.fetch_add(1, Ordering::AcqRel);
    }

    /// Whether a copy of `key` is still true that was read when every transaction before `snapshot` was over.
    pub fn trusts(&self, key: impl Hash, snapshot: Transaction) -> bool {
        !self.deaf.load(Ordering::Acquire)
            && self.horizon.load(Ordering::Acquire) < snapshot.0
            && self.slot(key).last.load(Ordering::Acquire) < snapshot.0
    }

    fn slot(&self, key: impl Hash) -> &Slot {
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        let index = usize::try_from(hasher.finish() % SLOTS as u64).unwrap_or_default();
        &self.slots[index]
    }
}

#[cfg(test)]
mod tests {
    use super::Stamps;
    use crate::change::Transaction;

    #[test]
    fn a_stamp_outlives_everything_but_a_change_of_its_own_thing() {
        let stamps = Stamps::default();
        let before = stamps.of((1, 7));
        assert_eq!(stamps.of((1, 7)), before);
        stamps.touch((1, 7), None);
        let between = stamps.of((1, 7));
        assert_ne!(between, before);
        stamps.touch_all(None);
        assert_ne!(stamps.of((1, 7)), between);
    }

    #[test]
    fn a_copy_is_trusted_if_it_was_read_after_the_last_change_and_changes_are_heard() {
        let (stamps, at) = (Stamps::default(), Transaction);
        assert!(!stamps.trusts(7, at(i64::MAX)), "nothing is heard yet");
        stamps.hear(at(10));
        assert!(!stamps.trusts(7, at(10)) && stamps.trusts(7, at(11)));
        stamps.touch(7, Some(at(20)));
        assert!(!stamps.trusts(7, at(20)) && stamps.trusts(7, at(21)));
        stamps.touch(7, Some(at(15)));
        assert!(!stamps.trusts(7, at(20)), "an earlier change that is told later");
        stamps.touch_all(Some(at(30)));
        assert!(!stamps.trusts(8, at(30)) && stamps.trusts(8, at(31)));
        stamps.deafen();
        assert!(!stamps.trusts(8, at(40)));
        stamps.hear(at(40));
        assert!(!stamps.trusts(8, at(40)) && stamps.trusts(8, at(41)));
    }
}
