//! A process that dies while it writes leaves files behind that its index does not speak of.

use std::{
    fs,
    path::{Path, PathBuf},
};

use mcom_schema::id::StoreId;
use mcom_search::{Embedded, Prepared, SearchEngine, Write};

use super::catalog::named;

const STORE: StoreId = StoreId(6);

fn put(version: u64, id: i64) -> Write {
    Write::Put { version, product: Box::new(Prepared::of(&named(id, "Mug"))) }
}

/// The file below `folder` that says what the index consists of.
fn meta(folder: &Path) -> PathBuf {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<PathBuf>, Vec<PathBuf>) = entries.partition(|path| path.is_dir());
    let here = files.into_iter().find(|file| file.ends_with("meta.json"));
    here.unwrap_or_else(|| meta(&folders[0]))
}

/// What a process of its own does with the index: it opens it, and is gone.
async fn write(folder: &Path, writes: Vec<Write>) -> Vec<(i64, u64)> {
    let engine = Embedded::new(folder.to_owned());
    engine.apply(STORE, writes).await.unwrap();
    engine.refresh(STORE).await.unwrap();
    let stored = engine.stored(STORE, 0, 10).await.unwrap();
    stored.into_iter().map(|stored| (stored.id, stored.version)).collect()
}

#[tokio::test]
async fn what_a_dying_process_left_behind_is_in_nobodys_way() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("crash-{}", std::process::id()));
    write(&folder, vec![put(1, 1), put(1, 2)]).await;
    let meta = meta(&folder);
    let before = fs::read(&meta).unwrap();
    assert_eq!(write(&folder, vec![put(2, 1)]).await, [(1, 2), (2, 1)]);
    // It had written everything but the last file, which says so.
    fs::write(&meta, before).unwrap();
    assert_eq!(write(&folder, vec![put(3, 1)]).await, [(1, 3), (2, 1)]);
    // The last writer may still be closing.
    let _ = fs::remove_dir_all(folder);
}
