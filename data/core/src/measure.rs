//! What a measurement has to know of the database: its settings that trade safety for speed, and its server processes.

use diesel::{
    QueryableByName,
    sql_types::{Array, Integer, Text},
};
use diesel_async::RunQueryDsl;

use crate::{Db, Result};

/// The settings without which a committed order may be lost, as the server prints them.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Durability {
    /// Version of the server.
    #[diesel(sql_type = Text)]
    pub server_version: String,
    /// `on`: what is committed is on the disk.
    #[diesel(sql_type = Text)]
    pub fsync: String,
    /// `on`: a commit waits until it is.
    #[diesel(sql_type = Text)]
    pub synchronous_commit: String,
    /// `on`: pages torn by a power cut are mended.
    #[diesel(sql_type = Text)]
    pub full_page_writes: String,
}

impl Durability {
    /// Whether a committed order survives a power cut.
    pub fn is_whole(&self) -> bool {
        [&self.fsync, &self.synchronous_commit, &self.full_page_writes]
            .into_iter()
            .all(|setting| setting == "on")
    }
}

impl Db {
    /// How safe a commit is.
    ///
    /// # Errors
    /// `Busy` if no connection is free in time, `Broken` if the statement fails.
    pub async fn durability(&self) -> Result<Durability> {
        Ok(diesel::sql_query(DURABILITY).get_result(&mut *self.serving().await?).await?)
    }

    /// Process ids of the server's processes that work for this database, and of those that work for all.
    ///
    /// # Errors
    /// `Busy` if no connection is free in time, `Broken` if the statement fails.
    pub async fn server_processes(&self) -> Result<Vec<i32>> {
        let found: Processes = diesel::sql_query(PROCESSES).get_result(&mut *self.serving().await?).await?;
        Ok(found.pids)
    }
}

#[derive(QueryableByName)]
struct Processes {
    #[diesel(sql_type = Array<Integer>)]
    pids: Vec<i32>,
}

const DURABILITY: &str =
    "select current_setting('server_version') as server_version, current_setting('fsync') as fsync,
    current_setting('synchronous_commit') as synchronous_commit,
    current_setting('full_page_writes') as full_page_writes";

const PROCESSES: &str = "select array_agg(pid) as pids from pg_stat_activity
    where datname = current_database() or datname is null";
