//! How long an attempt may take.

use chrono::Duration;
use mcom_data::Cx;

/// The times of a checkout. A shared service; without one, [`Pace::default`] holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// An attempt is one process's alone for this long after each of its steps: longer than three calls of a provider take.
    pub lease: Duration,
    /// Stock is held this long for a buyer who has to confirm a payment.
    pub hold: Duration,
    /// An attempt that has not become an order after this long is unwound instead of driven on.
    pub patience: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Pace { lease: Duration::seconds(60), hold: Duration::minutes(15), patience: Duration::minutes(30) }
    }
}

impl Pace {
    /// The process's own.
    pub(super) fn of(cx: &Cx) -> Self {
        cx.services().get::<Pace>().map_or_else(Pace::default, |pace| *pace)
    }
}
