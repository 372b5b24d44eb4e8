//! Migrations go up, down and up again, and diesel's definitions are those of the migrated database.
#![expect(clippy::unwrap_used, reason = "what cannot be done in a test has failed")]

use mcom_tests::{Database, root};

/// What a database is made of: columns, constraints, indexes, policies, rights and functions.
async fn shape(database: &Database) -> Vec<String> {
    let sql = "select 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || coalesce(' ' || column_default, '')
            from information_schema.columns where table_schema = 'public'
        union all select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
            from pg_constraint where connamespace = 'public'::regnamespace
        union all select 'index ' || indexdef from pg_indexes where schemaname = 'public'
        union all select 'policy ' || tablename || ' ' || policyname || ' ' || roles::text || coalesce(qual, '') from pg_policies
        union all select 'right ' || relname || ' ' || coalesce(relacl::text, '') from pg_class
            where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'S')
        union all select 'function ' || oid::regprocedure || pg_get_functiondef(oid) from pg_proc where pronamespace = 'public'::regnamespace
        order by 1";
    database.superuser().await.query(sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn up_down_and_up_again_ends_where_up_ended() {
    let database = Database::empty().await;
    let migrations = database.migrations();
    let ran = migrations.up().await.unwrap();
    assert!(!ran.is_empty());
    assert!(migrations.up().await.unwrap().is_empty());
    let once = shape(&database).await;

    let mut reverted = migrations.down().await.unwrap();
    reverted.reverse();
    assert_eq!(ran, reverted);
    let left = shape(&database).await;
    assert!(left.iter().all(|part| part.contains("__diesel_schema_migrations")), "{left:#?}");

    assert_eq!(migrations.up().await.unwrap(), ran);
    assert_eq!(shape(&database).await, once);
}

#[tokio::test]
async fn the_table_definitions_are_those_of_the_migrated_database() {
    let database = Database::shared().await;
    let written = mcom_data::table_definitions(&database.url("MCOM_TEST_DATABASE_OWNER_URL")).await.unwrap();
    let committed = std::fs::read_to_string(root().join("data/tables/src/lib.rs")).unwrap();
    assert!(written == committed, "stale: run `cargo tables` on a migrated database");
}
