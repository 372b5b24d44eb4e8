//! The database: three pools for three roles, and the two handles through which SQL runs.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use diesel::connection::{Instrumentation, InstrumentationEvent};
use diesel::prelude::*;
use diesel_async::{
    AnsiTransactionManager, AsyncConnection, AsyncPgConnection, RunQueryDsl, TransactionManager,
    pooled_connection::{
        AsyncDieselConnectionManager, ManagerConfig, PoolError,
        bb8::{Pool, PooledConnection, RunError},
    },
};

use crate::{Change, Error, Result, Tenant, TenantId};

/// Where the database is and how much of it may be used.
#[derive(Debug, Clone)]
pub struct DbConfig {
    /// URL of the serving role (`mcom_app`): bound by row-level security.
    pub app_url: String,
    /// URL of the role for the few cross-tenant jobs (`mcom_platform`).
    pub platform_url: String,
    /// Connections of the serving role.
    pub pool_size: u32,
    /// How long a request may wait for a connection.
    pub acquire_timeout: Duration,
    /// How long one statement may run.
    pub statement_timeout: Duration,
}

type PgPool = Pool<AsyncPgConnection>;
type Pooled = PooledConnection<'static, AsyncPgConnection>;

/// The pools. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    app: PgPool,
    platform: PgPool,
}

/// A closure that works on a connection; says that its future is `Send`, which the stable language cannot say of an `AsyncFn`.
pub trait TenantWork<T, R>: AsyncFn(T) -> R + Fn(T) -> <Self as TenantWork<T, R>>::Future {
    /// The closure's future.
    type Future: Future<Output = R>;
}

impl<F, T, Fut, R> TenantWork<T, R> for F
where
    F: AsyncFn(T) -> R + Fn(T) -> Fut,
    Fut: Future<Output = R>,
{
    type Future = Fut;
}

impl Db {
    /// Opens the pools and makes sure that the serving role is bound by row-level security.
    ///
    /// # Errors
    /// If the database cannot be reached, or a URL is of a role that would bypass the walls between tenants.
    pub async fn connect(config: &DbConfig) -> anyhow::Result<Db> {
        let app = pool(&config.app_url, config.pool_size, config).await?;
        let platform = pool(&config.platform_url, config.pool_size.clamp(1, 4), config).await?;
        let db = Db { app, platform };
        db.refuse_privilege().await?;
        Ok(db)
    }

    /// Pools that never find a database: every use is answered `Busy` or `Broken`.
    pub(crate) fn unconnected() -> Db {
        let nowhere = || {
            let manager = AsyncDieselConnectionManager::new("postgresql://nobody@127.0.0.1:1/none");
            Pool::builder().max_size(1).connection_timeout(Duration::from_millis(20)).build_unchecked(manager)
        };
        Db { app: nowhere(), platform: nowhere() }
    }

    /// A READ ONLY transaction of one tenant, opened in one message.
    pub(crate) async fn read(&self, tenant: &Tenant, statements: &Arc<AtomicU32>) -> Result<TenantConn> {
        self.begin("BEGIN READ ONLY", tenant, statements).await
    }

    /// A writing transaction of one tenant.
    pub(crate) async fn begin_write(
        &self,
        tenant: &Tenant,
        statements: &Arc<AtomicU32>,
    ) -> Result<TenantConn> {
        self.begin("BEGIN", tenant, statements).await
    }

    /// A connection that sees all tenants: for provisioning, the directory and the queue. Each caller is on the audit list.
    ///
    /// # Errors
    /// `Busy` if no connection is free in time.
    pub async fn platform(&self) -> Result<PlatformConn> {
        Ok(PlatformConn { conn: self.platform.get_owned().await.map_err(unavailable)? })
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// `Busy` if no connection is free in time, `Broken` if the statement fails.
    pub async fn ping(&self) -> Result<()> {
        let mut conn = self.app.get().await.map_err(unavailable)?;
        diesel::sql_query("select 1").execute(&mut *conn).await?;
        Ok(())
    }

    async fn begin(&self, how: &str, tenant: &Tenant, statements: &Arc<AtomicU32>) -> Result<TenantConn> {
        let mut conn = self.app.get_owned().await.map_err(unavailable)?;
        conn.set_instrumentation(Counter(statements.clone()));
        // One message, known to the transaction manager: a connection dropped or cancelled in the middle is thrown away by the pool.
        let sql = format!("{how}; select set_config('app.tenant_id', '{}', true)", tenant.id());
        AnsiTransactionManager::begin_transaction_sql(&mut *conn, &sql).await?;
        Ok(TenantConn { conn, tenant: tenant.id(), changes: vec![] })
    }

    async fn refuse_privilege(&self) -> anyhow::Result<()> {
        let mut app = self.app.get().await?;
        let role: Role = diesel::sql_query(ROLE).get_result(&mut *app).await?;
        anyhow::ensure!(
            !role.privileged,
            "the database role «{}» may bypass row-level security (superuser, BYPASSRLS or owner of the tables): \
             serve as mcom_app; `mcom migrate` makes that role",
            role.name
        );
        Ok(())
    }
}

const ROLE: &str = "select current_user::text as name, (r.rolsuper or r.rolbypassrls
        or exists (select 1 from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
                   and pg_has_role(current_user, c.relowner, 'MEMBER'))) as privileged
    from pg_roles r where r.rolname = current_user";

#[derive(QueryableByName)]
struct Role {
    #[diesel(sql_type = diesel::sql_types::Text)]
    name: String,
    #[diesel(sql_type = diesel::sql_types::Bool)]
    privileged: bool,
}

async fn pool(url: &str, size: u32, config: &DbConfig) -> anyhow::Result<PgPool> {
    let timeout = config.statement_timeout.as_millis();
    let mut manager = ManagerConfig::default();
    manager.custom_setup = Box::new(move |url| {
        let url = url.to_owned();
        Box::pin(async move {
            let mut conn = AsyncPgConnection::establish(&url).await?;
            let setting = format!("set statement_timeout = {timeout}; set lock_timeout = {timeout}");
            diesel_async::SimpleAsyncConnection::batch_execute(&mut conn, &setting)
                .await
                .map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
            Ok(conn)
        })
    });
    manager.recycling_method = diesel_async::pooled_connection::RecyclingMethod::Fast;
    let manager = AsyncDieselConnectionManager::new_with_config(url, manager);
    Ok(Pool::builder().max_size(size).connection_timeout(config.acquire_timeout).build(manager).await?)
}

fn unavailable(error: RunError) -> Error {
    match error {
        RunError::TimedOut => Error::Busy,
        RunError::User(PoolError::ConnectionError(cause)) => Error::broken(cause),
        RunError::User(PoolError::QueryError(cause)) => Error::broken(cause),
    }
}

/// The only handle with which a tenant's tables can be read or written. It exists only inside a transaction
/// that is bound to the tenant, and dropping it rolls back.
pub struct TenantConn {
    conn: Pooled,
    tenant: TenantId,
    changes: Vec<Change>,
}

impl TenantConn {
    /// The value of every `tenant_id` written here.
    pub fn tenant_id(&self) -> i64 {
        self.tenant.0
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
    /// Lends the connection to one statement. Callers are listed by a test.
    pub fn conn(&mut self) -> &mut AsyncPgConnection {
        &mut self.conn
    }
}

/// Counts statements, BEGIN with its setting and COMMIT left out.
struct Counter(Arc<AtomicU32>);

impl Instrumentation for Counter {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::StartQuery { .. } => self.0.fetch_add(1, Ordering::Relaxed),
            InstrumentationEvent::BeginTransaction { .. }
            | InstrumentationEvent::CommitTransaction { .. }
            | InstrumentationEvent::RollbackTransaction { .. } => self.0.fetch_sub(1, Ordering::Relaxed),
            _ => 0,
        };
    }
}
