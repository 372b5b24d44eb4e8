//! Hearing what other processes changed, on a connection of its own.

use std::time::Duration;

use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use futures_util::StreamExt;

use crate::{
    Change, Error, Result, Services,
    change::{CHANNEL, Told},
};

/// A silent connection is asked this often whether it still lives.
const SILENCE: Duration = Duration::from_secs(15);
/// How long an answer to that may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// Pauses between attempts to connect again.
const PAUSES: [Duration; 4] =
    [Duration::from_millis(50), Duration::from_millis(500), Duration::from_secs(2), Duration::from_secs(5)];

/// Tells `services.changes` what other processes change, for ever. Whenever the connection was lost, something may have been
/// missed, so everything is declared stale. What this process wrote comes back too: a caller that was cancelled between its commit
/// and the telling leaves nothing stale.
pub async fn listen(services: &Services) {
    let mut failures = 0;
    loop {
        let heard = hear(services, &mut failures).await;
        let pause = PAUSES[failures.min(PAUSES.len() - 1)];
        failures += 1;
        if let Err(error) = heard {
            tracing::warn!(%error, pause_ms = pause.as_millis(), "changes by other processes cannot be heard; connecting again");
        }
        services.changes.tell(Told { tenant: 0, change: Change::Everything });
        tokio::time::sleep(pause).await;
    }
}

/// Hears until the connection is lost.
async fn hear(services: &Services, failures: &mut usize) -> Result<()> {
    let mut conn = services.db.dedicated().await?;
    conn.batch_execute(&format!("listen {CHANNEL}")).await?;
    // Told before and after: caches filled while nobody listened may be stale already.
    services.changes.tell(Told { tenant: 0, change: Change::Everything });
    *failures = 0;
    loop {
        match tokio::time::timeout(SILENCE, next(&mut conn)).await {
            Ok(message) => services.changes.tell_message(&message?),
            Err(_) => probe(&mut conn).await?,
        }
    }
}

async fn next(conn: &mut AsyncPgConnection) -> Result<String> {
    let mut heard = std::pin::pin!(conn.notifications_stream());
    match heard.next().await {
        Some(notification) => Ok(notification?.payload),
        None => Err(Error::bug("the connection was closed")),
    }
}

async fn probe(conn: &mut AsyncPgConnection) -> Result<()> {
    let answer = diesel::sql_query("select 1").execute(conn);
    tokio::time::timeout(PATIENCE, answer).await.map_err(|_| Error::bug("the connection is silent"))??;
    Ok(())
}
