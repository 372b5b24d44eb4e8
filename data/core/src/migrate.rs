//! Migrations: run by the owner, never by the role that serves.

use diesel_async::{AsyncMigrationHarness, AsyncPgConnection, SimpleAsyncConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::server::Server;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations");

/// Passwords for the three roles.
#[derive(Debug, Clone)]
pub struct Roles {
    /// Of `mcom_owner`, which owns the tables.
    pub owner: String,
    /// Of `mcom_app`, which serves.
    pub app: String,
    /// Of `mcom_platform`, which runs the few cross-tenant jobs.
    pub platform: String,
}

/// The migrations of the database behind one URL.
pub struct Migrations {
    url: String,
}

impl Migrations {
    /// `url`: of the owner (or, to make the roles, of a role that may create them).
    pub fn new(url: impl Into<String>) -> Self {
        Migrations { url: url.into() }
    }

    /// Makes the three roles, or gives them these passwords; existing rights are kept.
    ///
    /// # Errors
    /// If the URL's role may not create roles.
    pub async fn make_roles(&self, roles: &Roles) -> anyhow::Result<()> {
        let mut conn = Server::parse(&self.url)?.connect().await?;
        for (name, password) in
            [("mcom_owner", &roles.owner), ("mcom_app", &roles.app), ("mcom_platform", &roles.platform)]
        {
            let password = password.replace('\'', "''");
            conn.batch_execute(&format!(
                "do $$ begin create role {name}; exception when duplicate_object then null; end $$;
                 alter role {name} login nosuperuser nobypassrls nocreaterole nocreatedb password '{password}'"
            ))
            .await?;
        }
        Ok(())
    }

    /// Makes a database of the owner's, unless it is there already.
    ///
    /// # Errors
    /// If the URL's role may not create databases, or the name is not one of ASCII letters, digits and `_`.
    pub async fn make_database(&self, name: &str) -> anyhow::Result<()> {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
        anyhow::ensure!(!name.is_empty() && name.bytes().all(plain), "«{name}» is no plain database name");
        let mut conn = Server::parse(&self.url)?.connect().await?;
        let make = format!("create database \"{name}\" owner mcom_owner");
        match conn.batch_execute(&make).await {
            Err(diesel::result::Error::DatabaseError(_, info))
                if info.message().ends_with("already exists") =>
            {
                Ok(())
            }
            done => Ok(done?),
        }
    }

    /// The names of what has not run yet.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn pending(&self) -> anyhow::Result<Vec<String>> {
        self.run(|harness| {
            Ok(harness
                .pending_migrations(MIGRATIONS)?
                .iter()
                .map(|migration| migration.name().to_string())
                .collect())
        })
        .await
    }

    /// Runs what has not run yet; answers with the names of what ran.
    ///
    /// # Errors
    /// If a migration fails; those before it stay.
    pub async fn up(&self) -> anyhow::Result<Vec<String>> {
        self.run(|harness| {
            Ok(harness.run_pending_migrations(MIGRATIONS)?.iter().map(ToString::to_string).collect())
        })
        .await
    }

    /// Reverts everything; answers with the names of what was reverted.
    ///
    /// # Errors
    /// If a migration cannot be reverted.
    pub async fn down(&self) -> anyhow::Result<Vec<String>> {
        self.run(|harness| {
            Ok(harness.revert_all_migrations(MIGRATIONS)?.iter().map(ToString::to_string).collect())
        })
        .await
    }

    async fn run(
        &self,
        work: impl FnOnce(&mut AsyncMigrationHarness<AsyncPgConnection>) -> diesel::migration::Result<Vec<String>>
        + Send
        + 'static,
    ) -> anyhow::Result<Vec<String>> {
        let conn = Server::parse(&self.url)?.connect().await?;
        let done = tokio::task::spawn_blocking(move || work(&mut AsyncMigrationHarness::new(conn))).await?;
        done.map_err(|error| anyhow::anyhow!("migration failed: {error}"))
    }
}
