//! Appending to the event log: possible only inside a transaction, so no event tells of something that was rolled back.

use diesel::QueryableByName;
use diesel_async::RunQueryDsl;
use mcom_schema::{event::Event, id::EventId};

use crate::{Change, Cx, Result, TenantConn};

/// Appends `event` with the next number of its aggregate and leaves it for the relay, which is told at the commit. Two writers of one aggregate
/// race for the number; the loser's transaction is run again by [`Cx::write`], so lock the aggregate's row first where races are common.
///
/// # Errors
/// `Broken` if the log cannot be written.
pub async fn emit(cx: &Cx, db: &mut TenantConn, event: Event) -> Result<EventId> {
    let tenant = db.tenant_id();
    let id: i64 = diesel::sql_query(APPEND)
        .bind::<diesel::sql_types::BigInt, _>(tenant)
        .bind::<diesel::sql_types::Text, _>(event.aggregate)
        .bind::<diesel::sql_types::BigInt, _>(event.aggregate_id)
        .bind::<diesel::sql_types::Text, _>(event.topic)
        .bind::<diesel::sql_types::SmallInt, _>(event.version)
        .bind::<diesel::sql_types::Jsonb, _>(event.payload)
        .bind::<diesel::sql_types::Text, _>(cx.actor().to_string())
        .bind::<diesel::sql_types::Text, _>(cx.request().0.to_string())
        .bind::<diesel::sql_types::Timestamptz, _>(cx.now())
        .get_result::<Appended>(db.conn())
        .await?
        .id;
    db.changed(Change::Events);
    Ok(EventId(id))
}

const APPEND: &str = "with appended as (
        insert into events (tenant_id, aggregate, aggregate_id, sequence, topic, version, payload, actor, request_id, created_at)
        values ($1, $2, $3, 1 + coalesce((select max(sequence) from events where tenant_id = $1 and aggregate = $2 and aggregate_id = $3), 0),
                $4, $5, $6, $7, $8, $9)
        returning tenant_id, id, aggregate, aggregate_id)
    insert into outbox (tenant_id, event_id, aggregate, aggregate_id)
    select tenant_id, id, aggregate, aggregate_id from appended returning event_id as id";

#[derive(QueryableByName)]
struct Appended {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    id: i64,
}
