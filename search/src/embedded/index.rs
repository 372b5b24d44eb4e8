//! One store's index on disk: read by many, written by one at a time, in this process or in another.

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant, SystemTime},
};

use tantivy::{
    Index, IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyError,
    directory::{Directory, Lock, MmapDirectory},
    merge_policy::LogMergePolicy,
    schema::Term,
};

use super::{schema::Fields, stored};
use crate::{
    document::Write,
    engine::{Stored, Unavailable},
};

/// What a writer may hold in memory before it writes a part; the least that the library takes is 15 MB.
const HEAP: usize = 16_000_000;
/// How long to wait for another process that writes.
const LOCK_PATIENCE: Duration = Duration::from_secs(3);
const LOCK_PAUSE: Duration = Duration::from_millis(50);
/// How old a view may be before it is looked whether another process has written.
const FRESH: Duration = Duration::from_millis(200);

/// An open index.
pub(super) struct StoreIndex {
    folder: PathBuf,
    reader: IndexReader,
    pub(super) fields: Fields,
    writer: Mutex<Option<IndexWriter>>,
    looked: Mutex<Looked>,
    meta: PathBuf,
}

/// When it was last looked whether the index changed, and when it had changed then.
#[derive(Clone, Copy)]
struct Looked {
    at: Instant,
    changed: Option<SystemTime>,
}

impl From<TantivyError> for Unavailable {
    fn from(error: TantivyError) -> Self {
        Unavailable::because(error)
    }
}

impl StoreIndex {
    /// Opens the index in a folder, or makes it.
    pub(super) fn open(folder: &Path) -> Result<Self, Unavailable> {
        std::fs::create_dir_all(folder).map_err(Unavailable::because)?;
        let (schema, fields) = Fields::declare();
        let directory = MmapDirectory::open(folder).map_err(Unavailable::because)?;
        // Of several processes that come first only one makes the index.
        let making = Lock { filepath: "making.lock".into(), is_blocking: true };
        let making = directory.acquire_lock(&making).map_err(Unavailable::because)?;
        let index = Index::open_or_create(directory, schema)?;
        drop(making);
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let meta = folder.join("meta.json");
        let looked = Mutex::new(Looked { at: Instant::now(), changed: changed(&meta) });
        Ok(StoreIndex { folder: folder.to_owned(), reader, fields, writer: Mutex::default(), looked, meta })
    }

    /// The index as it is, no more than [`FRESH`] ago if another process writes it.
    pub(super) fn searcher(&self) -> Result<Searcher, Unavailable> {
        let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        if looked.at.elapsed() >= FRESH {
            let now = changed(&self.meta);
            if now != looked.changed {
                self.reader.reload()?;
            }
            *looked = Looked { at: Instant::now(), changed: now };
        }
        Ok(self.reader.searcher())
    }

    /// The index as it is at this moment.
    pub(super) fn latest(&self) -> Result<Searcher, Unavailable> {
        self.reader.reload()?;
        Ok(self.reader.searcher())
    }

    /// Writes and commits. What is older than what is there is left out, so that order and repetition do not matter.
    pub(super) fn apply(&self, mut writes: Vec<Write>) -> Result<(), Unavailable> {
        // The newest first, and of each product only that one.
        writes.sort_by_key(|write| (write.id(), std::cmp::Reverse(write.version())));
        writes.dedup_by_key(|write| write.id());
        let mut slot = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let mut writer = match slot.take() {
            Some(writer) => writer,
            None => self.lock()?,
        };
        // A writer that failed is dropped with what it had not committed.
        let searcher = self.latest()?;
        let mut changed = false;
        for write in &writes {
            let known = stored::version(&searcher, &self.fields, write.id().0)?;
            if known.is_some_and(|known| known > write.version()) {
                continue;
            }
            writer.delete_term(Term::from_field_i64(self.fields.id, write.id().0));
            writer.add_document(match write {
                Write::Put { version, product } => self.fields.document(*version, product),
                Write::Remove { version, id } => self.fields.tombstone(*version, id.0),
            })?;
            changed = true;
        }
        if changed {
            writer.commit()?;
            self.reader.reload()?;
        }
        *slot = Some(writer);
        Ok(())
    }

    /// Lets go of the writer, if there is one, so that others may write.
    pub(super) fn close(&self) {
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(writer) = writer
            && let Err(error) = writer.wait_merging_threads()
        {
            tracing::warn!(%error, "parts of a search index could not be merged");
        }
    }

    /// What is there of the products after `after`.
    pub(super) fn stored(&self, after: i64, limit: usize) -> Result<Vec<Stored>, Unavailable> {
        Ok(stored::list(&self.latest()?, after, limit)?)
    }

    /// The version of the state in which a product is known, be it there or gone.
    pub(super) fn version(&self, id: i64) -> Result<Option<u64>, Unavailable> {
        Ok(stored::version(&self.latest()?, &self.fields, id)?)
    }

    fn lock(&self) -> Result<IndexWriter, Unavailable> {
        let begun = Instant::now();
        loop {
            // Opened anew, for only so does it know what files other processes began since.
            let directory = MmapDirectory::open(&self.folder).map_err(Unavailable::because)?;
            match Index::open(directory)?.writer_with_num_threads(1, HEAP) {
                Ok(writer) => {
                    writer.set_merge_policy(Box::new(merging()));
                    // A process that died while it wrote left files behind that no commit speaks of, under names that come again.
                    writer.garbage_collect_files().wait()?;
                    return Ok(writer);
                }
                Err(TantivyError::LockFailure(..)) if begun.elapsed() < LOCK_PATIENCE => {
                    std::thread::sleep(LOCK_PAUSE);
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
}

/// Small parts are merged often and large ones seldom: with the library's own layers a store of 10,000 products would be
/// written anew at every eighth change.
fn merging() -> LogMergePolicy {
    let mut policy = LogMergePolicy::default();
    policy.set_min_layer_size(500);
    policy.set_del_docs_ratio_before_merge(0.3);
    policy
}

fn changed(meta: &Path) -> Option<SystemTime> {
    std::fs::metadata(meta).and_then(|meta| meta.modified()).ok()
}
