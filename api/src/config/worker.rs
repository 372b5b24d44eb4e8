//! How background work is done.

use super::{Environment, Invalid};

/// The worker of a process.
#[derive(Debug, Clone)]
pub struct WorkerConfig {
    /// `MCOM_WORKER_JOBS`: jobs that one worker process does at the same time.
    /// Default: 4
    pub concurrency: usize,
}

impl WorkerConfig {
    /// Reads the variables.
    ///
    /// # Errors
    /// Names the variable that is wrong.
    pub fn from_env(env: &Environment) -> Result<Self, Invalid> {
        Ok(WorkerConfig { concurrency: env.value("MCOM_WORKER_JOBS", 4)? })
    }
}
