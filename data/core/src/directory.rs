//! The directory: which store answers to a Host header.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use moka::future::Cache;

use crate::{Change, Changes, Db, Error, Result, Tenant, tenant};

/// Finds stores by the Host header, with a cache in front.
#[derive(Clone)]
pub struct Directory {
    db: Db,
    base_domain: Arc<str>,
    known: Cache<(u64, String), Tenant>,
    /// Hosts that nobody answers to, apart: whoever asks for many of them pushes out no store.
    unknown: Cache<(u64, String), ()>,
    /// Counts what was forgotten: an answer that was looked up before a change lands under a number nobody asks for.
    generation: Arc<AtomicU64>,
}

/// A host that was found is looked up again after this long even if no one told us of a change.
const REMEMBERED: Duration = Duration::from_secs(30);
/// A host that was not found is looked up again after this long.
const UNKNOWN: Duration = Duration::from_secs(5);

impl Directory {
    /// `base_domain`: `{handle}.{base_domain}` finds a store, as `{handle}.localhost` always does.
    pub fn new(db: Db, base_domain: &str) -> Self {
        let known = Cache::builder().max_capacity(50_000).time_to_live(REMEMBERED).build();
        let unknown = Cache::builder().max_capacity(10_000).time_to_live(UNKNOWN).build();
        let base_domain = base_domain.to_ascii_lowercase().into();
        Directory { db, base_domain, known, unknown, generation: Arc::default() }
    }

    /// The open store behind a Host header, port and case disregarded.
    ///
    /// # Errors
    /// `NotFound` if no open store answers to this host; `Busy` or `Broken` if the directory cannot be read.
    pub async fn resolve(&self, host: &str) -> Result<Tenant> {
        let name = host_name(host);
        let key = (self.generation.load(Ordering::Acquire), name.clone());
        if self.unknown.contains_key(&key) {
            return Err(Error::NotFound("store"));
        }
        if let Some(known) = self.known.get(&key).await {
            return Ok(known);
        }
        let look_up = async {
            tenant::find(&self.db, self.handle_in(&name), &name).await?.ok_or(Error::NotFound("store"))
        };
        // On the heap: the futures of those whose store is known stay small.
        let found = Box::pin(self.known.try_get_with(key.clone(), look_up)).await;
        if let Err(error) = &found
            && matches!(**error, Error::NotFound(_))
        {
            self.unknown.insert(key, ()).await;
        }
        found.map_err(|error| Error::clone(&error))
    }

    /// The open store with this handle.
    ///
    /// # Errors
    /// As [`Directory::resolve`].
    pub async fn by_handle(&self, handle: &str) -> Result<Tenant> {
        self.resolve(&format!("{handle}.localhost")).await
    }

    /// Forgets what was known of all hosts: a domain or a store changed.
    pub fn forget(&self) {
        self.generation.fetch_add(1, Ordering::AcqRel);
        self.known.invalidate_all();
        self.unknown.invalidate_all();
    }

    /// Forgets whenever `changes` tell of a domain or a store.
    pub fn heed(&self, changes: &Changes) {
        let directory = self.clone();
        changes.listen(move |told| {
            if matches!(told.change, Change::Directory | Change::Everything) {
                directory.forget();
            }
        });
    }

    fn handle_in<'h>(&self, host: &'h str) -> Option<&'h str> {
        let under =
            |base: &str| host.strip_suffix(base)?.strip_suffix('.').filter(|handle| !handle.contains('.'));
        under("localhost").or_else(|| under(&self.base_domain))
    }
}

fn host_name(host: &str) -> String {
    let without_port = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    without_port.trim_end_matches('.').to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::host_name;

    #[test]
    fn a_host_header_is_read_without_port_case_and_final_dot() {
        for (header, name) in
            [("Demo.localhost:8080", "demo.localhost"), ("shop.example.", "shop.example"), ("a", "a")]
        {
            assert_eq!(host_name(header), name);
        }
    }
}
