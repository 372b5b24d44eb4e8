//! What is logged, and in which form.

use std::str::FromStr;

use super::{Environment, Invalid};

/// The log of a process.
#[derive(Debug, Clone)]
pub struct LogConfig {
    /// `MCOM_LOG`: what is logged, as tracing filters say it.
    /// Default: info
    pub filter: String,
    /// `MCOM_LOG_FORMAT`: `json` for machines, `text` for people.
    /// Default: json
    pub format: LogFormat,
}

/// The form of a line of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// One JSON object.
    Json,
    /// Words.
    Text,
}

impl FromStr for LogFormat {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "json" => Ok(LogFormat::Json),
            "text" => Ok(LogFormat::Text),
            _ => Err("it must be json or text"),
        }
    }
}

impl LogConfig {
    /// Reads the variables.
    ///
    /// # Errors
    /// Names the variable that is wrong.
    pub fn from_env(env: &Environment) -> Result<Self, Invalid> {
        Ok(LogConfig {
            filter: env.text("MCOM_LOG").unwrap_or_else(|| "info".to_owned()),
            format: env.value("MCOM_LOG_FORMAT", LogFormat::Json)?,
        })
    }
}
