-- The event log: append-only, one sequence per aggregate, never updated or deleted.
create table events (
    tenant_id bigint not null,
    id bigint generated always as identity,
    aggregate text not null,
    aggregate_id bigint not null,
    sequence bigint not null check (sequence > 0),
    topic text not null,
    version smallint not null,
    payload jsonb not null,
    actor text not null,
    request_id text not null,
    created_at timestamptz not null,
    primary key (tenant_id, id),
    constraint events_sequence unique (tenant_id, aggregate, aggregate_id, sequence)
);
call mcom_tenant_table('events');
revoke update, delete on events from mcom_app, mcom_platform;

-- What is not yet relayed to consumers; rows go when they are.
create table outbox (
    tenant_id bigint not null,
    event_id bigint not null,
    aggregate text not null,
    aggregate_id bigint not null,
    primary key (tenant_id, event_id),
    foreign key (tenant_id, event_id) references events (tenant_id, id)
);
call mcom_tenant_table('outbox');

-- Background work: leased, never held in a transaction while it is done.
create table jobs (
    tenant_id bigint not null,
    id bigint generated always as identity,
    kind text not null,
    payload jsonb not null,
    -- At most one waiting job per kind and key: a second one is the same work. One that is already running does not count,
    -- because it may have looked before the second was asked for.
    unique_key text,
    status text not null default 'waiting' check (status in ('waiting', 'running', 'failed')),
    run_at timestamptz not null,
    attempts integer not null default 0,
    -- While it runs: until when it is one worker's alone.
    locked_until timestamptz,
    locked_by text,
    last_error text,
    created_at timestamptz not null,
    primary key (tenant_id, id),
    check ((status = 'running') = (locked_until is not null))
);
create unique index jobs_unique_key on jobs (tenant_id, kind, unique_key) where unique_key is not null and status = 'waiting';
-- Workers serve all tenants in order of time: the one index that does not begin with the tenant. A running job is due again
-- when its lease ends.
create index jobs_ready on jobs (coalesce(locked_until, run_at), id) where status <> 'failed';
call mcom_tenant_table('jobs');

-- Who did what: one row per write that is worth answering for.
create table audit_entries (
    tenant_id bigint not null,
    id bigint generated always as identity,
    verb text not null,
    actor text not null,
    request_id text not null,
    created_at timestamptz not null,
    primary key (tenant_id, id)
);
call mcom_tenant_table('audit_entries');
revoke update, delete on audit_entries from mcom_app, mcom_platform;

-- Idempotency keys with the answers they got, kept for 72 hours.
create table idempotency_keys (
    tenant_id bigint not null,
    key text not null check (length(key) between 1 and 255),
    -- Of operation, variables and caller: the same key for something else is refused.
    fingerprint bytea not null,
    -- Null while the first request with this key is under way.
    answer text,
    -- The request that has the key, until when it has it for itself, and whether it has written anything.
    holder text not null,
    locked_until timestamptz not null,
    written boolean not null default false,
    created_at timestamptz not null,
    primary key (tenant_id, key)
);
create index idempotency_keys_created on idempotency_keys (tenant_id, created_at);
call mcom_tenant_table('idempotency_keys');

-- The last number given out, per store and series (orders, …).
create table counters (
    tenant_id bigint not null,
    series text not null,
    value bigint not null,
    primary key (tenant_id, series)
);
call mcom_tenant_table('counters');
