-- Every store is planned for as if it were the largest one. Connections plan each statement once, for any values (plan_cache_mode in
-- data/core/src/db.rs); what they then take for the share of a store in a table is 1 / n_distinct, but no more than the share of the most
-- common value. Without statistics (000070) it was 1/200: of a table of one store it seemed cheaper to read everything the store has than
-- to look up ten rows, and a cart cost ten times its price.
create or replace procedure mcom_tenant_table(name regclass) language plpgsql as $$
begin
    execute format('alter table %s enable row level security', name);
    execute format('alter table %s force row level security', name);
    execute format('alter table %s alter column tenant_id set statistics 1', name);
    execute format('alter table %s alter column tenant_id set (n_distinct = 1)', name);
    execute format($policy$create policy tenant on %s to mcom_app, mcom_owner
        using (tenant_id = nullif(current_setting('app.tenant_id', true), '')::bigint)
        with check (tenant_id = nullif(current_setting('app.tenant_id', true), '')::bigint)$policy$, name);
    execute format('create policy platform on %s to mcom_platform using (true) with check (true)', name);
    execute format('grant select, insert, update, delete on %s to mcom_app, mcom_platform', name);
end
$$;

do $$
declare
    name regclass;
begin
    for name in
        select c.oid::regclass from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
        where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
    loop
        execute format('alter table %s alter column tenant_id set statistics 1', name);
        execute format('alter table %s alter column tenant_id set (n_distinct = 1)', name);
    end loop;
end
$$;

analyze;
