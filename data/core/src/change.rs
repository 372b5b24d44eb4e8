//! Changes: what caches must forget after a commit, told to this process at once and to the others by NOTIFY.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde::{Deserialize, Serialize};
use tokio::sync::broadcast;

use crate::TenantId;

/// Something whose cached copies are stale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "id")]
pub enum Change {
    /// A product's document, and perhaps in which lists it is and where.
    Product(i64),
    /// A product's document, but nothing that lists sort or filter by except the time of its last change.
    Prose(i64),
    /// Whether a product can be bought, and how many of it.
    Stock(i64),
    /// A collection, or which products are in it.
    Collection(i64),
    /// The settings of the store.
    Store,
    /// What a merchant writes: pages, blogs, menus and policies.
    Content,
    /// Domains or the status of a store.
    Directory,
    /// Access tokens.
    Tokens,
    /// There is background work to do now.
    Jobs,
    /// Something happened that consumers are to hear of.
    Events,
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

/// The number of a transaction. Numbers are given in the order in which transactions first write, which is not that in which they end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Transaction(pub i64);

/// What a cache hears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// Something changed, by this transaction if it is known.
    Change(Told, Option<Transaction>),
    /// The connection on which changes are heard is lost: anything may change without being told.
    Deaf,
    /// Whatever changes after this transaction is told again.
    Hearing(Transaction),
}

impl Heard {
    /// What is stale by it.
    fn told(self) -> Told {
        match self {
            Heard::Change(told, _) => told,
            Heard::Deaf | Heard::Hearing(_) => Told { tenant: 0, change: Change::Everything },
        }
    }
}

/// The PostgreSQL channel on which processes tell each other.
pub const CHANNEL: &str = "mcom_changes";

type Listener = Box<dyn Fn(Heard) + Send + Sync>;

/// The bus inside a process. Listeners run in the caller, before the write returns, so that whoever wrote reads its own write.
#[derive(Default)]
pub struct Changes {
    listeners: std::sync::RwLock<Vec<Listener>>,
    relays: AtomicUsize,
    heard: std::sync::OnceLock<broadcast::Sender<Told>>,
}

/// As long as it lives, a relay of this process hands over the events that this process writes.
#[must_use]
pub struct Relaying<'c>(&'c Changes);

impl Drop for Relaying<'_> {
    fn drop(&mut self) {
        self.0.relays.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Changes {
    /// Says that a relay of this process hears of events, so that other processes need not be woken for them. Should this process die
    /// before it has handed them over, the others find them when they look by themselves.
    pub fn relaying(&self) -> Relaying<'_> {
        self.relays.fetch_add(1, Ordering::Relaxed);
        Relaying(self)
    }

    /// Whether other processes have to hear of this change.
    pub(crate) fn concerns_others(&self, change: Change) -> bool {
        change != Change::Events || self.relays.load(Ordering::Relaxed) == 0
    }

    /// Registers a cache that forgets.
    pub fn listen(&self, listener: impl Fn(Told) + Send + Sync + 'static) {
        self.attend(move |heard| listener(heard.told()));
    }

    /// Registers a cache that also wants to know which transaction changed something, and whether changes are heard at all.
    pub fn attend(&self, listener: impl Fn(Heard) + Send + Sync + 'static) {
        self.listeners.write().unwrap_or_else(std::sync::PoisonError::into_inner).push(Box::new(listener));
    }

    /// A stream of all changes, for those who wait for one.
    pub fn subscribe(&self) -> broadcast::Receiver<Told> {
        self.heard.get_or_init(|| broadcast::channel(1024).0).subscribe()
    }

    /// Tells every listener of this process of a change by nobody knows which transaction.
    pub fn tell(&self, told: Told) {
        self.say(Heard::Change(told, None));
    }

    /// Tells the caches and whoever waits for a change.
    pub(crate) fn say(&self, heard: Heard) {
        self.whisper(heard);
        if let Some(stream) = self.heard.get() {
            // Nobody listening is fine.
            let _ = stream.send(heard.told());
        }
    }

    /// Tells the caches only.
    pub(crate) fn whisper(&self, heard: Heard) {
        for listener in self.listeners.read().unwrap_or_else(std::sync::PoisonError::into_inner).iter() {
            listener(heard);
        }
    }

    /// Tells what another process sent. A message nobody can read is from another version, so everything may be stale.
    pub(crate) fn tell_message(&self, message: &str) {
        match read(message) {
            Some((by, all)) => all.into_iter().for_each(|told| self.say(Heard::Change(told, Some(by)))),
            None => self.tell(Told { tenant: 0, change: Change::Everything }),
        }
    }

    pub(crate) fn tell_all(&self, tenant: TenantId, changes: &[Change], by: Option<Transaction>) {
        for change in changes {
            self.say(Heard::Change(Told { tenant: tenant.0, change: *change }, by));
        }
    }
}

/// The number of the transaction, a space, and what it changed.
fn read(message: &str) -> Option<(Transaction, Vec<Told>)> {
    let (by, told) = message.split_once(' ')?;
    Some((Transaction(by.parse().ok()?), serde_json::from_str(told).ok()?))
}

/// A message may have 8,000 bytes, and one change needs fewer than 72, the number of the transaction fewer than 22.
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
    use std::sync::{Arc, Mutex};

    use super::{Change, Changes, Heard, MESSAGES, PER_MESSAGE, Told, Transaction, messages};

    #[test]
    fn a_message_is_told_with_its_transaction_and_an_unreadable_one_makes_everything_stale() {
        let (changes, heard) = (Changes::default(), Arc::new(Mutex::new(vec![])));
        let mine = heard.clone();
        changes.attend(move |heard| mine.lock().unwrap().push(heard));
        changes.tell_message(r#"42 [{"tenant":7,"kind":"product","id":1}]"#);
        changes.tell_message(r#"[{"tenant":7,"kind":"product","id":1}]"#);
        let product = Told { tenant: 7, change: Change::Product(1) };
        let everything = Told { tenant: 0, change: Change::Everything };
        let expected = [Heard::Change(product, Some(Transaction(42))), Heard::Change(everything, None)];
        assert_eq!(*heard.lock().unwrap(), expected);
    }

    #[test]
    fn many_changes_are_told_in_messages_that_postgresql_takes() {
        let changes: Vec<_> = (0..500).map(|n| Change::Collection(9_007_199_254_740_991 - n)).collect();
        let sent = messages(9_007_199_254_740_991, &changes).unwrap();
        assert!(sent.iter().all(|message| message.len() < 8_000 - 22));
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
