//! The tenant: a store that is known to exist and to be open. Only this file makes one.

use std::{collections::HashMap, fmt, sync::Arc};

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer, Text};
use diesel_async::RunQueryDsl;
use mcom_schema::id::StoreId;
use mcom_tables::{domains, organizations, plans, stores};

use crate::{Db, PlatformConn, Prepare, Result};

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

/// A resolved and open store: the ticket without which no SQL runs. Made by Host resolution, by the claim of a job, and by a role
/// token, in which a gateway says what it resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenant {
    id: TenantId,
    handle: Arc<str>,
    host: Arc<str>,
    limit: RateLimit,
}

/// How much one access token may ask, by the store's plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RateLimit {
    /// Requests per second in the long run.
    pub per_second: u32,
    /// Requests that may be saved up.
    pub burst: u32,
}

/// What a role token says of a tenant. Not the tenant itself: that nobody may make by reading text.
#[derive(serde::Serialize, serde::Deserialize)]
pub(crate) struct TenantClaims {
    id: TenantId,
    handle: Arc<str>,
    host: Arc<str>,
    limit: RateLimit,
}

impl Tenant {
    /// What a role token says of this store.
    pub(crate) fn claims(&self) -> TenantClaims {
        let Tenant { id, handle, host, limit } = self.clone();
        TenantClaims { id, handle, host, limit }
    }

    /// The store that a verified role token names.
    pub(crate) fn of_token(claims: TenantClaims) -> Self {
        let TenantClaims { id, handle, host, limit } = claims;
        Tenant { id, handle, host, limit }
    }

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

/// The stores that claimed jobs belong to, by number. Closed ones are left out.
///
/// # Errors
/// `Broken` if they cannot be read.
pub(crate) async fn of_claims(db: &mut PlatformConn, stores: &[i64]) -> Result<HashMap<i64, Tenant>> {
    let rows: Vec<OpenStore> =
        diesel::sql_query(OPEN).bind::<Array<BigInt>, _>(stores).prepared().load(db.conn()).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.into())).collect())
}

const OPEN: &str = "select s.id, s.handle, p.requests_per_second, p.request_burst,
        coalesce((select d.host from domains d where d.store_id = s.id and d.is_primary), s.handle || '.localhost') as host
    from stores s join organizations o on o.id = s.organization_id join plans p on p.id = o.plan_id
    where s.id = any($1) and s.status <> 'closed'";

#[derive(QueryableByName)]
struct OpenStore {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    handle: String,
    #[diesel(sql_type = Integer)]
    requests_per_second: i32,
    #[diesel(sql_type = Integer)]
    request_burst: i32,
    #[diesel(sql_type = Text)]
    host: String,
}

impl From<OpenStore> for Tenant {
    fn from(row: OpenStore) -> Self {
        let limit = RateLimit {
            per_second: row.requests_per_second.unsigned_abs(),
            burst: row.request_burst.unsigned_abs(),
        };
        Tenant { id: TenantId(row.id), handle: row.handle.into(), host: row.host.into(), limit }
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
