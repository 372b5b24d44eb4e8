//! Attempts on every table: reading, changing, moving and pointing at another store's rows.

use mcom_tests::{Database, Shop};
use tokio_postgres::{Client, error::SqlState};

async fn tables(client: &Client) -> Vec<String> {
    let sql = "select c.relname::text from pg_class c join pg_attribute a on a.attrelid = c.oid
        where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and a.attname = 'tenant_id' order by 1";
    client.query(sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
}

/// The serving role in a transaction of `tenant`; an empty string is no store at all.
async fn enter(client: &Client, tenant: &str) {
    client
        .batch_execute(&format!("begin; select set_config('app.tenant_id', '{tenant}', true)"))
        .await
        .unwrap();
}

async fn leave(client: &Client) {
    client.batch_execute("rollback").await.unwrap();
}

async fn count(client: &Client, sql: &str) -> i64 {
    client.query_one(sql, &[]).await.unwrap_or_else(|error| panic!("{sql}: {error:?}")).get(0)
}

#[tokio::test]
async fn no_table_shows_a_row_to_another_store_or_to_none() {
    let shop = Shop::open_in(Database::own().await, 2).await;
    let neighbour = shop.neighbour().await;
    let app = shop.database.app().await;
    let mut seen = 0;
    for table in tables(&app).await {
        for (tenant, foreign) in
            [(shop.tenant(), neighbour.tenant.id()), (&neighbour.tenant, shop.tenant().id())]
        {
            enter(&app, &tenant.id().to_string()).await;
            assert_eq!(
                count(&app, &format!("select count(*) from {table} where tenant_id = {foreign}")).await,
                0,
                "{table}"
            );
            seen += count(&app, &format!("select count(*) from {table}")).await;
            leave(&app).await;
        }
        assert_eq!(
            count(&app, &format!("select count(*) from {table}")).await,
            0,
            "{table} outside a transaction"
        );
        enter(&app, "").await;
        assert_eq!(count(&app, &format!("select count(*) from {table}")).await, 0, "{table} without a store");
        leave(&app).await;
    }
    assert!(seen > 10, "the stores have rows");
}

#[tokio::test]
async fn no_table_lets_a_store_delete_or_move_rows_across() {
    let shop = Shop::open_in(Database::own().await, 2).await;
    let neighbour = shop.neighbour().await;
    let (app, all) = (shop.database.app().await, shop.database.superuser().await);
    let foreign = neighbour.tenant.id();
    for table in tables(&app).await {
        let theirs = format!("select count(*) from {table} where tenant_id = {foreign}");
        let before = count(&all, &theirs).await;
        for (privilege, sql) in [
            ("DELETE", format!("delete from {table}")),
            ("UPDATE", format!("update {table} set tenant_id = {foreign}")),
        ] {
            let may = format!("select has_table_privilege('mcom_app', '{table}', '{privilege}')");
            if !app.query_one(&may, &[]).await.unwrap().get::<_, bool>(0) {
                continue;
            }
            enter(&app, &shop.tenant().id().to_string()).await;
            let mine = count(&app, &format!("select count(*) from {table}")).await;
            match app.execute(&sql, &[]).await {
                Ok(rows) => assert!(privilege == "DELETE" || rows == 0, "{mine} rows of {table} moved"),
                Err(error) if privilege == "UPDATE" => {
                    assert_eq!(error.code(), Some(&SqlState::INSUFFICIENT_PRIVILEGE), "{table}");
                }
                Err(error) => assert_eq!(error.code(), Some(&SqlState::FOREIGN_KEY_VIOLATION), "{table}"),
            }
            leave(&app).await;
        }
        assert_eq!(count(&all, &theirs).await, before, "{table}");
    }
}

#[tokio::test]
async fn a_row_cannot_point_into_another_store() {
    let shop = Shop::open().await;
    let neighbour = shop.neighbour().await;
    let app = shop.database.app().await;
    let product = |tenant: i64| {
        format!(
            "insert into products (tenant_id, handle, title, title_key, vendor_key, type_key, status, created_at, updated_at)
            values ({tenant}, 'mug', 'Mug', 'mug', '', '', 'ACTIVE', now(), now()) returning id"
        )
    };
    let (mine, theirs) = (shop.tenant().id().get(), neighbour.tenant.id().get());
    enter(&app, &mine.to_string()).await;
    let id = count(&app, &product(mine)).await;
    app.batch_execute("commit").await.unwrap();

    enter(&app, &theirs.to_string()).await;
    let option = format!(
        "insert into product_options (tenant_id, product_id, name, position) values ({theirs}, {id}, 'Size', 1)"
    );
    let refused = app.execute(&option, &[]).await.unwrap_err();
    assert_eq!(refused.code(), Some(&SqlState::FOREIGN_KEY_VIOLATION));
    leave(&app).await;

    enter(&app, &theirs.to_string()).await;
    let forged = app.query(&product(mine), &[]).await.unwrap_err();
    assert_eq!(forged.code(), Some(&SqlState::INSUFFICIENT_PRIVILEGE));
    leave(&app).await;
}
