//! The two handles through which SQL runs: bound to one tenant, or across all of them.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU32, Ordering},
};

use diesel::connection::{Instrumentation, InstrumentationEvent};
use diesel_async::{AnsiTransactionManager, AsyncConnection, AsyncPgConnection, TransactionManager};

use crate::{Change, Error, Result, TenantId, db::Pooled};

/// The only handle with which a tenant's tables can be read or written. It exists only inside a transaction
/// that is bound to the tenant, and dropping it rolls back.
pub struct TenantConn {
    conn: Pooled,
    tenant: TenantId,
    changes: Vec<Change>,
    spoiled: Arc<AtomicBool>,
}

impl TenantConn {
    pub(crate) fn new(conn: Pooled, tenant: TenantId, spoiled: Arc<AtomicBool>) -> Self {
        TenantConn { conn, tenant, changes: vec![], spoiled }
    }

    /// The value of every `tenant_id` written here.
    pub fn tenant_id(&self) -> i64 {
        self.tenant.get()
    }

    /// Lends the connection to one statement. Only `query.rs` files call it.
    pub fn conn(&mut self) -> &mut AsyncPgConnection {
        &mut self.conn
    }

    /// Notes what cached copies are no longer true once this transaction is committed.
    pub fn changed(&mut self, change: Change) {
        if !self.changes.contains(&change) {
            self.changes.push(change);
        }
    }

    /// What was noted by [`TenantConn::changed`].
    pub(crate) fn changes(&self) -> &[Change] {
        &self.changes
    }

    pub(crate) async fn commit(mut self) -> Result<Vec<Change>> {
        if self.spoiled.load(Ordering::Relaxed) {
            // PostgreSQL would answer COMMIT with a silent ROLLBACK. Dropping `self` throws the connection away.
            return Err(Error::bug(
                "a statement failed and its error was not passed on; nothing was written",
            ));
        }
        AnsiTransactionManager::commit_transaction(&mut *self.conn).await?;
        Ok(self.changes)
    }

    pub(crate) async fn rollback(mut self) -> Result<()> {
        AnsiTransactionManager::rollback_transaction(&mut *self.conn).await?;
        Ok(())
    }
}

/// A handle that sees every tenant.
pub struct PlatformConn {
    conn: Pooled,
}

impl PlatformConn {
    pub(crate) fn new(conn: Pooled) -> Self {
        PlatformConn { conn }
    }

    /// Lends the connection to one statement. Callers are listed by a test.
    pub fn conn(&mut self) -> &mut AsyncPgConnection {
        &mut self.conn
    }
}

/// Watches a connection: counts its statements, BEGIN with its setting and COMMIT left out, and notes whether one failed that
/// no savepoint caught.
pub(crate) struct Statements {
    count: Arc<AtomicU32>,
    spoiled: Arc<AtomicBool>,
}

impl Statements {
    /// Watches `conn` until it is watched for somebody else. Answers with the mark of a failed statement.
    pub(crate) fn watch(conn: &mut AsyncPgConnection, count: &Arc<AtomicU32>) -> Arc<AtomicBool> {
        let spoiled = Arc::default();
        conn.set_instrumentation(Statements { count: count.clone(), spoiled: Arc::clone(&spoiled) });
        spoiled
    }
}

impl Instrumentation for Statements {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::StartQuery { .. } => {
                self.count.fetch_add(1, Ordering::Relaxed);
            }
            InstrumentationEvent::FinishQuery { error: Some(_), .. } => {
                self.spoiled.store(true, Ordering::Relaxed);
            }
            // These are followed by a query of their own, which is not to count.
            InstrumentationEvent::BeginTransaction { .. }
            | InstrumentationEvent::CommitTransaction { .. } => {
                self.count.fetch_sub(1, Ordering::Relaxed);
            }
            InstrumentationEvent::RollbackTransaction { .. } => {
                self.count.fetch_sub(1, Ordering::Relaxed);
                self.spoiled.store(false, Ordering::Relaxed);
            }
            _ => {}
        }
    }
}
