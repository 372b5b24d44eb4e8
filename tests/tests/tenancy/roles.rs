//! A process refuses to serve as a role that could look past the walls.

use mcom_data::{Db, DbConfig};
use mcom_tests::Database;

async fn refusal(config: DbConfig) -> String {
    match Db::connect(&config).await {
        Ok(_) => panic!("accepted {}", config.app_url),
        Err(error) => error.to_string(),
    }
}

/// The same database with another role that may log in for the time of the test.
async fn with_role(database: &Database, name: &str, rights: &str) -> String {
    let superuser = database.superuser().await;
    let make = format!(
        "do $$ begin create role {name} login password 'walls'; exception when duplicate_object then null; end $$; {rights};"
    );
    superuser.batch_execute(&make).await.unwrap();
    let url = database.url("MCOM_TEST_DATABASE_URL");
    let (_, place) = url.rsplit_once('@').unwrap();
    format!("postgres://{name}:walls@{place}")
}

#[tokio::test]
async fn the_intended_roles_are_accepted() {
    let database = Database::shared().await;
    Db::connect(&database.config(1)).await.unwrap();
}

#[tokio::test]
async fn superuser_and_owner_are_refused() {
    let database = Database::shared().await;
    for variable in ["MCOM_TEST_DATABASE_ADMIN_URL", "MCOM_TEST_DATABASE_OWNER_URL"] {
        let privileged = database.url(variable);
        let app = refusal(DbConfig { app_url: privileged.clone(), ..database.config(1) }).await;
        assert!(app.contains("look past row-level security"), "{app}");
        let platform = refusal(DbConfig { platform_url: privileged, ..database.config(1) }).await;
        assert!(platform.contains("more rights than"), "{platform}");
    }
}

#[tokio::test]
async fn the_role_across_stores_does_not_serve() {
    let database = Database::shared().await;
    let platform = database.url("MCOM_TEST_DATABASE_PLATFORM_URL");
    let error = refusal(DbConfig { app_url: platform, ..database.config(1) }).await;
    assert!(error.contains("show all stores"), "{error}");
}

#[tokio::test]
async fn roles_that_bypass_policies_or_belong_to_one_that_may_are_refused() {
    let database = Database::own().await;
    let bypassing = with_role(&database, "mcom_test_bypass", "alter role mcom_test_bypass bypassrls").await;
    let error = refusal(DbConfig { app_url: bypassing, ..database.config(1) }).await;
    assert!(error.contains("BYPASSRLS"), "{error}");
    let member = with_role(&database, "mcom_test_member", "grant mcom_platform to mcom_test_member").await;
    let error = refusal(DbConfig { app_url: member, ..database.config(1) }).await;
    assert!(error.contains("show all stores"), "{error}");
    let gone =
        "drop role mcom_test_bypass; revoke mcom_platform from mcom_test_member; drop role mcom_test_member";
    database.superuser().await.batch_execute(gone).await.unwrap();
}
