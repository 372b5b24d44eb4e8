//! Consumers that write down every event they hear, and a job that does nothing: for tests of the machinery between events and consumers.

use diesel::sql_types::{Array, BigInt, Text};
use diesel_async::RunQueryDsl;
use mcom_data::{Cx, Result, TenantConn, delivery::Batch};
use mcom_schema::event::Event;
use mcom_workers::{Backoff, Consumer, Job, JobContext, JobError, Next, Registry};
use serde::Deserialize;
use tokio_postgres::Client;

/// The topic that both consumers hear of.
pub const TOPIC: &str = "things/update";

/// An event of one thing.
pub fn thing(id: i64) -> Event {
    Event::new(TOPIC, "thing", id, &serde_json::json!({ "id": id }))
}

/// The table in which consumers write. Nothing in it forbids one that writes in its own transaction to write an event down twice: that is
/// for the test to see. What is outside recognizes an event by its id.
pub async fn prepare(owner: &Client) {
    let made = owner.batch_execute(
        "create table heard (tenant_id bigint not null, place bigint generated always as identity, consumer text not null,
            event_id bigint not null, aggregate_id bigint not null, sequence bigint not null, primary key (tenant_id, place));
         create unique index heard_outside on heard (tenant_id, event_id) where consumer = 'outside';
         call mcom_tenant_table('heard')",
    );
    made.await.expect("the tables can be made");
}

/// Everything the worker of a test can do.
pub fn registry() -> Registry {
    Registry::default().with_consumer(Within).with_consumer(Outside).with::<Nothing>()
}

/// Writes down in the transaction that moves its cursor.
#[derive(Debug)]
pub struct Within;

impl Consumer for Within {
    const NAME: &'static str = "within";
    const TOPICS: &'static [&'static str] = &[TOPIC];
    const RETRY: Backoff = Backoff::ALWAYS;

    async fn consume(&self, cx: &Cx, events: &Batch) -> Result<(), JobError> {
        let written = cx.write_quietly(async |db| {
            events.once(db).await?;
            write_down(db, Within::NAME, events).await
        });
        Ok(written.await?)
    }
}

/// Writes down as somebody outside would: recognizes an event that comes again by its id.
#[derive(Debug)]
pub struct Outside;

impl Consumer for Outside {
    const NAME: &'static str = "outside";
    const TOPICS: &'static [&'static str] = &[TOPIC];
    const RETRY: Backoff = Backoff::ALWAYS;
    const BATCH: u16 = 20;
    const ALONE: bool = true;

    async fn consume(&self, cx: &Cx, events: &Batch) -> Result<(), JobError> {
        Ok(cx.write_quietly(async |db| write_down(db, Outside::NAME, events).await).await?)
    }
}

async fn write_down(db: &mut TenantConn, consumer: &str, events: &Batch) -> Result<()> {
    let tenant = db.tenant_id();
    diesel::sql_query(WRITE_DOWN)
        .bind::<BigInt, _>(tenant)
        .bind::<Text, _>(consumer)
        .bind::<Array<BigInt>, _>(events.iter().map(|event| event.id.0).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(events.iter().map(|event| event.aggregate_id).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(events.iter().map(|event| event.sequence).collect::<Vec<_>>())
        .execute(db.conn())
        .await?;
    Ok(())
}

const WRITE_DOWN: &str = "insert into heard (tenant_id, consumer, event_id, aggregate_id, sequence)
    select $1, $2, event.id, event.aggregate_id, event.sequence
    from unnest($3, $4, $5) with ordinality as event (id, aggregate_id, sequence, place)
    order by event.place
    on conflict (tenant_id, event_id) where consumer = 'outside' do nothing";

/// Does nothing.
#[derive(Debug, Deserialize)]
pub struct Nothing;

impl Job for Nothing {
    const KIND: &'static str = "nothing";
    const RETRY: Backoff = Backoff::SOON;

    async fn run(&self, _: &JobContext) -> Result<Next, JobError> {
        Ok(Next::Done)
    }
}
