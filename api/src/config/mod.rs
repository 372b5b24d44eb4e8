//! Configuration: one struct per concern, read from the environment once at start. No other folder reads the environment.

mod database;
mod environment;
mod example;
mod http;
mod log;
mod mail;
mod objects;
mod payments;
mod redis;
mod roles;
mod search;
mod tls;
mod worker;

pub use database::{DatabaseConfig, Provisioning};
pub use environment::{Environment, Invalid};
pub use example::example;
pub use http::HttpConfig;
pub use log::{LogConfig, LogFormat};
pub use mail::MailConfig;
pub use objects::ObjectsConfig;
pub use payments::PaymentsConfig;
pub use redis::RedisConfig;
pub use roles::RolesConfig;
pub use search::SearchConfig;
pub use tls::TlsConfig;
pub use worker::WorkerConfig;

/// Everything that a serving process is told from outside.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the database is.
    pub database: DatabaseConfig,
    /// Who is served, and how.
    pub http: HttpConfig,
    /// What is logged.
    pub log: LogConfig,
    /// How mails leave the house.
    pub mail: MailConfig,
    /// Where large content is kept.
    pub objects: ObjectsConfig,
    /// Who takes the money.
    pub payments: PaymentsConfig,
    /// What processes share besides the database.
    pub redis: RedisConfig,
    /// Where the other processes are.
    pub roles: RolesConfig,
    /// What products are searched with.
    pub search: SearchConfig,
    /// Encrypted connections.
    pub tls: TlsConfig,
    /// How background work is done.
    pub worker: WorkerConfig,
}

impl Config {
    /// Reads every variable.
    ///
    /// # Errors
    /// Names the variable that is missing or wrong, and what it should look like.
    pub fn from_env(env: &Environment) -> Result<Self, Invalid> {
        Ok(Config {
            database: DatabaseConfig::from_env(env)?,
            http: HttpConfig::from_env(env)?,
            log: LogConfig::from_env(env)?,
            mail: MailConfig::from_env(env)?,
            objects: ObjectsConfig::from_env(env)?,
            payments: PaymentsConfig::from_env(env)?,
            redis: RedisConfig::from_env(env)?,
            roles: RolesConfig::from_env(env)?,
            search: SearchConfig::from_env(env)?,
            tls: TlsConfig::from_env(env)?,
            worker: WorkerConfig::from_env(env)?,
        })
    }
}
