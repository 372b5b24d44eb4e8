//! Changes: what caches must forget after a commit, told to this process at once and to the others by NOTIFY.

use serde::{Deserialize, Serialize};
use tokio::sync::broadcast;

use crate::TenantId;

/// Something whose cached copies are stale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "id")]
pub enum Change {
    /// A product's document.
    Product(i64),
    /// Whether a product can be bought, and how many of it.
    Stock(i64),
    /// A collection, or which products are in it.
    Collection(i64),
    /// The settings of the store.
    Store,
    /// Domains or the status of a store.
    Directory,
    /// Access tokens.
    Tokens,
    /// There is background work to do now.
    Jobs,
    /// Anything may have changed: in one store, by a write too big to tell in detail; or in all of them (store 0), because the
    /// connection on which changes are heard was lost.
    Everything,
}

/// A change and the store it happened in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The store; 0: all of them.
    pub tenant: i64,
    /// What changed.
    #[serde(flatten)]
    pub change: Change,
}

/// The PostgreSQL channel on which processes tell each other.
pub const CHANNEL: &str = "mcom_changes";

type Listener = Box<dyn Fn(Told) + Send + Sync>;

/// The bus inside a process. Listeners run in the caller, before the write returns, so that whoever wrote reads its own write.
#[derive(Default)]
pub struct Changes {
    listeners: std::sync::RwLock<Vec<Listener>>,
    heard: std::sync::OnceLock<broadcast::Sender<Told>>,
}

impl Changes {
    /// Registers a cache that forgets.
    pub fn listen(&self, listener: impl Fn(Told) + Send + Sync + 'static) {
        self.listeners.write().unwrap_or_else(std::sync::PoisonError::into_inner).push(Box::new(listener));
    }

    /// A stream of all changes, for those who wait for one.
    pub fn subscribe(&self) -> broadcast::Receiver<Told> {
        self.heard.get_or_init(|| broadcast::channel(1024).0).subscribe()
    }

    /// Tells every listener of this process.
    pub fn tell(&self, told: Told) {
        for listener in self.listeners.read().unwrap_or_else(std::sync::PoisonError::into_inner).iter() {
            listener(told);
        }
        if let Some(heard) = self.heard.get() {
            // Nobody listening is fine.
            let _ = heard.send(told);
        }
    }

    /// Tells what another process sent. A message nobody can read is from another version, so everything may be stale.
    pub(crate) fn tell_message(&self, message: &str) {
        match serde_json::from_str::<Vec<Told>>(message) {
            Ok(all) => all.into_iter().for_each(|told| self.tell(told)),
            Err(_) => self.tell(Told { tenant: 0, change: Change::Everything }),
        }
    }

    pub(crate) fn tell_all(&self, tenant: TenantId, changes: &[Change]) {
        for change in changes {
            self.tell(Told { tenant: tenant.0, change: *change });
        }
    }
}

/// A message may have 8,000 bytes, and one change needs fewer than 72.
const PER_MESSAGE: usize = 110;
/// Past this many messages, the whole store is declared stale instead.
const MESSAGES: usize = 32;

/// The messages that tell the other processes of these changes.
pub(crate) fn messages(tenant: i64, changes: &[Change]) -> serde_json::Result<Vec<String>> {
    let told = |change: &Change| Told { tenant, change: *change };
    if changes.len() > PER_MESSAGE * MESSAGES {
        return Ok(vec![serde_json::to_string(&[told(&Change::Everything)])?]);
    }
    changes
        .chunks(PER_MESSAGE)
        .map(|part| serde_json::to_string(&part.iter().map(told).collect::<Vec<_>>()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Change, MESSAGES, PER_MESSAGE, Told, messages};

    #[test]
    fn many_changes_are_told_in_messages_that_postgresql_takes() {
        let changes: Vec<_> = (0..500).map(|n| Change::Collection(9_007_199_254_740_991 - n)).collect();
        let sent = messages(9_007_199_254_740_991, &changes).unwrap();
        assert!(sent.iter().all(|message| message.len() < 8_000));
        let heard: Vec<Told> =
            sent.iter().flat_map(|m| serde_json::from_str::<Vec<Told>>(m).unwrap()).collect();
        assert_eq!(heard.iter().map(|told| told.change).collect::<Vec<_>>(), changes);
    }

    #[test]
    fn past_a_measure_a_store_is_stale_as_a_whole() {
        let changes: Vec<_> = (0..=(PER_MESSAGE * MESSAGES) as i64).map(Change::Product).collect();
        let sent = messages(7, &changes).unwrap();
        assert_eq!(sent, [r#"[{"tenant":7,"kind":"everything"}]"#]);
    }
}
