//! A store file is applied once however often it is applied, and tells beforehand what it will do.

use std::fs;

use mcom::apply::{self, Action, Wish};
use mcom_tests::{Shop, demo, root};

use crate::{TEXTS, applied, furnished};

#[tokio::test]
async fn a_file_applied_twice_changes_nothing_the_second_time() {
    let shop = Shop::open().await;
    let first = applied(&shop, TEXTS, Wish::default()).await;
    assert!(
        first.changes.iter().all(|change| change.action == Action::Create || change.kind == "comments of")
    );
    let events = shop.events().await.len();
    let second = applied(&shop, TEXTS, Wish::default()).await;
    assert_eq!(second.changes, []);
    assert_eq!(second.unchanged, first.changes.len());
    assert_eq!(shop.events().await.len(), events);
}

#[tokio::test]
async fn the_shipped_demo_file_fits_the_shipped_catalog() {
    let shop = Shop::open().await;
    demo::fill(&shop.admin()).await;
    let text = fs::read_to_string(root().join("examples/stores/demo.yaml")).expect("the file is there");
    applied(&shop, &text, Wish::default()).await;
    let again = applied(&shop, &text, Wish { prune: true, ..Wish::default() }).await;
    assert_eq!(again.changes, []);
    assert!(again.unchanged > 200, "{}", again.unchanged);
}

#[tokio::test]
async fn a_dry_run_tells_what_would_happen_and_does_nothing() {
    let shop = Shop::open().await;
    let told = applied(&shop, TEXTS, Wish { dry_run: true, ..Wish::default() }).await;
    assert_eq!(shop.events().await, []);
    for table in ["pages", "blogs", "articles", "menus", "shop_policies", "url_redirects"] {
        assert!(
            shop.rows(&format!("select 1 from {table} where tenant_id = $1")).await.is_empty(),
            "{table}"
        );
    }
    assert_eq!(applied(&shop, TEXTS, Wish::default()).await.changes, told.changes);
}

#[tokio::test]
async fn what_differs_is_updated_and_nothing_else() {
    let shop = furnished().await;
    let text =
        TEXTS.replace("title: About us", "title: About me").replace("title: Returns", "title: Refunds");
    let done = applied(&shop, &text, Wish::default()).await;
    let told: Vec<_> =
        done.changes.iter().map(|change| (change.action, change.kind, change.name.as_str())).collect();
    assert_eq!(told, [(Action::Update, "page", "about"), (Action::Update, "menu", "main")]);
}

#[tokio::test]
async fn what_the_file_does_not_name_is_deleted_only_when_asked() {
    let shop = furnished().await;
    let text = "
pages: []
policies: {}
menus: []
blogs: [{ handle: news, title: News, articles: [] }]
";
    let left = applied(&shop, text, Wish::default()).await;
    assert_eq!((left.changes.len(), left.unnamed), (0, 8));
    let pruned = applied(&shop, text, Wish { prune: true, ..Wish::default() }).await;
    assert!(pruned.changes.iter().all(|change| change.action == Action::Delete));
    assert_eq!(pruned.changes.len(), 8);
    for (table, count) in
        [("pages", 0), ("articles", 0), ("blogs", 1), ("menus", 0), ("menu_items", 0), ("url_redirects", 1)]
    {
        let rows = shop.rows(&format!("select 1 from {table} where tenant_id = $1")).await;
        assert_eq!(rows.len(), count, "{table}");
    }
}

#[tokio::test]
async fn a_page_stays_published_since_when_it_was_first() {
    let shop = Shop::open().await;
    let text = "pages: [{ handle: about, title: About }]";
    applied(&shop, text, Wish::default()).await;
    shop.pass(chrono::Duration::days(1));
    assert_eq!(applied(&shop, text, Wish::default()).await.changes, []);
}

#[test]
fn the_schema_for_editors_is_fresh() {
    let committed = fs::read_to_string(root().join("examples/stores/store.schema.json")).unwrap_or_default();
    let schema = apply::schema().expect("a schema");
    assert!(committed == schema, "stale: run `mcom apply --schema > examples/stores/store.schema.json`");
}
