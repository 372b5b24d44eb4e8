//! Which store answers to a host, and how soon a change is noticed.

use mcom_data::{Change, Directory, Error, Told};
use mcom_tests::{Database, Shop};

#[tokio::test]
async fn a_store_answers_to_its_handle_and_its_domains_and_to_no_other_host() {
    let shop = Shop::open_in(Database::own().await, 2).await;
    let directory = Directory::new(shop.services.db.clone(), "shops.example");
    directory.heed(&shop.services.changes);
    let handle = shop.tenant().handle();
    for host in [format!("{handle}.localhost:8080"), format!("{}.Shops.Example", handle.to_uppercase())] {
        assert_eq!(directory.resolve(&host).await.unwrap().id(), shop.tenant().id(), "{host}");
    }
    for host in [
        "localhost",
        "shops.example",
        "nobody.localhost",
        "mugs.example",
        &format!("a.{handle}.localhost"),
        "",
    ] {
        assert!(matches!(directory.resolve(host).await, Err(Error::NotFound(_))), "{host}");
    }
    let store = shop.tenant().id();
    let domain = format!(
        "insert into domains (store_id, host, is_primary, created_at) values ({store}, 'mugs.example', true, now())"
    );
    shop.database.superuser().await.batch_execute(&domain).await.unwrap();
    shop.services.changes.tell(Told { tenant: store.get(), change: Change::Directory });
    assert_eq!(directory.resolve("mugs.example").await.unwrap().host(), "mugs.example");
}

#[tokio::test]
async fn a_store_that_is_not_open_is_not_found() {
    let shop = Shop::open_in(Database::own().await, 2).await;
    let directory = Directory::new(shop.services.db.clone(), "localhost");
    let handle = shop.tenant().handle();
    for status in ["frozen", "closed", "active"] {
        let close = format!("update stores set status = '{status}'");
        shop.database.superuser().await.batch_execute(&close).await.unwrap();
        directory.forget();
        assert_eq!(directory.by_handle(handle).await.is_ok(), status == "active", "{status}");
    }
}
