//! Hearing what other processes changed, on a connection of its own.

use std::time::Duration;

use diesel::sql_types::BigInt;
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use futures_util::StreamExt;

use crate::{
    Changes, Db, Error, Result, Services,
    change::{CHANNEL, Heard, Transaction},
};

/// A silent connection is asked this often whether it still lives.
const SILENCE: Duration = Duration::from_millis(300);
/// How long an answer to that may take. Together with the silence: how long a cache may be stale at worst.
const PATIENCE: Duration = Duration::from_millis(700);
/// While changes cannot be heard, caches forget everything this often.
const DEAF: Duration = Duration::from_millis(500);
/// How long connecting may take.
const CONNECTING: Duration = Duration::from_secs(5);
/// Pauses between attempts to connect again.
const PAUSES: [Duration; 3] =
    [Duration::from_millis(50), Duration::from_millis(250), Duration::from_millis(1000)];

/// Tells `services.changes` what other processes change, for ever. While the connection is lost, something may be missed, so
/// everything is declared stale again and again. What this process wrote comes back too: a caller that was cancelled between its
/// commit and the telling leaves nothing stale.
pub async fn listen(services: &Services) {
    let changes = &services.changes;
    loop {
        let (mut conn, since) = distrusting(changes, connected(&services.db)).await;
        // Whatever was read before is stale if it changed while nobody listened.
        changes.say(Heard::Hearing(since));
        let error = hear(changes, &mut conn).await;
        tracing::warn!(%error, "changes by other processes cannot be heard; connecting again");
        changes.say(Heard::Deaf);
    }
}

/// Does `work` while the caches forget everything twice a second.
async fn distrusting<T>(changes: &Changes, work: impl Future<Output = T>) -> T {
    let mut work = std::pin::pin!(work);
    loop {
        match tokio::time::timeout(DEAF, work.as_mut()).await {
            Ok(done) => return done,
            Err(_) => changes.whisper(Heard::Deaf),
        }
    }
}

/// A connection that listens, after as many attempts as it takes, and the last transaction that may be over already.
async fn connected(db: &Db) -> (AsyncPgConnection, Transaction) {
    for failures in 0_usize.. {
        match tokio::time::timeout(CONNECTING, connect(db)).await {
            Ok(Ok(connected)) => return connected,
            Ok(Err(error)) => tracing::warn!(%error, "no connection on which changes are heard"),
            Err(_) => tracing::warn!("connecting to hear of changes takes too long"),
        }
        tokio::time::sleep(PAUSES[failures.min(PAUSES.len() - 1)]).await;
    }
    std::future::pending().await
}

async fn connect(db: &Db) -> Result<(AsyncPgConnection, Transaction)> {
    let mut conn = db.dedicated().await?;
    // Named, so that who looks at the server's connections knows why this one is always idle.
    conn.batch_execute(&format!("set application_name to '{CHANNEL}'; listen {CHANNEL}")).await?;
    let begun: Begun = diesel::sql_query(BEGUN).get_result(&mut conn).await?;
    Ok((conn, Transaction(begun.number)))
}

/// The last transaction that has a number.
const BEGUN: &str = "select pg_snapshot_xmax(pg_current_snapshot())::text::bigint - 1 as number";

#[derive(diesel::QueryableByName)]
struct Begun {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// Hears until the connection is lost; answers with how.
async fn hear(changes: &Changes, conn: &mut AsyncPgConnection) -> Error {
    loop {
        let alive = match tokio::time::timeout(SILENCE, next(conn)).await {
            Ok(message) => message.map(|message| changes.tell_message(&message)),
            Err(_) => probe(conn).await,
        };
        if let Err(error) = alive {
            return error;
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
