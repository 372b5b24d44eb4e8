//! The database: one pool for the role that serves, one for the few jobs across tenants.

use std::{
    sync::{Arc, atomic::AtomicU32},
    time::Duration,
};

use diesel_async::{
    AnsiTransactionManager, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection,
    pooled_connection::{
        AsyncDieselConnectionManager, ManagerConfig, PoolError,
        bb8::{Pool, PooledConnection, RunError},
    },
};

use crate::{Error, PlatformConn, Result, Tenant, TenantConn, conn::Statements, role, server::Server};

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
pub(crate) type Pooled = PooledConnection<'static, AsyncPgConnection>;

/// The pools. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    app: PgPool,
    platform: PgPool,
    server: Option<Server>,
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
        let server = Server::parse(&config.app_url)?;
        // A pool would only say that it waited in vain.
        server.connect().await?;
        let app = pool(server.clone(), config.pool_size, config).await?;
        let platform = Server::parse(&config.platform_url)?;
        let platform = pool(platform, config.pool_size.clamp(1, 4), config).await?;
        role::refuse_privilege(&mut *app.get().await?).await?;
        role::refuse_ownership(&mut *platform.get().await?).await?;
        Ok(Db { app, platform, server: Some(server) })
    }

    /// Pools that never find a database: every use is answered `Busy` or `Broken`.
    pub(crate) fn unconnected() -> Db {
        let nowhere = || {
            let manager = AsyncDieselConnectionManager::new("postgresql://nobody@127.0.0.1:1/none");
            Pool::builder().max_size(1).connection_timeout(Duration::from_millis(20)).build_unchecked(manager)
        };
        Db { app: nowhere(), platform: nowhere(), server: None }
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
        Ok(PlatformConn::new(self.platform.get_owned().await.map_err(unavailable)?))
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

    /// A name that no other database has, of the cluster and of the database in it: for what is kept outside and follows it. Another
    /// database, a restored one too, numbers its stores and snapshots anew.
    ///
    /// # Errors
    /// `Busy` if no connection is free in time, `Broken` if the statement fails.
    pub async fn identity(&self) -> Result<String> {
        let mut conn = self.app.get().await.map_err(unavailable)?;
        let named: Identity = diesel::sql_query(IDENTITY).get_result(&mut *conn).await?;
        Ok(named.identity)
    }

    /// A connection of the serving role without a tenant: it sees no store's rows.
    pub(crate) async fn serving(&self) -> Result<Pooled> {
        self.app.get_owned().await.map_err(unavailable)
    }

    /// A connection of its own, outside the pools: for hearing what other processes tell.
    pub(crate) async fn dedicated(&self) -> Result<AsyncPgConnection> {
        let server = self.server.as_ref().ok_or(Error::Busy)?;
        server.connect().await.map_err(Error::broken)
    }

    async fn begin(&self, how: &str, tenant: &Tenant, statements: &Arc<AtomicU32>) -> Result<TenantConn> {
        let mut conn = self.app.get_owned().await.map_err(unavailable)?;
        let spoiled = Statements::watch(&mut conn, statements);
        // One message, known to the transaction manager: a connection dropped or cancelled in the middle is thrown away by the pool.
        let sql = format!("{how}; set local app.tenant_id = '{}'", tenant.id());
        AnsiTransactionManager::begin_transaction_sql(&mut *conn, &sql).await?;
        Ok(TenantConn::new(conn, tenant.id(), spoiled))
    }
}

const IDENTITY: &str = "select system_identifier || '-' || oid as identity
    from pg_control_system(), pg_database where datname = current_database()";

#[derive(diesel::QueryableByName)]
struct Identity {
    #[diesel(sql_type = diesel::sql_types::Text)]
    identity: String,
}

async fn pool(server: Server, size: u32, config: &DbConfig) -> anyhow::Result<PgPool> {
    let timeout = config.statement_timeout.as_millis();
    let mut manager = ManagerConfig::default();
    manager.custom_setup = Box::new(move |_| {
        let server = server.clone();
        Box::pin(async move {
            let mut conn = server.connect().await?;
            // Statements here are short: compiling one takes seconds, and only their estimates are long. And none has a reason to read the
            // rows of all stores: a plan made while a table was small would go on doing that when it no longer is. Plans are for any values,
            // those of the largest store (migration 000102): planning for one store's costs more than the statements, and is blind to new stores.
            let setting = format!(
                "set statement_timeout = {timeout}; set lock_timeout = {timeout}; set jit = off; set enable_seqscan = off; \
                 set plan_cache_mode = force_generic_plan"
            );
            conn.batch_execute(&setting).await.map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
            Ok(conn)
        })
    });
    manager.recycling_method = diesel_async::pooled_connection::RecyclingMethod::Fast;
    let manager = AsyncDieselConnectionManager::new_with_config("", manager);
    Ok(Pool::builder().max_size(size).connection_timeout(config.acquire_timeout).build(manager).await?)
}

fn unavailable(error: RunError) -> Error {
    match error {
        RunError::TimedOut => Error::Busy,
        RunError::User(PoolError::ConnectionError(cause)) => Error::broken(cause),
        RunError::User(PoolError::QueryError(cause)) => Error::broken(cause),
    }
}
