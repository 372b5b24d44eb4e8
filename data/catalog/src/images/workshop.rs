//! The workshop: where pictures are decoded, a few at a time, each wish once however many have it.

use std::{
    num::NonZero,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use mcom_data::{Cx, Error, Result, objects::ObjectKey};
use moka::future::Cache;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::{Examined, Unreadable, examine, rendition::Work};

/// Bytes of what was made lately, for those who came while it was made and a moment after.
const REMEMBERED: u64 = 32 * 1024 * 1024;
/// More than so many who wait for another wish to be done would wait too long.
const MOST_WAITING: usize = 256;

/// What came of a wish; nothing if the picture is shown as it is.
type Made = Option<Arc<Vec<u8>>>;

/// The pictures that this process decodes and makes.
pub struct Workshop {
    lately: Cache<String, Made>,
    hands: Semaphore,
    room: Semaphore,
    made: AtomicU64,
}

impl Workshop {
    /// A workshop that leaves half of the machine to others: a picture takes one processor and up to 320 MB.
    pub(crate) fn new() -> Self {
        let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
        let weigh = |key: &String, made: &Made| {
            let bytes = key.len() + made.as_ref().map_or(0, |made| made.len());
            u32::try_from(bytes).unwrap_or(u32::MAX)
        };
        Workshop {
            lately: Cache::builder().max_capacity(REMEMBERED).weigher(weigh).build(),
            hands: Semaphore::new(processors.div_ceil(2)),
            room: Semaphore::new(MOST_WAITING),
            made: AtomicU64::new(0),
        }
    }

    /// How many renditions this process has made.
    pub fn made(&self) -> u64 {
        self.made.load(Ordering::Relaxed)
    }

    /// What was made lately under this key.
    pub(super) async fn lately(&self, key: &ObjectKey) -> Option<Made> {
        self.lately.get(key.as_str()).await
    }

    /// Does the work, or waits for whoever does the same. It is finished even if nobody waits any more.
    pub(super) async fn once(self: Arc<Self>, work: Work) -> Result<Made> {
        let key = work.key.to_string();
        let begun = tokio::spawn(async move {
            let done = self.lately.try_get_with(key, self.done(work)).await;
            done.map_err(|error| Error::clone(&error))
        });
        begun.await.map_err(Error::broken)?
    }

    async fn done(&self, work: Work) -> Result<Made> {
        let _room = self.room.try_acquire().map_err(|_| Error::Busy)?;
        let _hand = self.hand().await?;
        let made = work.done().await?;
        self.made.fetch_add(made.iter().len() as u64, Ordering::Relaxed);
        Ok(made)
    }

    async fn hand(&self) -> Result<SemaphorePermit<'_>> {
        self.hands.acquire().await.map_err(Error::broken)
    }
}

/// What a picture is, and how it looks in twenty bytes.
///
/// # Errors
/// Inside, why it is not taken; outside, `Broken` if the process ends.
pub async fn look(cx: &Cx, content: Arc<Vec<u8>>) -> Result<Result<Examined, Unreadable>> {
    let workshop = cx.shared::<Workshop>()?;
    let _hand = workshop.hand().await?;
    let looked = tokio::task::spawn_blocking(move || examine::examine(&content)).await;
    // A decoder that panics has met a file that nobody should be shown.
    Ok(looked.unwrap_or_else(|error| Err(Unreadable::Damaged(error.to_string()))))
}
