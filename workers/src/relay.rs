//! The loop that hands events over to their consumers, and that sleeps while nothing happens.

use std::{sync::Arc, time::Duration};

use mcom_data::{
    Change, Result, Services, TenantId,
    delivery::{self, Span},
};
use tokio::sync::Notify;

/// How long it sleeps at most: for what was written while nobody could be told.
const POLL: Duration = Duration::from_secs(5);
/// How long it gathers events before it hands them over, so that a thousand writes a second are not a thousand rounds.
const GATHER: Duration = Duration::from_millis(100);

/// The relay of a worker. Every worker has one; what one has in its hands the others leave alone.
pub(crate) struct Relay {
    services: Arc<Services>,
    woken: Arc<Notify>,
}

impl Relay {
    /// A relay that wakes up when this process or another tells of events.
    pub(crate) fn new(services: Arc<Services>) -> Self {
        let woken = Arc::new(Notify::new());
        let alarm = woken.clone();
        services.changes.listen(move |told| {
            if matches!(told.change, Change::Events | Change::Everything) {
                alarm.notify_one();
            }
        });
        Relay { services, woken }
    }

    /// Hands over until it is dropped. A round that is cut off is rolled back.
    pub(crate) async fn run(&self) {
        let _relaying = self.services.changes.relaying();
        loop {
            if let Err(error) = hand_over_all(&self.services, None).await {
                tracing::warn!(%error, "events could not be handed over; they wait in the outbox");
            }
            tokio::select! {
                () = self.woken.notified() => tokio::time::sleep(GATHER).await,
                () = tokio::time::sleep(POLL) => {}
            }
        }
    }
}

/// Hands over what is in the outbox, of one store or of all in turn, until nothing is left but what came in meanwhile. Answers with the number
/// of events.
pub(crate) async fn hand_over_all(services: &Services, store: Option<TenantId>) -> Result<i64> {
    let (mut events, mut is_more, mut after) = (0, false, None);
    loop {
        let span = match store {
            Some(store) => Span::Store(store),
            None => Span::After(after),
        };
        let round = delivery::hand_over(services, span).await?;
        events += round.events;
        is_more |= round.is_full;
        after = round.after;
        if after.is_none() && !std::mem::take(&mut is_more) {
            return Ok(events);
        }
    }
}
