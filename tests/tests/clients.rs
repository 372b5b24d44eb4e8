//! Clients that are not ours: packages from the npm registry ask a running server everything they know, over TLS and over plain HTTP,
//! and a browser walks through the storefront of `examples/storefront`.
#![expect(clippy::expect_used, reason = "a test that cannot be set up has failed")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::SystemTime,
};

use mcom_tests::{
    Database, Shop, demo,
    deployment::{Deployment, free_address},
    root, variable,
};
use serde_json::json;

/// A server with the demo catalog, reached by both doors.
struct Store {
    shop: Shop,
    deployment: Deployment,
    tls: std::net::SocketAddr,
    folder: PathBuf,
}

impl Store {
    async fn open() -> Store {
        let shop = Shop::open_in(Database::own().await, 4).await;
        demo::fill(&shop.admin()).await;
        mcom_workers::index::rebuild(&shop.admin(), &mut |_| {}).await.expect("it can be indexed");
        // Tests ask faster than buyers.
        let unlimited = "update plans set requests_per_second = 10000, request_burst = 10000";
        shop.database.superuser().await.batch_execute(unlimited).await.expect("plans can be changed");
        let tls = free_address();
        let folder = std::env::temp_dir().join(format!("mcom-clients-{}", tls.port()));
        let host = shop.tenant().host().to_owned();
        let handle = host.split('.').next().unwrap_or_default().to_owned();
        let further = vec![
            ("MCOM_TLS_LISTEN", tls.to_string()),
            ("MCOM_TLS_DIR", folder.join("tls").display().to_string()),
            ("MCOM_OBJECTS_DIR", folder.join("objects").display().to_string()),
            ("MCOM_DEFAULT_STORE", handle.clone()),
        ];
        let deployment =
            Deployment::start_with(env!("CARGO_BIN_EXE_mcom-under-test"), &shop.database, further).await;
        let example = |path: &str| root().join("examples").join(path).display().to_string();
        let (catalog, pictures) = (example("catalogs/demo.csv"), example("pictures"));
        deployment.run(&[
            "import",
            &catalog,
            "--store",
            &handle,
            "--with-images",
            "--images-from",
            &pictures,
        ]);
        Store { shop, deployment, tls, folder }
    }

    /// Where it is, as the suite wants to be told.
    fn told(&self) -> String {
        let path = "api/2026-04/graphql.json";
        json!({ "storefront": {
            "url": format!("http://{}/{path}", self.deployment.address()),
            "https_url": format!("https://{}/{path}", self.tls),
            "token": self.shop.created.storefront_token.as_str(),
        } })
        .to_string()
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Installs what a folder's lock file names, if that has not been done since it was written.
fn install(folder: &Path) {
    let written = |file: &str| fs::metadata(folder.join(file)).and_then(|about| about.modified());
    let installed = written("node_modules/.package-lock.json").unwrap_or(SystemTime::UNIX_EPOCH);
    if installed >= written("package-lock.json").expect("the lock file is there") {
        return;
    }
    let npm = ["ci", "--no-audit", "--no-fund", "--prefer-offline"];
    let done = Command::new("npm").args(npm).current_dir(folder).status().expect("npm is installed");
    assert!(done.success(), "npm ci failed in {}", folder.display());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn packages_and_a_browser_find_what_they_expect() {
    let without = variable("MCOM_TEST_WITHOUT").unwrap_or_default();
    if without.split(',').any(|service| service == "clients") {
        println!(
            "left out by MCOM_TEST_WITHOUT: the clients from the npm registry and the storefront in a browser"
        );
        return;
    }
    let suite = root().join("tests/clients");
    install(&suite);
    install(&root().join("examples/storefront"));
    let store = Store::open().await;
    let mut node = Command::new("node");
    node.args(["--test", "--test-reporter=spec"]).current_dir(&suite);
    node.env("MCOM_STORE", store.told()).env("NODE_EXTRA_CA_CERTS", store.folder.join("tls/ca.pem"));
    if let Some(browser) = variable("MCOM_TEST_CHROMIUM") {
        node.env("MCOM_CHROMIUM", browser);
    }
    // What it says goes straight to whoever runs the tests.
    let done = tokio::task::spawn_blocking(move || node.status())
        .await
        .expect("it ends")
        .expect("node is installed");
    assert!(done.success(), "a client does not find what it expects: see above");
}
