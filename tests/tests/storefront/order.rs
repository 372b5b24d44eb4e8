//! From the shelf to a placed order, all through the API.

use serde_json::{Value, json};

use crate::stall::{Stall, text};

const ERRORS: &str = "userErrors { field code message }";

async fn cart(stall: &Stall, input: Value) -> String {
    let create =
        format!("mutation($input: CartInput!) {{ cartCreate(input: $input) {{ cart {{ id }} {ERRORS} }} }}");
    let created = stall.ask(&create, json!({ "input": input })).await;
    text(created.at("/cartCreate/cart/id")).to_owned()
}

#[tokio::test]
async fn a_cart_tells_what_it_lacks() {
    let stall = Stall::open().await;
    let variants = stall.variants(stall.shirt("Shirt").await).await;
    let id = cart(&stall, json!({ "lines": [{ "merchandiseId": variants[1] }] })).await;
    let prepare = "mutation($id: ID!) { cartPrepareForCompletion(cartId: $id) { result { __typename
        ... on CartStatusNotReady { cart { id } errors { code message } } } userErrors { code } } }";
    let prepared = stall.ask(prepare, json!({ "id": id })).await;
    let result = prepared.at("/cartPrepareForCompletion/result");
    assert_eq!(result["__typename"], "CartStatusNotReady");
    assert_eq!(result["cart"]["id"], id);
    let codes: Vec<&str> =
        result["errors"].as_array().into_iter().flatten().map(|error| text(&error["code"])).collect();
    assert_eq!(
        codes,
        ["BUYER_IDENTITY_EMAIL_REQUIRED", "DELIVERY_ADDRESS_REQUIRED", "PAYMENTS_METHOD_REQUIRED"]
    );
    let submit =
        "mutation($id: ID!) { cartSubmitForCompletion(cartId: $id, attemptToken: \"t\") { result { __typename
        ... on SubmitFailed { checkoutUrl errors { code } } } userErrors { code } } }";
    let submitted = stall.ask(submit, json!({ "id": id })).await;
    assert_eq!(*submitted.at("/cartSubmitForCompletion/result/__typename"), "SubmitFailed");
    let missing = stall.ask(submit, json!({ "id": "gid://shopify/Cart/none?key=none" })).await;
    assert_eq!(*missing.at("/cartSubmitForCompletion/userErrors/0/code"), "INVALID");
}

#[tokio::test]
async fn goods_are_chosen_sent_paid_and_ordered_once() {
    let stall = Stall::open().await;
    let variants = stall.variants(stall.shirt("Shirt").await).await;
    let id = cart(
        &stall,
        json!({ "lines": [{ "merchandiseId": variants[1], "quantity": 2 }], "buyerIdentity": { "email": "ada@example.com" } }),
    )
    .await;
    let total = deliver(&stall, &id).await;
    let pay = format!(
        "mutation($id: ID!, $payment: CartPaymentInput!) {{
          cartPaymentUpdate(cartId: $id, payment: $payment) {{ cart {{ id }} {ERRORS} }} }}"
    );
    let payment =
        json!({ "amount": { "amount": total, "currencyCode": "EUR" }, "sourceIdentifier": "manual" });
    let paid = stall.ask(&pay, json!({ "id": id, "payment": payment })).await;
    assert_eq!(*paid.at("/cartPaymentUpdate/userErrors"), json!([]));
    let attempt = submit(&stall, &id, "SubmitSuccess").await;
    let placed = follow(&stall, &attempt).await;
    assert_eq!(placed["__typename"], "CartCompletionSuccess");
    assert!(text(&placed["orderId"]).starts_with("gid://shopify/Order/"));
    // The same wish again is the same attempt, and the cart has become an order.
    assert_eq!(submit(&stall, &id, "SubmitAlreadyAccepted").await, attempt);
    let read = stall.ask("query($id: ID!) { cart(id: $id) { id } }", json!({ "id": id })).await;
    assert_eq!(*read.at("/cart"), Value::Null);
    let unknown = stall.get("{ cartCompletionAttempt(attemptId: \"none\") { __typename } }").await;
    assert_eq!(*unknown.at("/cartCompletionAttempt"), Value::Null);
}

/// Gives the cart an address and its last delivery option, and tells what it costs then.
async fn deliver(stall: &Stall, id: &str) -> String {
    let shown = "cart { deliveryGroups(first: 5) { nodes { id groupType deliveryAddress { city countryCodeV2 formatted }
        deliveryOptions { handle title deliveryMethodType estimatedCost { amount } }
        selectedDeliveryOption { handle } cartLines(first: 5) { nodes { quantity } } } }
        delivery { addresses { selected address { ... on CartDeliveryAddress { lastName } } } }
        cost { subtotalAmount { amount } totalAmount { amount } totalAmountEstimated } }";
    let add = format!(
        "mutation($id: ID!, $addresses: [CartSelectableAddressInput!]!) {{
          cartDeliveryAddressesAdd(cartId: $id, addresses: $addresses) {{ {shown} {ERRORS} }} }}"
    );
    let address =
        json!({ "lastName": "Lovelace", "address1": "1 Mill Rd", "city": "Bonn", "countryCode": "DE" });
    let addresses = json!([{ "address": { "deliveryAddress": address } }]);
    let added = stall.ask(&add, json!({ "id": id, "addresses": addresses })).await;
    let cart = added.at("/cartDeliveryAddressesAdd/cart");
    let group = &cart["deliveryGroups"]["nodes"][0];
    assert_eq!(group["deliveryAddress"]["countryCodeV2"], "DE");
    assert_eq!(group["cartLines"]["nodes"], json!([{ "quantity": 2 }]));
    assert_eq!(
        cart["delivery"]["addresses"],
        json!([{ "selected": true, "address": { "lastName": "Lovelace" } }])
    );
    let option =
        group["deliveryOptions"].as_array().and_then(|all| all.last()).expect("the store sends goods");
    let select = format!(
        "mutation($id: ID!, $options: [CartSelectedDeliveryOptionInput!]!) {{
          cartSelectedDeliveryOptionsUpdate(cartId: $id, selectedDeliveryOptions: $options) {{ {shown} {ERRORS} }} }}"
    );
    let options = json!([{ "deliveryGroupId": group["id"], "deliveryOptionHandle": option["handle"] }]);
    let selected = stall.ask(&select, json!({ "id": id, "options": options })).await;
    let cart = selected.at("/cartSelectedDeliveryOptionsUpdate/cart");
    assert_eq!(cart["deliveryGroups"]["nodes"][0]["selectedDeliveryOption"]["handle"], option["handle"]);
    assert_eq!(cart["cost"]["subtotalAmount"]["amount"], "42.0");
    assert_eq!(cart["cost"]["totalAmountEstimated"], false);
    text(&cart["cost"]["totalAmount"]["amount"]).to_owned()
}

/// Submits the cart and expects this answer; gives the attempt's id.
async fn submit(stall: &Stall, id: &str, expected: &str) -> String {
    let submit = format!(
        "mutation($id: ID!) {{ cartSubmitForCompletion(cartId: $id, attemptToken: \"one\") {{ result {{ __typename
          ... on SubmitSuccess {{ attemptId redirectUrl }} ... on SubmitAlreadyAccepted {{ attemptId }} }} {ERRORS} }} }}"
    );
    let submitted = stall.ask(&submit, json!({ "id": id })).await;
    let result = submitted.at("/cartSubmitForCompletion/result");
    assert_eq!(result["__typename"], expected);
    text(&result["attemptId"]).to_owned()
}

async fn follow(stall: &Stall, attempt: &str) -> Value {
    let ask = "query($id: String!) { cartCompletionAttempt(attemptId: $id) { __typename
        ... on CartCompletionSuccess { id orderId orderUrl completedAt }
        ... on CartCompletionFailed { errors { code message } }
        ... on CartCompletionProcessing { pollDelay }
        ... on CartCompletionActionRequired { action { ... on CompletePaymentChallenge { redirectUrl } } } } }";
    stall.ask(ask, json!({ "id": attempt })).await.at("/cartCompletionAttempt").clone()
}
