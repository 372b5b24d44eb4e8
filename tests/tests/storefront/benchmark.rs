//! The documents that speed is measured with: how many SQL statements they take, and that no engine is needed for them.

use serde_json::json;

use crate::stall::{Asked, Stall, text};

const PRODUCT_PAGE: &str = include_str!("../../../api/src/bench/documents/product_page.graphql");
const LISTING: &str = include_str!("../../../api/src/bench/documents/listing.graphql");
const CART: &str = include_str!("../../../api/src/bench/documents/cart.graphql");

/// The store's settings are remembered by now: a process reads them once.
async fn stall() -> Stall {
    let stall = Stall::open().await;
    stall.get("{ shop { name } }").await;
    stall
}

fn within(asked: &Asked, budget: u32) {
    asked.at("");
    assert!(asked.statements <= budget, "{} statements instead of {budget}", asked.statements);
}

#[tokio::test]
async fn a_product_page_needs_no_engine_and_three_statements_once() {
    let stall = stall().await;
    let shirt = stall.shirt("Shirt").await;
    stall.collection("Shirts", &[shirt]).await;
    let selected = json!([{ "name": "size", "value": "m" }]);
    let variables = json!({ "handle": "shirt", "selected": selected, "country": "DE", "language": "EN" });
    let first = stall.ask(PRODUCT_PAGE, variables.clone()).await;
    within(&first, 3);
    let again = stall.ask(PRODUCT_PAGE, variables).await;
    within(&again, 0);
    assert!(first.is_hot && again.is_hot);
    assert_eq!(first.body, again.body);
    assert_eq!(*again.at("/product/collections/nodes/0/title"), "Shirts");
}

#[tokio::test]
async fn a_listing_needs_no_engine_and_three_statements_once() {
    let stall = stall().await;
    let shirts = [stall.shirt("Aaa").await, stall.shirt("Bbb").await];
    stall.collection("Shirts", &shirts).await;
    let variables = json!({ "handle": "shirts", "sort": "TITLE" });
    let first = stall.ask(LISTING, variables.clone()).await;
    within(&first, 3);
    let again = stall.ask(LISTING, variables).await;
    within(&again, 0);
    assert!(first.is_hot && again.is_hot);
    assert_eq!(*again.at("/collection/products/nodes/1/title"), "Bbb");
}

#[tokio::test]
async fn a_drawer_is_filled_with_six_statements_and_read_with_four() {
    let stall = stall().await;
    let variants = stall.variants(stall.shirt("Shirt").await).await;
    let lines = json!([{ "merchandiseId": variants[1], "quantity": 1 }]);
    let create = stall.ask_for("CartCreate", CART, json!({ "input": { "lines": lines } })).await;
    let cart = text(create.at("/cartCreate/cart/id"));
    let lines = json!([{ "merchandiseId": variants[2], "quantity": 1 }]);
    let add = json!({ "cartId": cart, "lines": lines });
    within(&stall.ask_for("CartLinesAdd", CART, add).await, 6);
    let read = stall.ask_for("CartRead", CART, json!({ "cartId": cart })).await;
    within(&read, 4);
    assert_eq!(*read.at("/cart/totalQuantity"), 2);
}
