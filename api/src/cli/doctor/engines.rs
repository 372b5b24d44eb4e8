//! Whether what a deployment has besides its database answers: the search engine, Redis, the object storage.

use std::path::Path;

use mcom_data::{Db, objects::Objects};
use mcom_schema::id::StoreId;
use mcom_search::SearchEngine;

use super::Findings;
use crate::config::{Config, ObjectsConfig, RedisConfig, SearchConfig};

pub(super) async fn check(findings: &mut Findings, config: &Config, db: &Db) {
    check_search(findings, &config.search, db).await;
    check_redis(findings, &config.redis).await;
    check_objects(findings, &config.objects).await;
}

async fn check_search(findings: &mut Findings, config: &SearchConfig, db: &Db) {
    let place = match &config.url {
        Some(url) => format!("the engine at {url}"),
        None => format!("the embedded engine in {}", config.path.display()),
    };
    let asked = async {
        let engine = config.engine(&db.identity().await?)?;
        // Whether any store's index is built does not matter here, but that the engine can tell.
        Ok::<_, anyhow::Error>(engine.is_built(StoreId(1)).await?)
    };
    match asked.await {
        Ok(_) => findings.fine("search", format!("{place} answers")),
        Err(error) => {
            let hint = "Is MCOM_SEARCH_URL its address and MCOM_SEARCH_LOGIN right? Without MCOM_SEARCH_URL the embedded one is used";
            findings.wrong("search", format!("{place} does not: {error:#}. {hint}"));
        }
    }
}

async fn check_redis(findings: &mut Findings, config: &RedisConfig) {
    match config.open() {
        Ok(None) => findings.fine("redis", "each process caches and limits on its own: MCOM_REDIS_URL is not set"),
        Ok(Some(redis)) if redis.answers().await => findings.fine("redis", "answers"),
        Ok(Some(_)) => findings.wrong(
            "redis",
            "does not answer in time: processes go on alone, slower. Is MCOM_REDIS_URL its address, and is it running?",
        ),
        Err(error) => findings.wrong("redis", format!("MCOM_REDIS_URL cannot be used: {error:#}")),
    }
}

async fn check_objects(findings: &mut Findings, config: &ObjectsConfig) {
    let Some(storage) = config.storage() else {
        return match &config.folder {
            None => findings.fine(
                "objects",
                "no pictures are kept: neither MCOM_OBJECTS_DIR nor MCOM_S3_ENDPOINT is set",
            ),
            Some(folder) => check_folder(findings, folder),
        };
    };
    let bucket = async { Objects::at(&storage)?.prepare().await };
    match bucket.await {
        Ok(()) => findings
            .fine("objects", format!("the bucket «{}» at {} is there", storage.bucket, storage.endpoint)),
        Err(error) => {
            let hint = "Are MCOM_S3_ENDPOINT, MCOM_S3_KEY and MCOM_S3_SECRET right?";
            findings.wrong("objects", format!("{} cannot be used: {error:#}. {hint}", storage.endpoint));
        }
    }
}

fn check_folder(findings: &mut Findings, folder: &Path) {
    let name = folder.display();
    match std::fs::create_dir_all(folder).and_then(|()| std::fs::metadata(folder)) {
        Ok(found) if found.permissions().readonly() => {
            findings.wrong("objects", format!("{name} may not be written: set MCOM_OBJECTS_DIR"));
        }
        Ok(_) => findings.fine("objects", format!("pictures are kept in {name}")),
        Err(error) => {
            findings.wrong("objects", format!("{name} cannot be used ({error}): set MCOM_OBJECTS_DIR"));
        }
    }
}
