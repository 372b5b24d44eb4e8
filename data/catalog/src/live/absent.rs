//! Addresses at which there is nothing: a store that is often asked for such has all of its handles remembered, so that the database is
//! not asked for each.

use std::{
    collections::HashSet,
    hash::{BuildHasher, RandomState},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use mcom_data::{Cx, Result, TenantId, cache::FairCache};

use super::{Cache, cache::Stamp, query};

/// How many handles of all stores may be remembered together, in hundreds.
const HUNDREDS: u64 = 80_000;
/// A store's handles are read after so many requests for what is not there, and, if they were too many, again after twice as many.
const FIRST: u64 = 64;
/// So many handles may be read for each request for what is not there.
const EACH: u64 = 100;

/// What is known of the handles of stores.
pub(super) struct Absences {
    stores: FairCache<TenantId, Arc<Absence>>,
    hasher: RandomState,
}

/// What is known of one store's handles, as of one stamp.
struct Absence {
    stamp: Stamp,
    /// Requests for what is not there.
    misses: AtomicU64,
    /// Hashes of all handles, once they were read.
    handles: Option<HashSet<u64>>,
}

impl Absences {
    pub(super) fn new() -> Self {
        Absences { stores: FairCache::new(HUNDREDS), hasher: RandomState::new() }
    }

    /// Whether it is known that the store had no product with this handle as of `stamp`.
    pub(super) fn are_sure_of(&self, store: TenantId, handle: &str, stamp: Stamp) -> bool {
        let known = self.stores.get(store, &store).filter(|known| known.stamp == stamp);
        known.and_then(|known| Some(!known.handles.as_ref()?.contains(&self.hasher.hash_one(handle))))
            == Some(true)
    }

    /// Counts a request for what is not there. `Some`: it pays to read all handles, if there are no more than so many.
    fn count(&self, store: TenantId, stamp: Stamp) -> Option<u64> {
        let Some(known) = self.stores.get(store, &store).filter(|known| known.stamp == stamp) else {
            let first = Absence { stamp, misses: AtomicU64::new(1), handles: None };
            self.stores.put(store, store, Arc::new(first), 1);
            return None;
        };
        let misses = known.misses.fetch_add(1, Ordering::Relaxed) + 1;
        let pays = known.handles.is_none() && misses >= FIRST && misses.is_power_of_two();
        pays.then_some(misses * EACH)
    }

    fn keep<'h>(&self, store: TenantId, stamp: Stamp, handles: impl Iterator<Item = &'h str>) {
        let handles: HashSet<u64> = handles.map(|handle| self.hasher.hash_one(handle)).collect();
        let weight = u32::try_from(1 + handles.len() / 100).unwrap_or(u32::MAX);
        let known = Absence { stamp, misses: AtomicU64::new(0), handles: Some(handles) };
        self.stores.put(store, store, Arc::new(known), weight);
    }
}

/// Takes notice that the store had no product with some handle as of `stamp`.
pub(super) async fn note(cx: &Cx, cache: &Cache, stamp: Stamp) -> Result<()> {
    let store = cx.tenant().id();
    let Some(most) = cache.absences.count(store, stamp) else { return Ok(()) };
    // Read after the stamp was taken: what changed since then makes it worthless, not wrong.
    let handles = cx.read(async |db| query::handles(db, most).await).await?;
    if let Some(handles) = handles {
        cache.absences.keep(store, stamp, handles.iter().map(String::as_str));
    }
    Ok(())
}
