//! Where the database is.

use std::time::Duration;

use mcom_data::DbConfig;
use secrecy::{ExposeSecret, SecretString};

use super::{Environment, Invalid};

/// The database as a serving process sees it.
#[derive(Debug, Clone)]
pub struct DatabaseConfig {
    /// `DATABASE_URL`: the database, with the serving role `mcom_app`, which row-level security binds. Required.
    /// `?sslmode=` is disable, prefer (the default), require, or verify-full, with `&sslrootcert=` for an authority of your own.
    /// Example: postgres://mcom_app:secret@127.0.0.1:5432/mcom
    pub app_url: SecretString,
    /// `DATABASE_PLATFORM_URL`: the same database, with the role `mcom_platform` of the few jobs that see all stores. Required.
    /// Example: postgres://mcom_platform:secret@127.0.0.1:5432/mcom
    pub platform_url: SecretString,
    /// `MCOM_DATABASE_POOL`: connections that the serving role keeps open at most.
    /// Default: 16
    pub pool_size: u32,
    /// `MCOM_DATABASE_WAIT_MS`: how long a request may wait for a connection, in milliseconds.
    /// Default: 2000
    pub acquire_timeout: Duration,
    /// `MCOM_DATABASE_STATEMENT_MS`: how long one statement may run, in milliseconds.
    /// Default: 10000
    pub statement_timeout: Duration,
}

impl DatabaseConfig {
    /// Reads the variables.
    ///
    /// # Errors
    /// Names the variable that is missing or wrong.
    pub fn from_env(env: &Environment) -> Result<Self, Invalid> {
        let pool_size = env.value("MCOM_DATABASE_POOL", 16)?;
        if pool_size == 0 {
            return Err(Invalid { name: "MCOM_DATABASE_POOL", problem: "must be at least 1".to_owned() });
        }
        Ok(DatabaseConfig {
            app_url: env.required_secret("DATABASE_URL", "the URL of the database with the role mcom_app")?,
            platform_url: env
                .required_secret("DATABASE_PLATFORM_URL", "the same with the role mcom_platform")?,
            pool_size,
            acquire_timeout: Duration::from_millis(env.value("MCOM_DATABASE_WAIT_MS", 2_000)?),
            statement_timeout: Duration::from_millis(env.value("MCOM_DATABASE_STATEMENT_MS", 10_000)?),
        })
    }

    /// The form in which the data rooms take it.
    pub fn to_db(&self) -> DbConfig {
        DbConfig {
            app_url: self.app_url.expose_secret().to_owned(),
            platform_url: self.platform_url.expose_secret().to_owned(),
            pool_size: self.pool_size,
            acquire_timeout: self.acquire_timeout,
            statement_timeout: self.statement_timeout,
        }
    }
}

/// The database as its owner sees it: for migrations.
#[derive(Debug, Clone)]
pub struct Provisioning {
    /// `DATABASE_OWNER_URL`: the same database, with the role `mcom_owner` that owns the tables. Needed by `mcom migrate` only.
    /// Example: postgres://mcom_owner:secret@127.0.0.1:5432/mcom
    pub owner_url: SecretString,
    /// `DATABASE_ADMIN_URL`: a database of the same server, with a role that may create roles and databases.
    /// Needed by `mcom migrate --make-roles` only.
    /// Example: postgres://postgres:secret@127.0.0.1:5432/postgres
    pub admin_url: Option<SecretString>,
}

impl Provisioning {
    /// Reads the variables.
    ///
    /// # Errors
    /// If the owner's URL is not set.
    pub fn from_env(env: &Environment) -> Result<Self, Invalid> {
        Ok(Provisioning {
            owner_url: env
                .required_secret("DATABASE_OWNER_URL", "the URL of the database with the role mcom_owner")?,
            admin_url: env.secret("DATABASE_ADMIN_URL"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{DatabaseConfig, Environment};

    #[test]
    fn secrets_are_required_and_not_printed() {
        let url = "postgres://mcom_app:hunter2@db/mcom";
        let env = Environment::from_iter([("DATABASE_URL", url), ("DATABASE_PLATFORM_URL", url)]);
        let Ok(config) = DatabaseConfig::from_env(&env) else { unreachable!("complete") };
        assert!(!format!("{config:?}").contains("hunter2"));
        let error = DatabaseConfig::from_env(&Environment::default()).map_err(|error| error.name);
        assert_eq!(error.err(), Some("DATABASE_URL"));
    }
}
