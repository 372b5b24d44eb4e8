//! What processes cost, read from /proc.

use std::fs;

use super::{ground::Ground, server::Running};

/// Ticks of processor time in a second, as /proc counts them on every Linux of today.
const TICKS_PER_SECOND: f64 = 100.0;

/// Processor time spent so far, in milliseconds.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Spent {
    /// By the server.
    pub server_ms: f64,
    /// By PostgreSQL's processes for this database and for all; none if they are not on this machine.
    pub database_ms: Option<f64>,
}

impl Spent {
    /// What was spent up to now.
    ///
    /// # Errors
    /// If the database cannot be asked for its processes.
    pub async fn now(ground: &Ground, running: &Running) -> anyhow::Result<Self> {
        let pids = ground.services.db.server_processes().await?;
        let each: Option<Vec<f64>> = pids
            .into_iter()
            .filter_map(|pid| u32::try_from(pid).ok())
            .filter(|pid| fs::exists(format!("/proc/{pid}/stat")).unwrap_or(false))
            .map(cpu_ms)
            .collect();
        let database_ms = each.filter(|each| !each.is_empty()).map(|each| each.iter().sum());
        Ok(Spent { server_ms: cpu_ms(running.pid()).unwrap_or_default(), database_ms })
    }

    /// What was spent since `before`.
    pub fn since(self, before: &Spent) -> Spent {
        let database_ms = self.database_ms.zip(before.database_ms).map(|(now, then)| (now - then).max(0.0));
        Spent { server_ms: self.server_ms - before.server_ms, database_ms }
    }
}

fn cpu_ms(pid: u32) -> Option<f64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    ticks(&stat).map(|ticks| ticks / TICKS_PER_SECOND * 1_000.0)
}

/// User and system time: the 12th and 13th field behind the name, which may contain anything.
fn ticks(stat: &str) -> Option<f64> {
    let (_, rest) = stat.rsplit_once(')')?;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    Some(fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?)
}

/// The most memory that the process had in RAM so far.
pub(super) fn peak_rss_mib(pid: u32) -> f64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().next()).and_then(|kib| kib.parse::<f64>().ok());
    kib.unwrap_or_default() / 1_024.0
}

/// Processor, cores and memory, in one line.
pub(super) fn described() -> String {
    let first = |file: &str, name: &str| {
        let text = fs::read_to_string(file).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with(name)).map(str::to_owned);
        line.and_then(|line| line.split_once(':').map(|(_, value)| value.trim().to_owned()))
            .unwrap_or_default()
    };
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let kib: f64 = first("/proc/meminfo", "MemTotal")
        .split_whitespace()
        .next()
        .and_then(|n| n.parse().ok())
        .unwrap_or(0.0);
    format!("{}, {cores} cores, {:.0} GiB", first("/proc/cpuinfo", "model name"), kib / 1_048_576.0)
}

#[cfg(test)]
mod tests {
    use super::{cpu_ms, ticks};

    #[test]
    fn ticks_are_found_behind_any_name() {
        assert_eq!(ticks("7 (a (b) c) S 1 2 3 4 5 6 7 8 9 10 40 2 0 0"), Some(42.0));
        assert!(cpu_ms(std::process::id()).is_some());
    }
}
