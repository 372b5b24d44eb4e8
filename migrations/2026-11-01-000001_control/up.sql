-- Control tables: what exists before a tenant is known. They carry no tenant_id and are on the allow-list of the catalog walk.

create table plans (
    id bigint generated always as identity primary key,
    handle text not null unique,
    name text not null,
    -- Requests that one access token may make per second, and how many it may save up.
    requests_per_second integer not null check (requests_per_second > 0),
    request_burst integer not null check (request_burst > 0)
);

create table organizations (
    id bigint generated always as identity primary key,
    name text not null,
    plan_id bigint not null references plans (id),
    created_at timestamptz not null
);

-- Where a store's rows live. One shard for now: the database this table is in.
create table shards (
    id bigint generated always as identity primary key,
    handle text not null unique
);

-- A store is a tenant: stores.id is the tenant_id of everything it owns.
create table stores (
    id bigint generated always as identity primary key,
    organization_id bigint not null references organizations (id),
    shard_id bigint not null references shards (id),
    handle text not null unique check (handle ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$' and length(handle) <= 63),
    status text not null default 'active' check (status in ('active', 'frozen', 'closed')),
    created_at timestamptz not null
);

-- Custom domains; `{handle}.localhost` and `{handle}.<base domain>` need no row.
create table domains (
    id bigint generated always as identity primary key,
    store_id bigint not null references stores (id) on delete cascade,
    host text not null unique check (host = lower(host)),
    is_primary boolean not null default false,
    created_at timestamptz not null
);
create unique index domains_primary on domains (store_id) where is_primary;

insert into plans (handle, name, requests_per_second, request_burst) values ('standard', 'Standard', 2000, 8000);
insert into shards (handle) values ('primary');

grant select on plans, organizations, shards, stores, domains to mcom_app;
grant select, insert, update, delete on plans, organizations, shards, stores, domains to mcom_platform;

-- Makes a table a tenant's: row-level security that binds the owner too, one policy per role, and the rights of each role.
-- The policy compares with nullif(…, '') because the setting is '' and not null after the transaction that set it.
create procedure mcom_tenant_table(name regclass) language plpgsql as $$
begin
    execute format('alter table %s enable row level security', name);
    execute format('alter table %s force row level security', name);
    execute format($policy$create policy tenant on %s to mcom_app, mcom_owner
        using (tenant_id = nullif(current_setting('app.tenant_id', true), '')::bigint)
        with check (tenant_id = nullif(current_setting('app.tenant_id', true), '')::bigint)$policy$, name);
    execute format('create policy platform on %s to mcom_platform using (true) with check (true)', name);
    execute format('grant select, insert, update, delete on %s to mcom_app, mcom_platform', name);
end
$$;
