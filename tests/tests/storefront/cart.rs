//! Carts: filled, changed, refused, and what becomes of them when goods disappear.

use mcom_catalog::products;
use serde_json::{Value, json};

use crate::stall::{Asked, Stall, text};

const CART: &str = "fragment Cart on Cart { id note totalQuantity checkoutUrl
    attributes { key value } attribute(key: \"gift\") { value }
    buyerIdentity { countryCode email phone }
    cost { subtotalAmount { amount } totalAmount { amount currencyCode } totalAmountEstimated }
    lines(first: 10) { nodes { id quantity attributes { key value }
      cost { amountPerQuantity { amount } compareAtAmountPerQuantity { amount } totalAmount { amount } }
      merchandise { ... on ProductVariant { id title product { handle } } } } } }";

async fn change(stall: &Stall, mutation: &str, arguments: &str, variables: Value) -> Asked {
    let types = arguments.split(", ").filter(|argument| !argument.is_empty());
    let passed: Vec<String> = types
        .clone()
        .map(|argument| {
            let name = argument.trim_start_matches('$').split(':').next().unwrap_or_default();
            format!("{name}: ${name}")
        })
        .collect();
    let document = format!(
        "mutation({arguments}) {{ {mutation}({}) {{ cart {{ ...Cart }} userErrors {{ field code message }}
           warnings {{ code target }} }} }} {CART}",
        passed.join(", ")
    );
    stall.ask(&document, variables).await
}

async fn create(stall: &Stall, input: Value) -> Asked {
    change(stall, "cartCreate", "$input: CartInput", json!({ "input": input })).await
}

#[tokio::test]
async fn a_cart_is_filled_and_priced() {
    let stall = Stall::open().await;
    let variants = stall.variants(stall.shirt("Shirt").await).await;
    let created = create(
        &stall,
        json!({
            "note": "Wrap it", "attributes": [{ "key": "gift", "value": "yes" }],
            "buyerIdentity": { "email": "ada@example.com", "countryCode": "DE" },
            "lines": [{ "merchandiseId": variants[1], "quantity": 2 }, { "merchandiseId": variants[2] }],
        }),
    )
    .await;
    let cart = created.at("/cartCreate/cart");
    assert_eq!(*created.at("/cartCreate/userErrors"), json!([]));
    assert_eq!(cart["totalQuantity"], 3);
    assert_eq!(cart["cost"]["totalAmount"], json!({ "amount": "64.0", "currencyCode": "EUR" }));
    assert_eq!(cart["attribute"]["value"], "yes");
    assert_eq!(
        cart["buyerIdentity"],
        json!({ "countryCode": "DE", "email": "ada@example.com", "phone": null })
    );
    assert_eq!(cart["lines"]["nodes"][0]["merchandise"]["title"], "S / Blue");
    assert_eq!(cart["lines"]["nodes"][1]["cost"]["compareAtAmountPerQuantity"]["amount"], "30.0");
    let id = text(&cart["id"]);
    let read = stall
        .ask(&format!("query($id: ID!) {{ cart(id: $id) {{ ...Cart }} }} {CART}"), json!({ "id": id }))
        .await;
    assert_eq!(read.at("/cart"), cart);
}

#[tokio::test]
async fn equal_lines_are_merged_and_stock_is_the_limit() {
    let stall = Stall::open().await;
    let variants = stall.variants(stall.shirt("Shirt").await).await;
    let created = create(&stall, json!({ "lines": [{ "merchandiseId": variants[2], "quantity": 2 }] })).await;
    let id = text(created.at("/cartCreate/cart/id"));
    let more = json!({ "cartId": id, "lines": [{ "merchandiseId": variants[2], "quantity": 9 }] });
    let added = change(&stall, "cartLinesAdd", "$cartId: ID!, $lines: [CartLineInput!]!", more).await;
    assert_eq!(*added.at("/cartLinesAdd/cart/totalQuantity"), 3);
    assert_eq!(*added.at("/cartLinesAdd/warnings/0/code"), "MERCHANDISE_NOT_ENOUGH_STOCK");
    assert_eq!(added.at("/cartLinesAdd/warnings/0/target"), added.at("/cartLinesAdd/cart/lines/nodes/0/id"));
    let none = json!({ "cartId": id, "lines": [{ "merchandiseId": variants[0] }] });
    let refused = change(&stall, "cartLinesAdd", "$cartId: ID!, $lines: [CartLineInput!]!", none).await;
    assert_eq!(*refused.at("/cartLinesAdd/cart/totalQuantity"), 3);
    assert!(refused.at("/cartLinesAdd/warnings").to_string().contains("MERCHANDISE_OUT_OF_STOCK"));
}

#[tokio::test]
async fn lines_are_changed_and_taken_out() {
    let stall = Stall::open().await;
    let variants = stall.variants(stall.shirt("Shirt").await).await;
    let created = create(
        &stall,
        json!({ "lines": [{ "merchandiseId": variants[1] }, { "merchandiseId": variants[2] }] }),
    )
    .await;
    let id = text(created.at("/cartCreate/cart/id"));
    let line = |n: usize| created.at(&format!("/cartCreate/cart/lines/nodes/{n}/id"));
    let update = json!({ "cartId": id, "lines": [{ "id": line(0), "quantity": 4 }] });
    let updated =
        change(&stall, "cartLinesUpdate", "$cartId: ID!, $lines: [CartLineUpdateInput!]!", update).await;
    assert_eq!(*updated.at("/cartLinesUpdate/cart/lines/nodes/0/quantity"), 4);
    let remove = json!({ "cartId": id, "lineIds": [line(1)] });
    let removed = change(&stall, "cartLinesRemove", "$cartId: ID!, $lineIds: [ID!]", remove.clone()).await;
    assert_eq!(*removed.at("/cartLinesRemove/cart/totalQuantity"), 4);
    let again = change(&stall, "cartLinesRemove", "$cartId: ID!, $lineIds: [ID!]", remove).await;
    assert_eq!(*again.at("/cartLinesRemove/userErrors/0/code"), "INVALID_MERCHANDISE_LINE");
    assert_eq!(*again.at("/cartLinesRemove/userErrors/0/field"), json!(["lineIds", "0"]));
    assert_eq!(*again.at("/cartLinesRemove/cart/totalQuantity"), 4);
}

#[tokio::test]
async fn what_does_not_exist_is_refused_as_documented() {
    let stall = Stall::open().await;
    let unknown = "gid://shopify/ProductVariant/9007199254740991";
    let created = create(&stall, json!({ "lines": [{ "merchandiseId": unknown }] })).await;
    assert_eq!(*created.at("/cartCreate/cart"), Value::Null);
    assert_eq!(*created.at("/cartCreate/userErrors/0/code"), "INVALID");
    assert_eq!(
        *created.at("/cartCreate/userErrors/0/field"),
        json!(["input", "lines", "0", "merchandiseId"])
    );
    let missing = json!({ "cartId": "gid://shopify/Cart/none?key=none", "note": "x" });
    let missing = change(&stall, "cartNoteUpdate", "$cartId: ID!, $note: String!", missing).await;
    assert_eq!(
        *missing.at("/cartNoteUpdate/userErrors"),
        json!([{ "field": ["cartId"], "code": "INVALID", "message": "The specified cart does not exist." }])
    );
    let created = create(&stall, json!({})).await;
    let long = json!({ "cartId": created.at("/cartCreate/cart/id"), "note": "x".repeat(5001) });
    let long = change(&stall, "cartNoteUpdate", "$cartId: ID!, $note: String!", long).await;
    assert_eq!(*long.at("/cartNoteUpdate/userErrors/0/code"), "NOTE_TOO_LONG");
}

#[tokio::test]
async fn without_its_key_a_cart_hides_its_buyer_and_cannot_be_changed() {
    let stall = Stall::open().await;
    let created =
        create(&stall, json!({ "note": "secret", "buyerIdentity": { "email": "ada@example.com" } })).await;
    let id = text(created.at("/cartCreate/cart/id"));
    let bare = id.split('?').next().unwrap_or_default();
    let read = format!("query($id: ID!) {{ cart(id: $id) {{ ...Cart }} }} {CART}");
    let read = stall.ask(&read, json!({ "id": bare })).await;
    assert_eq!(*read.at("/cart/note"), Value::Null);
    assert_eq!(*read.at("/cart/buyerIdentity/email"), Value::Null);
    let note = json!({ "cartId": bare, "note": "mine now" });
    let changed = change(&stall, "cartNoteUpdate", "$cartId: ID!, $note: String!", note).await;
    assert_eq!(*changed.at("/cartNoteUpdate/userErrors/0/code"), "INVALID");
}

#[tokio::test]
async fn a_deleted_product_leaves_the_rest_of_the_cart_standing() {
    let stall = Stall::open().await;
    let doomed = stall.shirt("Doomed").await;
    let (gone, kept) = (stall.variants(doomed).await, stall.variants(stall.shirt("Kept").await).await);
    let created =
        create(&stall, json!({ "lines": [{ "merchandiseId": gone[1] }, { "merchandiseId": kept[1] }] }))
            .await;
    let id = text(created.at("/cartCreate/cart/id"));
    products::delete(&stall.shop.admin(), doomed).await.expect("it can be deleted");
    let read = format!("query($id: ID!) {{ cart(id: $id) {{ ...Cart }} }} {CART}");
    let read = stall.ask(&read, json!({ "id": id })).await;
    let lines = read.at("/cart/lines/nodes").as_array().cloned().unwrap_or_default();
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0]["merchandise"]["product"]["handle"], "kept");
}
