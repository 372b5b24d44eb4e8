//! Levels as people change them.

use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_types::{Array, BigInt, Nullable, Text, Timestamptz},
};
use diesel_async::RunQueryDsl;
use mcom_data::{Result, TenantConn};

/// A level before a change; locked. What is not there yet counts as nothing.
#[derive(Debug, Clone, QueryableByName)]
pub(crate) struct State {
    #[diesel(sql_type = BigInt)]
    pub item_id: i64,
    #[diesel(sql_type = BigInt)]
    pub product_id: i64,
    #[diesel(sql_type = BigInt)]
    pub location_id: i64,
    #[diesel(sql_type = BigInt)]
    pub available: i64,
    #[diesel(sql_type = BigInt)]
    pub on_hand: i64,
}

/// Makes sure that the levels exist, locks them in the order of items and locations, and reads them.
/// Items and locations that are not there are left out. Two statements.
pub(crate) async fn states(
    db: &mut TenantConn,
    keys: &[(i64, i64)],
    now: DateTime<Utc>,
) -> Result<Vec<State>> {
    let (items, places): (Vec<i64>, Vec<i64>) = keys.iter().copied().unzip();
    let tenant = db.tenant_id();
    diesel::sql_query(ENSURE)
        .bind::<BigInt, _>(tenant)
        .bind::<Array<BigInt>, _>(&items)
        .bind::<Array<BigInt>, _>(&places)
        .bind::<Timestamptz, _>(now)
        .execute(db.conn())
        .await?;
    let states = diesel::sql_query(STATES)
        .bind::<BigInt, _>(tenant)
        .bind::<Array<BigInt>, _>(&items)
        .bind::<Array<BigInt>, _>(&places)
        .load(db.conn())
        .await?;
    Ok(states)
}

const ENSURE: &str = "insert into inventory_levels (tenant_id, item_id, location_id, updated_at)
    select $1, i.id, p.id, $4 from unnest($2, $3) as t(item_id, location_id)
    join inventory_items i on i.tenant_id = $1 and i.id = t.item_id
    join locations p on p.tenant_id = $1 and p.id = t.location_id
    order by i.id, p.id
    on conflict do nothing";

const STATES: &str = "select l.item_id, i.product_id, l.location_id, l.available, l.available + l.reserved + l.committed as on_hand
    from inventory_levels l join inventory_items i on i.tenant_id = l.tenant_id and i.id = l.item_id
    where l.tenant_id = $1 and l.item_id = any($2) and (l.item_id, l.location_id) in (select * from unnest($2, $3))
    order by l.item_id, l.location_id
    for update of l";

/// A change of a locked level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Setting {
    pub item: i64,
    pub location: i64,
    pub delta: i64,
}

/// Adds the deltas to what is available.
pub(crate) async fn apply(db: &mut TenantConn, settings: &[Setting], now: DateTime<Utc>) -> Result<()> {
    let tenant = db.tenant_id();
    diesel::sql_query(APPLY)
        .bind::<BigInt, _>(tenant)
        .bind::<Array<BigInt>, _>(settings.iter().map(|s| s.item).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(settings.iter().map(|s| s.location).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(settings.iter().map(|s| s.delta).collect::<Vec<_>>())
        .bind::<Timestamptz, _>(now)
        .execute(db.conn())
        .await?;
    Ok(())
}

const APPLY: &str = "update inventory_levels l set available = l.available + t.delta, updated_at = $5
    from unnest($2, $3, $4) as t(item_id, location_id, delta)
    where l.tenant_id = $1 and l.item_id = t.item_id and l.location_id = t.location_id";

/// Why levels were changed.
#[derive(Debug, Clone)]
pub(crate) struct Why<'a> {
    pub name: &'a str,
    pub reason: &'a str,
    pub reference: Option<&'a str>,
    pub actor: &'a str,
}

/// Writes the changes into the book of movements; answers with the number of the first entry.
pub(crate) async fn note(
    db: &mut TenantConn,
    settings: &[Setting],
    why: &Why<'_>,
    now: DateTime<Utc>,
) -> Result<i64> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        id: i64,
    }
    let tenant = db.tenant_id();
    let rows: Vec<Row> = diesel::sql_query(NOTE)
        .bind::<BigInt, _>(tenant)
        .bind::<Array<BigInt>, _>(settings.iter().map(|s| s.item).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(settings.iter().map(|s| s.location).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(settings.iter().map(|s| s.delta).collect::<Vec<_>>())
        .bind::<Text, _>(why.name)
        .bind::<Text, _>(why.reason)
        .bind::<Nullable<Text>, _>(why.reference)
        .bind::<Text, _>(why.actor)
        .bind::<Timestamptz, _>(now)
        .load(db.conn())
        .await?;
    Ok(rows.iter().map(|row| row.id).min().unwrap_or_default())
}

const NOTE: &str = "insert into inventory_movements
        (tenant_id, item_id, location_id, name, delta, reason, reference, actor, created_at)
    select $1, t.item_id, t.location_id, $5, t.delta, $6, $7, $8, $9
    from unnest($2, $3, $4) as t(item_id, location_id, delta)
    returning id";
