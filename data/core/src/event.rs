//! Appending to the event log: possible only inside a transaction, so no event tells of something that was rolled back.

use diesel::{
    QueryableByName,
    sql_types::{Array, BigInt, Jsonb, SmallInt, Text, Timestamptz},
};
use diesel_async::RunQueryDsl;
use mcom_schema::{event::Event, id::EventId};

use crate::{Change, Cx, Error, Prepare, Result, TenantConn};

/// Appends `event` as [`emit_all`] does.
///
/// # Errors
/// `Broken` if the log cannot be written.
pub async fn emit(cx: &Cx, db: &mut TenantConn, event: Event) -> Result<EventId> {
    let ids = emit_all(cx, db, vec![event]).await?;
    ids.into_iter().next().ok_or_else(|| Error::bug("an event that was appended has no id"))
}

/// Appends events in one statement, each with the next number of its aggregate, and leaves them for the relay, which is told at the commit.
/// Two writers of one aggregate race for the number; the loser's transaction is run again by [`Cx::write`], so lock the aggregate's row
/// first where races are common.
///
/// # Errors
/// `Broken` if the log cannot be written.
pub async fn emit_all(cx: &Cx, db: &mut TenantConn, events: Vec<Event>) -> Result<Vec<EventId>> {
    let tenant = db.tenant_id();
    let appended: Vec<Appended> = diesel::sql_query(APPEND)
        .bind::<BigInt, _>(tenant)
        .bind::<Array<Text>, _>(events.iter().map(|event| event.aggregate).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(events.iter().map(|event| event.aggregate_id).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(events.iter().map(|event| event.topic).collect::<Vec<_>>())
        .bind::<Array<SmallInt>, _>(events.iter().map(|event| event.version).collect::<Vec<_>>())
        .bind::<Array<Jsonb>, _>(events.iter().map(|event| &event.payload).collect::<Vec<_>>())
        .bind::<Text, _>(cx.actor().to_string())
        .bind::<Text, _>(&*cx.request().0)
        .bind::<Timestamptz, _>(cx.now())
        .prepared()
        .load(db.conn())
        .await?;
    db.changed(Change::Events);
    Ok(appended.into_iter().map(|event| EventId(event.id)).collect())
}

const APPEND: &str = "with told as (
        select *, row_number() over (partition by aggregate, aggregate_id order by place) as step
        from unnest($2, $3, $4, $5, $6) with ordinality as event (aggregate, aggregate_id, topic, version, payload, place)),
    appended as (
        insert into events (tenant_id, aggregate, aggregate_id, sequence, topic, version, payload, actor, request_id, created_at)
        select $1, aggregate, aggregate_id, step + coalesce((select max(sequence) from events e
                where e.tenant_id = $1 and e.aggregate = told.aggregate and e.aggregate_id = told.aggregate_id), 0),
            topic, version, payload, $7, $8, $9
        from told order by place
        returning tenant_id, id, aggregate, aggregate_id)
    insert into outbox (tenant_id, event_id, aggregate, aggregate_id)
    select tenant_id, id, aggregate, aggregate_id from appended returning event_id as id";

#[derive(QueryableByName)]
struct Appended {
    #[diesel(sql_type = BigInt)]
    id: i64,
}
