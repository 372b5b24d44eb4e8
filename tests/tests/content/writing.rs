//! Changes of texts: by whom, and when they are seen.

use mcom::apply::Wish;
use mcom_data::Error;
use mcom_schema::Scope;
use mcom_store::{
    menus,
    pages::{self, PageInput},
    policies::{self, PolicyKind},
};
use serde_json::{Value, json};

use crate::{TEXTS, applied, furnished};

fn about() -> PageInput {
    PageInput { title: "About".to_owned(), handle: Some("about".to_owned()), ..PageInput::default() }
}

#[tokio::test]
async fn a_change_is_seen_at_once() {
    let shop = furnished().await;
    let read = "{ page(handle: \"about\") { title } }";
    assert_eq!(*shop.storefront(read, json!({})).await.data("/page/title"), "About us");
    let page = pages::all(&shop.admin()).await.expect("pages").remove(0);
    let renamed = PageInput { published_at: page.values.published_at, ..about() };
    pages::update(&shop.admin(), page.id(), &renamed).await.expect("it can be renamed");
    assert_eq!(*shop.storefront(read, json!({})).await.data("/page/title"), "About");
    pages::update(&shop.admin(), page.id(), &about()).await.expect("it can be hidden");
    assert_eq!(*shop.storefront(read, json!({})).await.data("/page"), Value::Null);
}

#[tokio::test]
async fn only_who_may_write_texts_writes_them() {
    let shop = furnished().await;
    let reader = shop.app(&[Scope::ReadContent, Scope::WriteProducts]);
    let events = shop.events().await.len();
    assert!(matches!(pages::create(&reader, &about()).await, Err(Error::Forbidden(Scope::WriteContent))));
    let denied = policies::set(&reader, PolicyKind::RefundPolicy, None).await;
    assert!(matches!(denied, Err(Error::Forbidden(Scope::WriteLegalPolicies))));
    assert!(matches!(pages::all(&shop.buyer()).await, Err(Error::Forbidden(Scope::ReadContent))));
    assert_eq!(shop.events().await.len(), events);
}

#[tokio::test]
async fn a_taken_handle_is_refused() {
    let shop = furnished().await;
    let events = shop.events().await.len();
    let refused = pages::create(&shop.admin(), &about()).await;
    assert!(matches!(&refused, Err(Error::Refused(why)) if why[0].code == "TAKEN"), "{refused:?}");
    assert_eq!(shop.events().await.len(), events);
}

#[tokio::test]
async fn what_is_remembered_costs_no_statement() {
    let shop = furnished().await;
    menus::all(&shop.buyer()).await.expect("menus");
    let again = shop.buyer();
    menus::all(&again).await.expect("menus");
    assert_eq!(again.statements(), 0);
}

#[tokio::test]
async fn items_that_keep_their_place_and_title_keep_their_ids() {
    let shop = furnished().await;
    let read = "{ menu(handle: \"main\") { items { id title items { id } } } }";
    let before = shop.storefront(read, json!({})).await.data("/menu/items").clone();
    let text = TEXTS
        .replace("title: Returns", "title: Refunds")
        .replace("https://example.com/", "https://example.org/");
    applied(&shop, &text, Wish::default()).await;
    let after = shop.storefront(read, json!({})).await.data("/menu/items").clone();
    assert_eq!((&before[0], &before[3]["id"]), (&after[0], &after[3]["id"]));
    assert_ne!(before[2]["id"], after[2]["id"]);
}
