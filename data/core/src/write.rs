//! `cx.write("verb", …)`: one transaction holds the change, its events, its jobs and its audit row.

use std::ops::AsyncFn;

use diesel::sql_types::{BigInt, Text};
use diesel_async::RunQueryDsl;

use crate::{
    Cx, Error, Prepare, Result, TenantConn, TenantWork, audit,
    change::{self, Transaction},
};

/// How often a transaction that lost a race is run again before the caller is told to.
const TRIES: u32 = 8;

impl Cx {
    /// Runs `work` in one transaction and commits it. What lost a race with another transaction is run again, so `work` must not
    /// touch anything but its connection. Nothing of it remains if it fails.
    ///
    /// # Errors
    /// Those of `work`; `Busy` if the race is lost again and again.
    #[tracing::instrument(skip_all, fields(verb = verb))]
    pub async fn write<T, F>(&self, verb: &'static str, work: F) -> Result<T>
    where
        for<'c> F: AsyncFn(&'c mut TenantConn) -> Result<T>
            + TenantWork<&'c mut TenantConn, Result<T>, Future: Send>,
    {
        self.write_audited(Some(verb), work).await
    }

    /// The same without an audit row: for what buyers do with their carts.
    ///
    /// # Errors
    /// As [`Cx::write`].
    pub async fn write_quietly<T, F>(&self, work: F) -> Result<T>
    where
        for<'c> F: AsyncFn(&'c mut TenantConn) -> Result<T>
            + TenantWork<&'c mut TenantConn, Result<T>, Future: Send>,
    {
        self.write_audited(None, work).await
    }

    async fn write_audited<T, F>(&self, verb: Option<&'static str>, work: F) -> Result<T>
    where
        for<'c> F: AsyncFn(&'c mut TenantConn) -> Result<T>
            + TenantWork<&'c mut TenantConn, Result<T>, Future: Send>,
    {
        for attempt in 1..=TRIES {
            match self.attempt(verb, &work).await {
                Err(error) if error.lost_a_race() => tracing::debug!(attempt, "lost a race; running again"),
                done => return done,
            }
        }
        Err(Error::Busy)
    }

    async fn attempt<T, F>(&self, verb: Option<&'static str>, work: &F) -> Result<T>
    where
        for<'c> F: AsyncFn(&'c mut TenantConn) -> Result<T>
            + TenantWork<&'c mut TenantConn, Result<T>, Future: Send>,
    {
        let mut db = self.begin_write().await?;
        match self.inside(verb, work, &mut db).await {
            Ok((answer, by)) => {
                let changes = db.commit().await?;
                self.loaders().forget();
                self.services().changes.tell_all(self.tenant().id(), &changes, by);
                Ok(answer)
            }
            Err(error) => {
                if let Err(cause) = db.rollback().await {
                    tracing::debug!(%cause, "rollback failed; the connection is dropped");
                }
                Err(error)
            }
        }
    }

    async fn inside<T, F>(
        &self,
        verb: Option<&'static str>,
        work: &F,
        db: &mut TenantConn,
    ) -> Result<(T, Option<Transaction>)>
    where
        for<'c> F: AsyncFn(&'c mut TenantConn) -> Result<T>
            + TenantWork<&'c mut TenantConn, Result<T>, Future: Send>,
    {
        if let Some(ticket) = self.ticket() {
            ticket.mark(db).await?;
        }
        let answer = work(db).await?;
        if let Some(verb) = verb {
            audit::record(self, db, verb).await?;
        }
        let by = self.notify(db).await?;
        Ok((answer, by))
    }

    /// Tells the other processes at commit; answers with the number of the transaction if there is something to tell. Within one
    /// transaction PostgreSQL sends equal messages once.
    async fn notify(&self, db: &mut TenantConn) -> Result<Option<Transaction>> {
        let bus = &self.services().changes;
        let told: Vec<_> =
            db.changes().iter().copied().filter(|change| bus.concerns_others(*change)).collect();
        let mut by = None;
        for message in change::messages(db.tenant_id(), &told)? {
            let sent = diesel::sql_query(NOTIFY).bind::<Text, _>(change::CHANNEL).bind::<Text, _>(message);
            by = Some(Transaction(sent.prepared().get_result::<Sent>(db.conn()).await?.number));
        }
        Ok(by)
    }
}

/// Sends a message to the listeners of a channel when the transaction commits, after the transaction's number.
const NOTIFY: &str = "select t.number::bigint as number
    from (select pg_current_xact_id()::text as number) t, lateral pg_notify($1, t.number || ' ' || $2)";

#[derive(diesel::QueryableByName)]
struct Sent {
    #[diesel(sql_type = BigInt)]
    number: i64,
}
