//! The pages that carts and orders lead to: they exist where the API says, show what is there, and do no harm.

use mcom_catalog::{products, variants};
use mcom_sales::carts::CartView;
use mcom_schema::id::VariantId;
use mcom_tests::{
    server::{Reply, Server},
    till::Till,
};
use serde_json::{Value, json};

/// The path of an address of this server.
fn path<'a>(server: &Server, address: &'a str) -> &'a str {
    let origin = format!("http://{}/", server.host());
    address
        .strip_prefix(&origin[..origin.len() - 1])
        .unwrap_or_else(|| panic!("{address} is not below {origin}"))
}

fn is_page(reply: &Reply, status: u16) {
    assert_eq!(reply.status, status, "{}", reply.body);
    assert_eq!(reply.header("content-type"), Some("text/html; charset=utf-8"));
    let policy = reply.header("content-security-policy").expect("a policy");
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    assert!(!reply.body.contains("<script"), "{}", reply.body);
}

async fn asked(server: &Server, document: &str, variables: Value) -> Value {
    let reply = server.storefront(document, variables).await.json();
    assert!(reply.get("errors").is_none(), "{reply:#}");
    reply["data"].clone()
}

async fn checkout_url(server: &Server, cart: &CartView) -> String {
    let data =
        asked(server, "query($id: ID!) { cart(id: $id) { checkoutUrl } }", json!({ "id": cart.id.gid() }))
            .await;
    data["cart"]["checkoutUrl"].as_str().expect("an address").to_owned()
}

async fn rename(till: &Till, variant: VariantId, title: &str) {
    let cx = till.shop.admin();
    let known = variants::by_ids(&cx, &[variant]).await.expect("it can be read");
    let product = known[0].as_ref().expect("it is there").row.product_id;
    let title = serde_json::from_value(json!({ "title": title })).expect("an input");
    products::update(&cx, mcom_schema::id::ProductId(product), &title, &[]).await.expect("it can be renamed");
}

#[tokio::test]
async fn a_cart_leads_to_its_page() {
    let till = Till::open().await;
    let mug = till.goods("12.50", 5).await;
    rename(&till, mug, "Mug <script>alert(1)</script>").await;
    let cart = till.cart(mug, 2, "manual").await;
    let server = Server::open(till.shop).await;
    let address = checkout_url(&server, &cart).await;
    let page = server.get(path(&server, &address)).await;
    is_page(&page, 200);
    for shown in ["Mug &lt;script&gt;", "12.50 EUR", "25.00 EUR", "cartSubmitForCompletion"] {
        assert!(page.body.contains(shown), "{shown}: {}", page.body);
    }
    let (without_key, _) = address.split_once('?').expect("a key");
    for wrong in [without_key.to_owned(), format!("{without_key}?key=wrong")] {
        is_page(&server.get(path(&server, &wrong)).await, 404);
    }
    let style = server.get("/assets/hosted/page.css").await;
    assert_eq!((style.status, style.header("content-type")), (200, Some("text/css; charset=utf-8")));
    server.stop().await;
}

#[tokio::test]
async fn an_order_leads_to_its_page() {
    let till = Till::open().await;
    let cart = till.cart(till.goods("12.50", 5).await, 2, "manual").await;
    let server = Server::open(till.shop).await;
    let submit = "mutation($id: ID!) { cartSubmitForCompletion(cartId: $id, attemptToken: \"one\") {
        result { ... on SubmitSuccess { redirectUrl attemptId } } } }";
    let submitted = asked(&server, submit, json!({ "id": cart.id.gid() })).await;
    let result = &submitted["cartSubmitForCompletion"]["result"];
    let attempt = "query($id: String!) { cartCompletionAttempt(attemptId: $id) {
        ... on CartCompletionSuccess { orderUrl } } }";
    let attempted = asked(&server, attempt, json!({ "id": result["attemptId"] })).await;
    let address = attempted["cartCompletionAttempt"]["orderUrl"].as_str().expect("it is placed");
    assert_eq!(result["redirectUrl"], address);
    let page = server.get(path(&server, address)).await;
    is_page(&page, 200);
    for shown in ["#1001", "Confirmation number", "25.00 EUR", "ada@example.com", "Lovelace", "Bonn"] {
        assert!(page.body.contains(shown), "{shown}: {}", page.body);
    }
    is_page(&server.get("/checkouts/none").await, 404);
    is_page(&server.get(path(&server, &checkout_url_of(&server, &cart))).await, 404);
    server.stop().await;
}

/// The address that the cart had before it became an order.
fn checkout_url_of(server: &Server, cart: &CartView) -> String {
    format!("http://{}/cart/c/{}", server.host(), cart.id.path())
}
