//! Starts the log.

use anyhow::Context;
use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt, util::SubscriberInitExt};

use super::line::{Line, Pairs};
use crate::config::{LogConfig, LogFormat};

/// From here on, what is traced is written to standard error.
///
/// # Errors
/// If the filter cannot be read.
pub(super) fn start(config: &LogConfig) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&config.filter).context("MCOM_LOG is not a filter")?;
    let registry = tracing_subscriber::registry().with(filter);
    match config.format {
        LogFormat::Json => {
            let lines = fmt::layer().fmt_fields(Pairs).event_format(Line);
            registry.with(lines.with_writer(std::io::stderr)).init();
        }
        LogFormat::Text => registry.with(fmt::layer().with_writer(std::io::stderr)).init(),
    }
    Ok(())
}
