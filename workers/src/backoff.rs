//! How patiently a job is tried again.

use std::time::Duration;

/// Doubling pauses between attempts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    /// Pause after the first attempt.
    pub first: Duration,
    /// No pause is longer.
    pub longest: Duration,
    /// How many attempts there are, the first included.
    pub attempts: u32,
}

impl Backoff {
    /// Ten attempts within about a quarter of an hour: for work inside the house.
    pub const SOON: Backoff =
        Backoff { first: Duration::from_secs(1), longest: Duration::from_secs(300), attempts: 10 };

    /// Never gives up, with at most a minute between attempts: for work that somebody's money hangs on.
    pub const ALWAYS: Backoff =
        Backoff { first: Duration::from_secs(1), longest: Duration::from_secs(60), attempts: u32::MAX };

    /// The pause after the `attempt`th attempt (from 1); `None` if that was the last.
    pub fn after(&self, attempt: u32) -> Option<Duration> {
        if attempt >= self.attempts {
            return None;
        }
        let doubled = self.first.saturating_mul(2u32.saturating_pow(attempt.saturating_sub(1)));
        Some(doubled.min(self.longest))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Backoff;

    #[test]
    fn pauses_double_up_to_the_longest_and_end_with_the_last_attempt() {
        let backoff =
            Backoff { first: Duration::from_secs(2), longest: Duration::from_secs(10), attempts: 5 };
        let pauses: Vec<_> = (1..=5).map(|attempt| backoff.after(attempt).map(|p| p.as_secs())).collect();
        assert_eq!(pauses, [Some(2), Some(4), Some(8), Some(10), None]);
    }

    #[test]
    fn what_never_gives_up_keeps_its_longest_pause() {
        assert_eq!(Backoff::ALWAYS.after(1_000_000), Some(Backoff::ALWAYS.longest));
    }
}
