//! The tenant: a store that is known to exist and to be open. Only this file makes one.

use std::{fmt, sync::Arc};

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use mcom_schema::id::StoreId;
use mcom_tables::{domains, organizations, plans, stores};

use crate::{Db, Error, PlatformConn, Result};

/// The number that every row of a store carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct TenantId(pub(crate) i64);

impl TenantId {
    /// The plain number, for logs, cache keys and `tenant_id` columns.
    pub fn get(self) -> i64 {
        self.0
    }
}

impl fmt::Display for TenantId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A resolved and open store: the ticket without which no SQL runs. Made by Host resolution and by the claim of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenant {
    id: TenantId,
    handle: Arc<str>,
    host: Arc<str>,
    limit: RateLimit,
}

/// How much one access token may ask, by the store's plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    /// Requests per second in the long run.
    pub per_second: u32,
    /// Requests that may be saved up.
    pub burst: u32,
}

impl Tenant {
    /// A store that is in no database; only for contexts without one.
    pub(crate) fn nowhere() -> Self {
        let limit = RateLimit { per_second: 0, burst: 0 };
        Tenant { id: TenantId(0), handle: "nowhere".into(), host: "nowhere.localhost".into(), limit }
    }

    /// The number in every row.
    pub fn id(&self) -> TenantId {
        self.id
    }

    /// The store as its public id shows it.
    pub fn store(&self) -> StoreId {
        StoreId(self.id.0)
    }

    /// The store's own name in addresses.
    pub fn handle(&self) -> &str {
        &self.handle
    }

    /// The store's primary domain if it has one, else `{handle}.localhost`.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// What one access token may ask of this store.
    pub fn limit(&self) -> RateLimit {
        self.limit
    }
}

#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = stores, check_for_backend(diesel::pg::Pg))]
struct StoreRow {
    id: i64,
    handle: String,
    status: String,
}

/// The open store with this handle or, where there is none, this host.
pub(crate) async fn find(db: &Db, handle: Option<&str>, host: &str) -> Result<Option<Tenant>> {
    let mut db = db.platform().await?;
    let mut query = stores::table.select(StoreRow::as_select()).into_boxed();
    query = match handle {
        Some(handle) => query.filter(stores::handle.eq(handle)),
        None => {
            let owner = domains::table.filter(domains::host.eq(host)).select(domains::store_id);
            query.filter(stores::id.eq_any(owner))
        }
    };
    match query.first(db.conn()).await.optional()? {
        Some(row) if row.status == "active" => Ok(Some(open(&mut db, row).await?)),
        _ => Ok(None),
    }
}

/// The tenant a claimed job belongs to.
///
/// # Errors
/// `NotFound` if the store is gone or closed.
pub(crate) async fn of_claim(db: &mut PlatformConn, store: i64) -> Result<Tenant> {
    let row = stores::table.find(store).select(StoreRow::as_select()).first(db.conn()).await.optional()?;
    match row {
        Some(row) if row.status != "closed" => open(db, row).await,
        _ => Err(Error::NotFound("store")),
    }
}

async fn open(db: &mut PlatformConn, row: StoreRow) -> Result<Tenant> {
    let (per_second, burst): (i32, i32) = stores::table
        .find(row.id)
        .inner_join(organizations::table.on(organizations::id.eq(stores::organization_id)))
        .inner_join(plans::table.on(plans::id.eq(organizations::plan_id)))
        .select((plans::requests_per_second, plans::request_burst))
        .first(db.conn())
        .await?;
    let primary: Option<String> = domains::table
        .filter(domains::store_id.eq(row.id).and(domains::is_primary))
        .select(domains::host)
        .first(db.conn())
        .await
        .optional()?;
    let host = primary.unwrap_or_else(|| format!("{}.localhost", row.handle));
    let limit = RateLimit { per_second: per_second.unsigned_abs(), burst: burst.unsigned_abs() };
    Ok(Tenant { id: TenantId(row.id), handle: row.handle.into(), host: host.into(), limit })
}
