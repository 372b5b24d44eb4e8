//! The provider's books: an append-only file of JSON lines, on disk before it is believed, read back at start.

use std::{
    collections::BTreeMap,
    fs::{File, OpenOptions},
    io::{BufRead, BufReader, Seek, SeekFrom, Write},
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

use anyhow::Context;
use serde::{Deserialize, Serialize};

use super::card::Card;

/// A line of the books.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "entry")]
pub(super) enum Entry {
    /// The vault took a card.
    Session { id: String, card: Card },
    /// The buyer is asked to confirm.
    Challenge { key: String, token: String, amount_minor: i64, currency: String, return_url: String },
    /// Money was taken.
    Charge { key: String, reference: String, amount_minor: i64, currency: String },
    /// No money was taken, and none will be under this key.
    Decline { key: String, why: Why },
    /// What was taken, if anything, was given back before there was an order, and nothing will be taken under this key.
    Void { key: String },
    /// Money was given back.
    Refund { key: String, charge: String, reference: String, amount_minor: i64 },
}

/// Why no money was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Why {
    Card,
    Funds,
    InvalidCard,
    Unconfirmed,
    Voided,
}

/// Where a charge stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "status")]
pub(super) enum Charge {
    Paid {
        reference: String,
        amount_minor: i64,
        currency: String,
        refunded_minor: i64,
    },
    ActionRequired {
        token: String,
        amount_minor: i64,
        currency: String,
        return_url: String,
    },
    Declined {
        why: Why,
    },
    /// Was taken and given back.
    Returned {
        amount_minor: i64,
        currency: String,
    },
}

/// What the lines add up to.
#[derive(Default)]
pub(super) struct Books {
    sessions: BTreeMap<String, Card>,
    charges: BTreeMap<String, Charge>,
    /// Key of the charge, by the token of its challenge.
    challenges: BTreeMap<String, String>,
    /// The provider's own name for each refund, by its key.
    refunds: BTreeMap<String, String>,
}

impl Books {
    pub(super) fn card(&self, session: &str) -> Option<Card> {
        self.sessions.get(session).copied()
    }

    pub(super) fn charge(&self, key: &str) -> Option<&Charge> {
        self.charges.get(key)
    }

    pub(super) fn charges(&self) -> &BTreeMap<String, Charge> {
        &self.charges
    }

    pub(super) fn challenged(&self, token: &str) -> Option<(&String, &Charge)> {
        let key = self.challenges.get(token)?;
        Some((key, self.charges.get(key)?))
    }

    pub(super) fn refund(&self, key: &str) -> Option<&String> {
        self.refunds.get(key)
    }

    fn enter(&mut self, entry: Entry) {
        match entry {
            Entry::Session { id, card } => {
                self.sessions.insert(id, card);
            }
            Entry::Challenge { key, token, amount_minor, currency, return_url } => {
                self.challenges.insert(token.clone(), key.clone());
                self.charges
                    .insert(key, Charge::ActionRequired { token, amount_minor, currency, return_url });
            }
            Entry::Charge { key, reference, amount_minor, currency } => {
                self.charges
                    .insert(key, Charge::Paid { reference, amount_minor, currency, refunded_minor: 0 });
            }
            Entry::Decline { key, why } => {
                self.charges.insert(key, Charge::Declined { why });
            }
            Entry::Void { key } => self.void(key),
            Entry::Refund { key, charge, reference, amount_minor } => {
                if let Some(Charge::Paid { refunded_minor, .. }) = self.charges.get_mut(&charge) {
                    *refunded_minor += amount_minor;
                }
                self.refunds.insert(key, reference);
            }
        }
    }

    fn void(&mut self, key: String) {
        let voided = match self.charges.remove(&key) {
            Some(Charge::Paid { amount_minor, currency, .. }) => Charge::Returned { amount_minor, currency },
            Some(settled @ (Charge::Declined { .. } | Charge::Returned { .. })) => settled,
            Some(Charge::ActionRequired { .. }) | None => Charge::Declined { why: Why::Voided },
        };
        self.charges.insert(key, voided);
    }
}

/// The books and the file they are kept in. One writer at a time; what several wrote goes to disk together.
pub(super) struct Ledger {
    pages: Mutex<Pages>,
    file: File,
    /// How many lines are on disk; `None` since the disk refused some.
    on_disk: Mutex<Option<u64>>,
}

struct Pages {
    books: Books,
    /// How many lines were written since the start.
    written: u64,
}

impl Ledger {
    /// Opens the file, or begins one. A last line that was cut off by a crash was never believed, and is dropped.
    ///
    /// # Errors
    /// If the file cannot be read or written, or holds something else.
    pub(super) fn open(path: &Path) -> anyhow::Result<Self> {
        let mut file = OpenOptions::new().create(true).read(true).append(true).open(path)?;
        let mut books = Books::default();
        let mut end = 0;
        let mut reader = BufReader::new(&mut file);
        let mut line = String::new();
        while reader.read_line(&mut line)? > 0 {
            if !line.ends_with('\n') {
                break;
            }
            let entry = serde_json::from_str(&line);
            books.enter(entry.with_context(|| format!("{}: not a ledger", path.display()))?);
            end += line.len() as u64;
            line.clear();
        }
        file.set_len(end)?;
        file.seek(SeekFrom::End(0))?;
        let pages = Mutex::new(Pages { books, written: 0 });
        Ok(Ledger { pages, file, on_disk: Mutex::new(Some(0)) })
    }

    /// Looks into the books, at entries too that are not on disk yet.
    pub(super) fn glance<T>(&self, look: impl FnOnce(&Books) -> T) -> T {
        look(&self.lock().books)
    }

    /// Decides with sight of the books what to enter, if anything. When this returns, the entry and all that was seen are on disk.
    ///
    /// # Errors
    /// If the disk does not take it. What was entered is in doubt then, and nothing more is said.
    pub(super) fn enter<T>(&self, decide: impl FnOnce(&Books) -> (Option<Entry>, T)) -> std::io::Result<T> {
        let (answer, seen) = {
            let pages = &mut *self.lock();
            let (entry, answer) = decide(&pages.books);
            if let Some(entry) = entry {
                let mut line = serde_json::to_vec(&entry)?;
                line.push(b'\n');
                (&self.file).write_all(&line)?;
                pages.books.enter(entry);
                pages.written += 1;
            }
            (answer, pages.written)
        };
        self.sync(seen)?;
        Ok(answer)
    }

    /// Waits until so many lines are on disk. Whoever comes first takes what others have written along.
    fn sync(&self, lines: u64) -> std::io::Result<()> {
        let mut on_disk = self.on_disk.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(done) = *on_disk else { return Err(std::io::Error::other("the disk has refused entries")) };
        if done >= lines {
            return Ok(());
        }
        // Lines are counted before the disk is asked: those written meanwhile may or may not be taken along.
        let written = self.lock().written;
        *on_disk = None;
        self.file.sync_data()?;
        *on_disk = Some(written);
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Pages> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::{Charge, Entry, Ledger, Why};

    fn charge(key: &str) -> Entry {
        Entry::Charge { key: key.into(), reference: "r".into(), amount_minor: 5, currency: "EUR".into() }
    }

    #[test]
    fn the_books_survive_a_crash_and_a_cut_off_line() {
        let path = std::env::temp_dir().join(format!("mcom-ledger-{}", std::process::id()));
        let ledger = Ledger::open(&path).unwrap();
        ledger.enter(|_| (Some(charge("a")), ())).unwrap();
        ledger.enter(|_| (Some(Entry::Void { key: "b".into() }), ())).unwrap();
        drop(ledger);
        let mut text = std::fs::read_to_string(&path).unwrap();
        text.push_str("{\"entry\":\"cha");
        std::fs::write(&path, &text).unwrap();
        let ledger = Ledger::open(&path).unwrap();
        ledger.enter(|_| (Some(Entry::Void { key: "a".into() }), ())).unwrap();
        let ledger = Ledger::open(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        let returned = Charge::Returned { amount_minor: 5, currency: "EUR".into() };
        assert_eq!(ledger.glance(|books| books.charge("a").cloned()), Some(returned));
        assert_eq!(
            ledger.glance(|books| books.charge("b").cloned()),
            Some(Charge::Declined { why: Why::Voided })
        );
    }

    #[test]
    fn what_many_enter_at_once_is_in_the_file_when_they_are_told() {
        let path = std::env::temp_dir().join(format!("mcom-ledger-many-{}", std::process::id()));
        let ledger = Ledger::open(&path).unwrap();
        std::thread::scope(|threads| {
            for thread in 0..8 {
                let (ledger, path) = (&ledger, &path);
                threads.spawn(move || {
                    for number in 0..20 {
                        let key = format!("{thread}-{number}");
                        ledger.enter(|_| (Some(charge(&key)), ())).unwrap();
                        assert!(std::fs::read_to_string(path).unwrap().contains(&format!("\"{key}\"")));
                    }
                });
            }
        });
        assert_eq!(Ledger::open(&path).unwrap().glance(|books| books.charges().len()), 160);
        std::fs::remove_file(&path).unwrap();
    }
}
