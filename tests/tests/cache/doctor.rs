//! `mcom doctor`: which engine does not answer, and what to do about it.

use std::{collections::BTreeMap, process::Command};

use mcom_tests::{Database, redis::RedisServer};
use serde_json::Value;

/// What it finds, by what it looked at: whether it is fine, and what it says.
fn findings(database: &Database, environment: &[(&str, &str)]) -> BTreeMap<String, (bool, String)> {
    let config = database.config(1);
    let told = Command::new(env!("CARGO_BIN_EXE_mcom-under-test"))
        .args(["doctor", "--json"])
        .env_clear()
        .envs([("DATABASE_URL", &config.app_url), ("DATABASE_PLATFORM_URL", &config.platform_url)])
        .envs(environment.iter().copied())
        .output()
        .unwrap();
    let told: Vec<Value> = serde_json::from_slice(&told.stdout).unwrap();
    let finding = |told: &Value| {
        let text = |name: &str| told[name].as_str().unwrap().to_owned();
        (text("check"), (told["fine"].as_bool().unwrap(), text("message")))
    };
    told.iter().map(finding).collect()
}

#[tokio::test]
async fn the_doctor_says_which_engine_is_away_and_what_to_do() {
    let database = Database::shared().await;
    let redis = RedisServer::start();
    let folder = std::env::temp_dir().join(format!("mcom-doctor-{}", std::process::id()));
    let folder = folder.to_str().unwrap();
    let url = redis.url();
    let healthy = [("MCOM_SEARCH_PATH", folder), ("MCOM_REDIS_URL", &url), ("MCOM_OBJECTS_DIR", folder)];
    let found = findings(&database, &healthy);
    for engine in ["search", "redis", "objects"] {
        assert!(found[engine].0, "{}", found[engine].1);
    }
    std::fs::remove_dir_all(folder).unwrap();

    redis.kill();
    let nowhere = "http://127.0.0.1:1";
    let away = [
        ("MCOM_SEARCH_URL", nowhere),
        ("MCOM_REDIS_URL", &url),
        ("MCOM_S3_ENDPOINT", nowhere),
        ("MCOM_S3_KEY", "key"),
        ("MCOM_S3_SECRET", "hush"),
    ];
    let found = findings(&database, &away);
    for (engine, named) in
        [("search", "MCOM_SEARCH_URL"), ("redis", "MCOM_REDIS_URL"), ("objects", "MCOM_S3_ENDPOINT")]
    {
        let (fine, message) = &found[engine];
        assert!(!fine && message.contains(named), "{message}");
        assert!(!message.contains("hush"), "{message}");
    }
}
