//! The circuit breaker: after some failures nobody asks for a while, then one asks whether it is over.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// Failures in a row that open the circuit.
const FAILURES: u32 = 3;
/// How long nobody asks.
const REST: Duration = Duration::from_millis(500);

/// Whether something that is asked over the network is believed to be there.
#[derive(Default)]
pub(super) struct Breaker(Mutex<State>);

#[derive(Default)]
struct State {
    failures: u32,
    /// When the circuit is open: from when on somebody may ask.
    ask_again: Option<Instant>,
}

/// Leave to ask once.
pub(super) struct Attempt<'b>(&'b Breaker);

impl Breaker {
    /// Leave to ask; `None` while the circuit is open. Of those who come when the rest is over one gets leave.
    pub(super) fn attempt(&self) -> Option<Attempt<'_>> {
        let mut state = self.state();
        if let Some(again) = state.ask_again {
            let now = Instant::now();
            if now < again {
                return None;
            }
            state.ask_again = Some(now + REST);
        }
        Some(Attempt(self))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Attempt<'_> {
    /// There was an answer.
    pub(super) fn succeeded(self) {
        let mut state = self.0.state();
        if state.ask_again.take().is_some() {
            tracing::info!("Redis answers again");
        }
        state.failures = 0;
    }

    /// There was none.
    pub(super) fn failed<T>(self, why: &str) -> Option<T> {
        let mut state = self.0.state();
        state.failures += 1;
        if state.failures >= FAILURES && state.ask_again.is_none() {
            tracing::warn!(why, "Redis does not answer; going on without it");
            state.ask_again = Some(Instant::now() + REST);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{Breaker, FAILURES};

    fn fail(breaker: &Breaker) {
        let none: Option<()> = breaker.attempt().unwrap().failed("test");
        assert!(none.is_none());
    }

    #[test]
    fn after_failures_in_a_row_nobody_asks() {
        let breaker = Breaker::default();
        (1..FAILURES).for_each(|_| fail(&breaker));
        breaker.attempt().unwrap().succeeded();
        (0..FAILURES).for_each(|_| fail(&breaker));
        assert!(breaker.attempt().is_none());
    }

    #[test]
    fn when_the_rest_is_over_one_asks_and_an_answer_closes_the_circuit() {
        let breaker = Breaker::default();
        (0..FAILURES).for_each(|_| fail(&breaker));
        breaker.state().ask_again = Some(std::time::Instant::now());
        let probe = breaker.attempt().unwrap();
        assert!(breaker.attempt().is_none(), "one is enough");
        probe.succeeded();
        assert!(breaker.attempt().is_some() && breaker.attempt().is_some());
    }
}
