//! How many SQL statements the storefront's operations take, when nothing is remembered and when everything is.

use serde_json::json;

use crate::stall::{Asked, Stall, text};

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

const PRODUCT_PAGE: &str =
    "query($handle: String!, $selected: [SelectedOptionInput!]!, $country: CountryCode, $language: LanguageCode)
  @inContext(country: $country, language: $language) { product(handle: $handle) {
    id title vendor handle descriptionHtml description availableForSale
    encodedVariantExistence encodedVariantAvailability
    options { name optionValues { name firstSelectableVariant { ...Variant }
      swatch { color image { previewImage { url } } } } }
    selectedOrFirstAvailableVariant(selectedOptions: $selected, ignoreUnknownOptions: true, caseInsensitiveMatch: true) { ...Variant }
    adjacentVariants(selectedOptions: $selected) { ...Variant }
    images(first: 8) { nodes { id url altText width height } }
    priceRange { minVariantPrice { amount currencyCode } maxVariantPrice { amount currencyCode } }
    collections(first: 3) { nodes { id handle title } }
    seo { title description }
  } }
  fragment Variant on ProductVariant {
    id title sku availableForSale price { amount currencyCode } compareAtPrice { amount currencyCode }
    unitPrice { amount currencyCode } image { id url altText width height } product { title handle } selectedOptions { name value }
  }";

#[tokio::test]
async fn a_product_page_takes_three_statements_and_then_none() {
    let stall = stall().await;
    let shirt = stall.shirt("Shirt").await;
    stall.collection("Shirts", &[shirt]).await;
    let variables = json!({ "handle": "shirt", "selected": [{ "name": "size", "value": "m" }] });
    within(&stall.ask(PRODUCT_PAGE, variables.clone()).await, 3);
    within(&stall.ask(PRODUCT_PAGE, variables).await, 0);
}

const LISTING: &str = "query($handle: String!) { collection(handle: $handle) {
    id handle title description seo { title description }
    products(first: 24) {
      nodes {
        id handle title vendor availableForSale featuredImage { id url altText width height }
        priceRange { minVariantPrice { amount currencyCode } maxVariantPrice { amount currencyCode } }
        compareAtPriceRange { maxVariantPrice { amount currencyCode } }
        variants(first: 1) { nodes { id availableForSale selectedOptions { name value } } }
      }
      pageInfo { hasPreviousPage hasNextPage startCursor endCursor }
    }
  } }";

#[tokio::test]
async fn a_listing_takes_three_statements_and_then_none() {
    let stall = stall().await;
    let shirts = [stall.shirt("Aaa").await, stall.shirt("Bbb").await, stall.shirt("Ccc").await];
    stall.collection("Shirts", &shirts).await;
    within(&stall.ask(LISTING, json!({ "handle": "shirts" })).await, 3);
    within(&stall.ask(LISTING, json!({ "handle": "shirts" })).await, 0);
    stall.collection("Others", &[]).await;
    let list = "{ products(first: 24) { nodes { id title variants(first: 1) { nodes { id } } } } }";
    within(&stall.get(list).await, 1);
    within(&stall.get(list).await, 0);
}

#[tokio::test]
async fn a_cart_is_filled_with_six_statements_and_read_with_four() {
    let stall = stall().await;
    let variants = stall.variants(stall.shirt("Shirt").await).await;
    let created = stall.get("mutation { cartCreate { cart { id } } }").await;
    let cart = text(created.at("/cartCreate/cart/id"));
    let shown = "id totalQuantity cost { totalAmount { amount } } lines(first: 100) { nodes { id quantity
        merchandise { ... on ProductVariant { title product { title } } } } }";
    let add = format!(
        "mutation($cart: ID!, $lines: [CartLineInput!]!) {{
          cartLinesAdd(cartId: $cart, lines: $lines) {{ cart {{ {shown} }} userErrors {{ message }} }} }}"
    );
    let lines: Vec<_> = variants[1..].iter().map(|id| json!({ "merchandiseId": id })).collect();
    within(&stall.ask(&add, json!({ "cart": cart, "lines": lines })).await, 6);
    let read = format!("query($cart: ID!) {{ cart(id: $cart) {{ {shown} }} }}");
    within(&stall.ask(&read, json!({ "cart": cart })).await, 4);
}
