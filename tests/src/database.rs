//! Databases for tests: one that all of them share, each in a store of its own, and private ones for those who look across stores.

use std::{
    collections::hash_map::DefaultHasher,
    hash::{Hash, Hasher},
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use mcom_data::{Db, DbConfig, Migrations};
use tokio_postgres::{Client, NoTls};

use crate::environment::{required, root};

/// One database, by name.
pub struct Database {
    name: String,
    is_private: bool,
}

/// Past this many stores the shared database is made anew.
const STORES: i64 = 3_000;

impl Database {
    /// The database that all tests share. Made from the migrations when they change, kept from run to run.
    pub async fn shared() -> Database {
        let name = format!("mcom_test_{}", version());
        let admin = admin().await;
        lock(&admin).await;
        if exists(&admin, &name).await && is_worn_out(&admin, &name).await {
            run(&admin, &format!("drop database {name}")).await;
        }
        if !exists(&admin, &name).await {
            let template = template(&admin).await;
            run(&admin, &format!("create database {name} template {template} owner mcom_owner")).await;
        }
        Database { name, is_private: false }
    }

    /// A migrated database that nobody else uses; dropped at the end.
    pub async fn own() -> Database {
        let admin = admin().await;
        lock(&admin).await;
        let template = template(&admin).await;
        Database::private(&admin, &format!("template {template}")).await
    }

    /// A database without any table; dropped at the end.
    pub async fn empty() -> Database {
        Database::private(&admin().await, "").await
    }

    /// The same database under another hand; it goes when the first hand lets go.
    #[must_use]
    pub fn again(&self) -> Database {
        Database { name: self.name.clone(), is_private: false }
    }

    async fn private(admin: &Client, template: &str) -> Database {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("mcom_own_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        run(admin, &format!("drop database if exists {name} with (force)")).await;
        run(admin, &format!("create database {name} {template} owner mcom_owner")).await;
        Database { name, is_private: true }
    }

    /// The URL of this database for the role of a test variable, for instance `MCOM_TEST_DATABASE_URL`.
    pub fn url(&self, variable: &str) -> String {
        let url = required(variable);
        let (server, _) = url.rsplit_once('/').expect("a database URL ends with a database");
        format!("{server}/{}", self.name)
    }

    /// How a process reaches it, with this many connections.
    pub fn config(&self, pool_size: u32) -> DbConfig {
        DbConfig {
            app_url: self.url("MCOM_TEST_DATABASE_URL"),
            platform_url: self.url("MCOM_TEST_DATABASE_PLATFORM_URL"),
            pool_size,
            acquire_timeout: Duration::from_secs(10),
            statement_timeout: Duration::from_secs(20),
        }
    }

    /// Pools of the serving roles.
    pub async fn connect(&self, pool_size: u32) -> Db {
        Db::connect(&self.config(pool_size)).await.expect("the serving roles can connect")
    }

    /// Its migrations.
    pub fn migrations(&self) -> Migrations {
        Migrations::new(self.url("MCOM_TEST_DATABASE_OWNER_URL"))
    }

    /// A connection as the owner of the tables, whom row-level security binds too.
    pub async fn owner(&self) -> Client {
        connect(&self.url("MCOM_TEST_DATABASE_OWNER_URL")).await
    }

    /// A connection as the role that serves, with no store set.
    pub async fn app(&self) -> Client {
        connect(&self.url("MCOM_TEST_DATABASE_URL")).await
    }

    /// Cuts the connections on which processes hear what others changed.
    pub async fn deafen(&self) {
        let cut = "select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and application_name = 'mcom_changes'";
        run(&self.superuser().await, cut).await;
    }

    /// A connection that sees everything: for looking at what a test left behind.
    pub async fn superuser(&self) -> Client {
        connect(&self.url("MCOM_TEST_DATABASE_ADMIN_URL")).await
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if !self.is_private {
            return;
        }
        let name = std::mem::take(&mut self.name);
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime can be built").block_on(async {
                run(&admin().await, &format!("drop database if exists {name} with (force)")).await;
            });
        });
        // A failure is told by the thread itself; the next run drops what is left.
        let _ = dropping.join();
    }
}

async fn connect(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.expect("the test server answers");
    tokio::spawn(connection);
    client
}

async fn admin() -> Client {
    connect(&required("MCOM_TEST_DATABASE_ADMIN_URL")).await
}

/// Only one test prepares databases at a time; the lock goes with the connection.
async fn lock(admin: &Client) {
    run(admin, "select pg_advisory_lock(7246)").await;
}

async fn run(client: &Client, sql: &str) {
    client.batch_execute(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
}

async fn exists(admin: &Client, name: &str) -> bool {
    let found = admin.query_opt("select 1 from pg_database where datname = $1", &[&name]).await;
    found.expect("the list of databases can be read").is_some()
}

async fn is_worn_out(admin: &Client, name: &str) -> bool {
    let users = admin.query_one("select count(*) from pg_stat_activity where datname = $1", &[&name]).await;
    if users.expect("the list of connections can be read").get::<_, i64>(0) > 0 {
        return false;
    }
    let shared = Database { name: name.to_owned(), is_private: false };
    let stores = shared.superuser().await.query_one("select count(*) from stores", &[]).await;
    stores.is_ok_and(|row| row.get::<_, i64>(0) > STORES)
}

/// The name of a migrated database without rows, which is made if it is not there.
async fn template(admin: &Client) -> String {
    let name = format!("mcom_template_{}", version());
    if !exists(admin, &name).await {
        let unfinished = Database { name: format!("{name}_new"), is_private: false };
        run(admin, &format!("drop database if exists {} with (force)", unfinished.name)).await;
        run(admin, &format!("create database {} owner mcom_owner", unfinished.name)).await;
        let ran = unfinished.migrations().up().await.expect("the migrations run");
        assert_eq!(ran.len(), texts().len(), "this test was built with other migrations: build it anew");
        run(admin, &format!("alter database {} rename to {name}", unfinished.name)).await;
    }
    name
}

/// Changes with the text of any migration.
fn version() -> String {
    let mut hasher = DefaultHasher::new();
    texts().hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// The migrations as the folder has them now, in their order.
fn texts() -> Vec<String> {
    let folder = std::fs::read_dir(root().join("migrations")).expect("there are migrations");
    let mut folders: Vec<_> = folder.filter_map(|entry| Some(entry.ok()?.path())).collect();
    folders.sort();
    folders.iter().filter_map(|folder| std::fs::read_to_string(folder.join("up.sql")).ok()).collect()
}
