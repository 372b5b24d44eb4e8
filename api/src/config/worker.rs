//! How background work is done.

use std::time::Duration;

use super::{Environment, Invalid};

/// The worker of a process.
#[derive(Debug, Clone)]
pub struct WorkerConfig {
    /// `MCOM_WORKER_JOBS`: jobs that one worker process does at the same time.
    /// Default: 4
    pub concurrency: usize,
    /// `MCOM_WORKER_LEASE_MS`: after this long without a sign of life another worker takes a job up, in milliseconds.
    /// Default: 30000
    pub lease: Duration,
}

impl WorkerConfig {
    /// Reads the variables.
    ///
    /// # Errors
    /// Names the variable that is wrong.
    pub fn from_env(env: &Environment) -> Result<Self, Invalid> {
        let lease = Duration::from_millis(env.value("MCOM_WORKER_LEASE_MS", 30_000)?);
        Ok(WorkerConfig { concurrency: env.value("MCOM_WORKER_JOBS", 4)?, lease })
    }
}
