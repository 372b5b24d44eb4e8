-- Who hears of events. Workers write their own consumers down when they start, so that a relay of an older version hands events
-- over to the consumers of a newer one too.
create table consumers (
    name text primary key,
    topics text[] not null,
    -- For how long events that were handed over are gathered before they are delivered.
    gather_ms bigint not null check (gather_ms >= 0),
    -- While this is set, what is handed over stays where it is.
    paused_at timestamptz
);
grant select on consumers to mcom_app;
grant select, insert, update, delete on consumers to mcom_platform;

-- How far one consumer is with the events of one aggregate. The events themselves stay in the log: a row says from where to
-- where they are to be read, so that a burst of events is one row and a consumer that is paused for long keeps no more.
create table deliveries (
    tenant_id bigint not null,
    consumer text not null,
    aggregate text not null,
    aggregate_id bigint not null,
    -- Sequence of the last event that the consumer is done with, and of the last one that it was handed.
    consumed bigint not null default 0 check (consumed >= 0),
    relayed bigint not null,
    -- Not before; later than now after an attempt that failed.
    run_at timestamptz not null,
    attempts integer not null default 0,
    -- The job in whose hands it is, and under which of its leases: it is free again as soon as that lease has ended.
    job_id bigint,
    held_by text,
    last_error text,
    -- Since when it was given up: this aggregate waits for people, the others go on.
    parked_at timestamptz,
    primary key (tenant_id, consumer, aggregate, aggregate_id),
    check ((job_id is null) = (held_by is null))
);
create index deliveries_due on deliveries (tenant_id, consumer, run_at) where consumed < relayed and parked_at is null;
create index deliveries_held on deliveries (tenant_id, consumer) where held_by is not null;
create index deliveries_parked on deliveries (tenant_id, consumer) where parked_at is not null;
call mcom_tenant_table('deliveries');

-- The same jobs store by store, for serving the stores in turn when there is more to do than hands to do it.
create index jobs_ready_in_store on jobs (tenant_id, coalesce(locked_until, run_at), id) where status <> 'failed';

-- Rows come and go: dead ones lie where the next claim begins to look, so they are swept long before a fifth of the table is dead.
alter table jobs set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);
alter table outbox set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);
alter table deliveries set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);
