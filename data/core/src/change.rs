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
    /// Anything may have changed: the connection on which changes are heard was lost.
    Everything,
}

/// A change and the store it happened in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The store; 0 with [`Change::Everything`].
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

    pub(crate) fn tell_all(&self, tenant: TenantId, changes: &[Change]) {
        for change in changes {
            self.tell(Told { tenant: tenant.0, change: *change });
        }
    }
}
