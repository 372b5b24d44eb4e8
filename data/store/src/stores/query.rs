//! SQL of provisioning. A store that is being made is nobody's tenant yet, so it is written by the platform role, in one transaction.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use mcom_data::{Error, Result, Services, on_constraint};
use mcom_schema::{Scope, refuse};
use mcom_tables::{
    access_tokens, audit_entries, locations, organizations, plans, publications, shards, shipping_rates,
    store_settings, stores,
};

use super::rule::{NewStore, default_shipping};
use crate::{
    settings::WeightUnit,
    tokens::{Api, Issued, digest},
};

/// A token that a new store is given.
pub(super) struct Grant<'a> {
    pub(super) api: Api,
    pub(super) title: &'static str,
    pub(super) secret: &'a Issued,
    pub(super) scopes: &'a [Scope],
}

pub(super) async fn create(services: &Services, new: &NewStore, grants: &[Grant<'_>]) -> Result<()> {
    let now = services.clock.now();
    let mut platform = services.db.platform().await?;
    platform
        .conn()
        .transaction(async |conn| {
            let tenant = insert_store(conn, new, now).await?;
            insert_settings(conn, tenant, new, now).await?;
            insert_channels(conn, tenant, new, now).await?;
            insert_rates(conn, tenant, new).await?;
            for grant in grants {
                insert_token(conn, tenant, grant, now).await?;
            }
            insert_audit(conn, tenant, now).await
        })
        .await
}

async fn insert_store(conn: &mut AsyncPgConnection, new: &NewStore, now: DateTime<Utc>) -> Result<i64> {
    let plan: i64 = plans::table.order(plans::id).select(plans::id).first(conn).await?;
    let shard: i64 = shards::table.order(shards::id).select(shards::id).first(conn).await?;
    let organization: i64 = diesel::insert_into(organizations::table)
        .values((
            organizations::name.eq(&new.name),
            organizations::plan_id.eq(plan),
            organizations::created_at.eq(now),
        ))
        .returning(organizations::id)
        .get_result(conn)
        .await?;
    diesel::insert_into(stores::table)
        .values((
            stores::organization_id.eq(organization),
            stores::shard_id.eq(shard),
            stores::handle.eq(&new.handle),
            stores::created_at.eq(now),
        ))
        .returning(stores::id)
        .get_result(conn)
        .await
        .map_err(on_constraint(
            "stores_handle_key",
            refuse("handle", "TAKEN", format!("handle «{}» is taken by another store", new.handle)),
        ))
}

async fn insert_settings(
    conn: &mut AsyncPgConnection,
    tenant: i64,
    new: &NewStore,
    now: DateTime<Utc>,
) -> Result<()> {
    diesel::insert_into(store_settings::table)
        .values((
            store_settings::tenant_id.eq(tenant),
            store_settings::name.eq(new.name.trim()),
            store_settings::email.eq(&new.email),
            store_settings::currency.eq(new.currency.code()),
            store_settings::language.eq(&new.language),
            store_settings::country.eq(&new.country),
            store_settings::weight_unit.eq(WeightUnit::Kilograms.name()),
            store_settings::timezone.eq(&new.timezone),
            store_settings::created_at.eq(now),
            store_settings::updated_at.eq(now),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Where it sells, and where it sells from.
async fn insert_channels(
    conn: &mut AsyncPgConnection,
    tenant: i64,
    new: &NewStore,
    now: DateTime<Utc>,
) -> Result<()> {
    diesel::insert_into(publications::table)
        .values((
            publications::tenant_id.eq(tenant),
            publications::handle.eq("online-store"),
            publications::name.eq("Online Store"),
        ))
        .execute(conn)
        .await?;
    diesel::insert_into(locations::table)
        .values((
            locations::tenant_id.eq(tenant),
            locations::name.eq("Main"),
            locations::address.eq(serde_json::json!({ "countryCode": new.country })),
            locations::position.eq(1),
            locations::created_at.eq(now),
            locations::updated_at.eq(now),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

async fn insert_rates(conn: &mut AsyncPgConnection, tenant: i64, new: &NewStore) -> Result<()> {
    let price = default_shipping(new.currency);
    let rate = |(handle, title, description): (&'static str, &'static str, &'static str),
                price: i64,
                position: i32| {
        (
            shipping_rates::tenant_id.eq(tenant),
            shipping_rates::handle.eq(handle),
            shipping_rates::title.eq(title),
            shipping_rates::description.eq(description),
            shipping_rates::price_minor.eq(price),
            shipping_rates::position.eq(position),
        )
    };
    let standard = rate(("standard", "Standard", "Three to five working days"), price, 1);
    let express = rate(("express", "Express", "The next working day"), 3 * price, 2);
    diesel::insert_into(shipping_rates::table).values(vec![standard, express]).execute(conn).await?;
    Ok(())
}

async fn insert_token(
    conn: &mut AsyncPgConnection,
    tenant: i64,
    grant: &Grant<'_>,
    now: DateTime<Utc>,
) -> Result<()> {
    let scopes: Vec<&str> = grant.scopes.iter().map(|scope| scope.name()).collect();
    diesel::insert_into(access_tokens::table)
        .values((
            access_tokens::tenant_id.eq(tenant),
            access_tokens::api.eq(grant.api.name()),
            access_tokens::title.eq(grant.title),
            access_tokens::hash.eq(digest(grant.secret.as_str()).as_slice()),
            access_tokens::scopes.eq(scopes),
            access_tokens::created_at.eq(now),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

async fn insert_audit(conn: &mut AsyncPgConnection, tenant: i64, now: DateTime<Utc>) -> Result<()> {
    diesel::insert_into(audit_entries::table)
        .values((
            audit_entries::tenant_id.eq(tenant),
            audit_entries::verb.eq("store_create"),
            audit_entries::actor.eq("operator"),
            audit_entries::request_id.eq("store_create"),
            audit_entries::created_at.eq(now),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// A store as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct StoreSummary {
    /// Its number, which is its tenant's.
    pub id: i64,
    /// Its name in addresses.
    pub handle: String,
    /// Its name for people.
    pub name: String,
    /// `active` or `frozen`.
    pub status: String,
    /// ISO code of its currency.
    pub currency: String,
}

pub(super) async fn list(services: &Services) -> Result<Vec<StoreSummary>> {
    let mut platform = services.db.platform().await?;
    stores::table
        .inner_join(store_settings::table.on(store_settings::tenant_id.eq(stores::id)))
        .filter(stores::status.ne("closed"))
        .order(stores::handle)
        .select((stores::id, stores::handle, store_settings::name, stores::status, store_settings::currency))
        .load(platform.conn())
        .await
        .map_err(Error::from)
}
