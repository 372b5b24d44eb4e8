//! The tenant: a store that is known to exist and to be open. Only this file makes one.

use std::{fmt, sync::Arc, time::Duration};

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use mcom_schema::id::StoreId;
use mcom_tables::{domains, organizations, plans, stores};
use moka::future::Cache;

use crate::{Db, Error, Result, db::PlatformConn, job::Claim};

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

/// Finds stores by the Host header, with a cache in front.
#[derive(Clone)]
pub struct Directory {
    db: Db,
    base_domain: Arc<str>,
    known: Cache<String, Option<Tenant>>,
}

/// A host that was found (or not) is looked up again after this long even if no one told us of a change.
const REMEMBERED: Duration = Duration::from_secs(30);

impl Directory {
    /// `base_domain`: `{handle}.{base_domain}` finds a store, as `{handle}.localhost` always does.
    pub fn new(db: Db, base_domain: &str) -> Self {
        let known = Cache::builder().max_capacity(50_000).time_to_live(REMEMBERED).build();
        Directory { db, base_domain: base_domain.to_ascii_lowercase().into(), known }
    }

    /// The open store behind a Host header, port and case disregarded.
    ///
    /// # Errors
    /// `NotFound` if no open store answers to this host; `Busy` or `Broken` if the directory cannot be read.
    pub async fn resolve(&self, host: &str) -> Result<Tenant> {
        let name = host_name(host);
        let found = self.known.try_get_with(name.clone(), self.look_up(&name)).await;
        found.map_err(|error| Error::clone(&error))?.ok_or(Error::NotFound("store"))
    }

    /// The open store with this handle.
    ///
    /// # Errors
    /// As [`Directory::resolve`].
    pub async fn by_handle(&self, handle: &str) -> Result<Tenant> {
        self.resolve(&format!("{handle}.localhost")).await
    }

    /// Forgets what was known of all hosts: a domain or a store changed.
    pub fn forget(&self) {
        self.known.invalidate_all();
    }

    async fn look_up(&self, host: &str) -> Result<Option<Tenant>> {
        let mut db = self.db.platform().await?;
        let handle = self.handle_in(host);
        let mut query = stores::table.select(StoreRow::as_select()).into_boxed();
        query = match handle {
            Some(handle) => query.filter(stores::handle.eq(handle)),
            None => {
                let owner = domains::table.filter(domains::host.eq(host)).select(domains::store_id);
                query.filter(stores::id.eq_any(owner))
            }
        };
        let row = query.first(db.conn()).await.optional()?;
        match row {
            Some(row) if row.status == "active" => Ok(Some(open(&mut db, row).await?)),
            _ => Ok(None),
        }
    }

    fn handle_in<'h>(&self, host: &'h str) -> Option<&'h str> {
        let under =
            |base: &str| host.strip_suffix(base)?.strip_suffix('.').filter(|handle| !handle.contains('.'));
        under("localhost").or_else(|| under(&self.base_domain))
    }
}

/// The tenant a claimed job belongs to.
///
/// # Errors
/// `NotFound` if the store is gone or closed.
pub(crate) async fn of_claim(db: &mut PlatformConn, claim: &Claim) -> Result<Tenant> {
    let row = stores::table
        .find(claim.tenant_id)
        .select(StoreRow::as_select())
        .first(db.conn())
        .await
        .optional()?;
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

fn host_name(host: &str) -> String {
    let without_port = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    without_port.trim_end_matches('.').to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::host_name;

    #[test]
    fn a_host_header_is_read_without_port_case_and_final_dot() {
        for (header, name) in
            [("Demo.localhost:8080", "demo.localhost"), ("shop.example.", "shop.example"), ("a", "a")]
        {
            assert_eq!(host_name(header), name);
        }
    }
}
