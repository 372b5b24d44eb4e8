//! A walk through the system catalog: every table keeps the rules of `migrations/README.md`, whoever added it.

use mcom_tests::Database;

/// Tables that exist before a store is known. This list may only shrink.
const CONTROL: &str = "array['__diesel_schema_migrations', 'consumers', 'domains', 'organizations', 'plans', 'shards', 'stores']";

/// Indexes that begin with something else than the tenant: workers look through the jobs of all stores.
const ACROSS: &str = "array['jobs_ready']";

/// Names of whatever the query finds; there should be none.
async fn offenders(sql: &str) -> Vec<String> {
    let database = Database::shared().await;
    // Every table of ours, and those that are a store's.
    let sql = format!(
        "with ours as (
            select c.*, c.relname::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'),
        tenants as (select * from ours where relkind in ('r', 'p') and name <> all ({CONTROL})),
        first_key as (select oid, (select attnum from pg_attribute a where a.attrelid = tenants.oid and attname = 'tenant_id') as attnum from tenants)
        {sql}"
    );
    let rows = database.superuser().await.query(&sql, &[]).await;
    rows.unwrap_or_else(|error| panic!("{sql}: {error:?}")).iter().map(|row| row.get(0)).collect()
}

async fn none(sql: &str) {
    assert_eq!(offenders(sql).await, Vec::<String>::new());
}

#[tokio::test]
async fn there_are_tables_to_walk() {
    assert!(offenders("select name from tenants").await.len() > 20);
}

#[tokio::test]
async fn every_table_belongs_to_a_store_or_is_on_the_list() {
    none("select name from tenants where not exists (select 1 from pg_attribute a
            where a.attrelid = tenants.oid and attname = 'tenant_id' and attnotnull and atttypid = 'bigint'::regtype)")
    .await;
}

#[tokio::test]
async fn row_level_security_binds_the_owner_too() {
    none("select name from tenants where not (relrowsecurity and relforcerowsecurity)").await;
}

/// Else a table of few stores seems to be read faster as a whole than by its keys.
#[tokio::test]
async fn the_planner_takes_every_store_for_the_largest() {
    none(
        "select name from tenants join pg_attribute a on a.attrelid = tenants.oid and a.attname = 'tenant_id'
        where a.attstattarget is distinct from 1 or a.attoptions is distinct from array['n_distinct=1']",
    )
    .await;
}

#[tokio::test]
async fn every_table_has_the_policy_of_its_store_and_no_other_for_the_role_that_serves() {
    none("select name from tenants where not exists (select 1 from pg_policy p where p.polrelid = tenants.oid
            and p.polname = 'tenant' and p.polcmd = '*' and p.polpermissive
            and p.polroles @> array['mcom_app'::regrole, 'mcom_owner'::regrole]::oid[]
            and pg_get_expr(p.polqual, p.polrelid) = pg_get_expr(p.polwithcheck, p.polrelid)
            and pg_get_expr(p.polqual, p.polrelid)
                = '(tenant_id = (NULLIF(current_setting(''app.tenant_id''::text, true), ''''::text))::bigint)')")
    .await;
    none(
        "select name || '.' || p.polname from tenants join pg_policy p on p.polrelid = tenants.oid
        where p.polname <> 'tenant' and p.polroles <> array['mcom_platform'::regrole]::oid[]",
    )
    .await;
}

#[tokio::test]
async fn every_key_and_index_begins_with_the_store() {
    none(&format!(
        "select i.indexrelid::regclass::text from pg_index i join first_key k on k.oid = i.indrelid
        where i.indkey[0] <> k.attnum and i.indexrelid::regclass::text <> all ({ACROSS})"
    ))
    .await;
    none("select name from tenants where not exists (select 1 from pg_index i where i.indrelid = tenants.oid and i.indisprimary)").await;
}

#[tokio::test]
async fn foreign_keys_carry_the_store_on_both_sides() {
    // They are checked past row-level security: only the key itself keeps them inside the store.
    none("select c.conname::text from pg_constraint c join first_key mine on mine.oid = c.conrelid join first_key theirs on theirs.oid = c.confrelid
        where c.contype = 'f' and (c.conkey[1] <> mine.attnum or c.confkey[1] <> theirs.attnum)")
    .await;
    none(
        "select c.conname::text from pg_constraint c join first_key mine on mine.oid = c.conrelid
        where c.contype = 'f' and c.confrelid not in (select oid from tenants)
        and (c.conkey <> array[mine.attnum] or c.confrelid <> 'stores'::regclass)",
    )
    .await;
    none("select c.conname::text from pg_constraint c
        where c.contype = 'f' and c.confrelid in (select oid from tenants) and c.conrelid not in (select oid from tenants)")
    .await;
}

#[tokio::test]
async fn nobody_who_serves_may_empty_a_table_or_hang_code_on_it() {
    none(
        "select name || ' ' || role || ' ' || privilege from tenants
        cross join unnest(array['mcom_app', 'mcom_platform', 'public']) as role
        cross join unnest(array['TRUNCATE', 'TRIGGER', 'REFERENCES']) as privilege
        where case role when 'public' then exists (select 1 from aclexplode(relacl) where grantee = 0)
              else has_table_privilege(role, oid, privilege) end",
    )
    .await;
}

#[tokio::test]
async fn the_log_and_the_audit_trail_are_only_appended_to() {
    none("select name || ' ' || role || ' ' || privilege from tenants
        cross join unnest(array['mcom_app', 'mcom_platform']) as role cross join unnest(array['UPDATE', 'DELETE']) as privilege
        where name in ('events', 'audit_entries') and has_table_privilege(role, oid, privilege)")
    .await;
}

#[tokio::test]
async fn control_tables_are_not_written_by_the_role_that_serves() {
    none("select name || ' ' || privilege from ours cross join unnest(array['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) as privilege
        where relkind in ('r', 'p') and name not in (select name from tenants) and has_table_privilege('mcom_app', oid, privilege)")
    .await;
}

#[tokio::test]
async fn no_function_or_view_looks_past_the_policies() {
    none(
        "select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and p.prosecdef",
    )
    .await;
    none("select name from ours where relkind = 'm'").await;
    none("select name from ours where relkind = 'v' and not coalesce(reloptions @> array['security_invoker=true'], false)").await;
    none("select name from ours where relkind = 'f'").await;
}

#[tokio::test]
async fn no_role_that_serves_is_a_member_of_another() {
    none(
        "select r.rolname::text from pg_auth_members m join pg_roles r on r.oid = m.member
        where r.rolname in ('mcom_app', 'mcom_platform', 'mcom_owner')",
    )
    .await;
}

#[tokio::test]
async fn columns_that_are_compared_by_leaky_operators_are_not_indexed() {
    // Under row-level security such an operator cannot use the index: the query would read the whole store.
    none(
        "select i.indexrelid::regclass::text from pg_index i join tenants on tenants.oid = i.indrelid
        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey::int2[])
        join pg_type t on t.oid = a.atttypid
        where t.typtype = 'e' or t.typname in ('numeric', 'jsonb', 'citext')",
    )
    .await;
}
