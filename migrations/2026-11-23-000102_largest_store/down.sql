create or replace procedure mcom_tenant_table(name regclass) language plpgsql as $$
begin
    execute format('alter table %s enable row level security', name);
    execute format('alter table %s force row level security', name);
    execute format('alter table %s alter column tenant_id set statistics 0', name);
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
        execute format('alter table %s alter column tenant_id set statistics 0', name);
        execute format('alter table %s alter column tenant_id reset (n_distinct)', name);
    end loop;
end
$$;

