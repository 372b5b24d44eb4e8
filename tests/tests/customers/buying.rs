//! What customers buy, and how they see it afterwards.

use mcom_tests::till;
use serde_json::{Value, json};

use crate::{addresses::add, counter::Counter};

const PLACE: &str = "mutation($input: CartInput!) { cartCreate(input: $input) {
    cart { id buyerIdentity { email phone customer { id } } deliveryGroups(first: 1) { nodes { id deliveryOptions { handle } } } }
    userErrors { code field } } }";

/// Puts two pieces into a cart and says who buys: the payload.
async fn fill(counter: &Counter, variant: &str, identity: Value) -> Value {
    let address =
        json!({ "lastName": "Lovelace", "address1": "1 Mill Rd", "city": "Bonn", "countryCode": "DE" });
    let input = json!({ "lines": [{ "merchandiseId": variant, "quantity": 2 }], "buyerIdentity": identity,
        "delivery": { "addresses": [{ "address": { "deliveryAddress": address } }] } });
    counter.ask(PLACE, json!({ "input": input })).await.data("/cartCreate").clone()
}

/// Buys what is in a cart, to be paid later.
async fn buy(counter: &Counter, cart: &Value) {
    let (id, group) = (&cart["id"], &cart["deliveryGroups"]["nodes"][0]);
    let option = group["deliveryOptions"].as_array().and_then(|all| all.last()).expect("goods are sent");
    let send = "mutation($id: ID!, $options: [CartSelectedDeliveryOptionInput!]!) {
        cartSelectedDeliveryOptionsUpdate(cartId: $id, selectedDeliveryOptions: $options) {
          cart { cost { totalAmount { amount currencyCode } } } } }";
    let options = json!([{ "deliveryGroupId": group["id"], "deliveryOptionHandle": option["handle"] }]);
    let sent = counter.ask(send, json!({ "id": id, "options": options })).await;
    let amount = sent.data("/cartSelectedDeliveryOptionsUpdate/cart/cost/totalAmount").clone();
    let pay = "mutation($id: ID!, $payment: CartPaymentInput!) { cartPaymentUpdate(cartId: $id, payment: $payment) {
        userErrors { code } } }";
    let payment = json!({ "amount": amount, "sourceIdentifier": "manual" });
    let paid = counter.ask(pay, json!({ "id": id, "payment": payment })).await;
    assert_eq!(*paid.data("/cartPaymentUpdate/userErrors"), json!([]));
    let submit = "mutation($id: ID!) { cartSubmitForCompletion(cartId: $id, attemptToken: \"t\") {
        result { __typename } userErrors { code } } }";
    let submitted = counter.ask(submit, json!({ "id": id })).await;
    assert_eq!(*submitted.data("/cartSubmitForCompletion/result/__typename"), "SubmitSuccess");
}

/// Buys two pieces without signing in.
pub async fn order_as_guest(counter: &Counter, variant: &str, email: &str) {
    buy(counter, &fill(counter, variant, json!({ "email": email })).await["cart"]).await;
}

#[tokio::test]
async fn a_cart_knows_who_signed_in_and_the_order_is_theirs() {
    let counter = Counter::open().await;
    let mug = till::goods(&counter.shop.admin(), "12.50", 9).await.gid();
    let token = counter.ada().await;
    let id = counter.customer(&token, "id").await["id"].clone();
    let filled = fill(&counter, &mug, json!({ "customerAccessToken": token })).await;
    let identity = json!({ "email": "ada@example.com", "phone": null, "customer": { "id": id } });
    assert_eq!(filled["cart"]["buyerIdentity"], identity);
    // She has it confirmed elsewhere; the order is hers all the same.
    let update = "mutation($id: ID!, $identity: CartBuyerIdentityInput!) {
        cartBuyerIdentityUpdate(cartId: $id, buyerIdentity: $identity) { cart { buyerIdentity { email customer { id } } } } }";
    let elsewhere = json!({ "id": filled["cart"]["id"], "identity": { "email": "office@example.com" } });
    let updated = counter.ask(update, elsewhere).await;
    let shown = updated.data("/cartBuyerIdentityUpdate/cart/buyerIdentity");
    assert_eq!(*shown, json!({ "email": "office@example.com", "customer": { "id": id } }));
    buy(&counter, &filled["cart"]).await;
    let seen =
        counter.customer(&token, "numberOfOrders orders(first: 5) { totalCount nodes { email } }").await;
    let expected = json!({ "numberOfOrders": "1", "orders": { "totalCount": "1", "nodes": [{ "email": "office@example.com" }] } });
    assert_eq!(seen, expected);
    let merchant = "{ orders(first: 5) { nodes { customer { id email } } } }";
    let told = counter.shop.merchant(merchant, json!({})).await;
    assert_eq!(*told.data("/orders/nodes/0/customer"), json!({ "id": id, "email": "ada@example.com" }));
}

#[tokio::test]
async fn a_cart_takes_no_token_that_is_not_good_and_forgets_who_signed_in_when_told() {
    let counter = Counter::open().await;
    let mug = till::goods(&counter.shop.admin(), "12.50", 9).await.gid();
    let refused = fill(&counter, &mug, json!({ "customerAccessToken": "nonsense" })).await;
    let told = json!([{ "code": "INVALID", "field": ["input", "buyerIdentity", "customerAccessToken"] }]);
    assert_eq!((&refused["cart"], &refused["userErrors"]), (&Value::Null, &told));
    let token = counter.ada().await;
    let filled = fill(&counter, &mug, json!({ "email": "grace@example.com" })).await;
    let update = "mutation($id: ID!, $identity: CartBuyerIdentityInput!) {
        cartBuyerIdentityUpdate(cartId: $id, buyerIdentity: $identity) {
          cart { buyerIdentity { email customer { firstName displayName } } } userErrors { code field } } }";
    let say = async |token: Value| {
        let variables = json!({ "id": filled["cart"]["id"], "identity": { "customerAccessToken": token } });
        counter.ask(update, variables).await.data("/cartBuyerIdentityUpdate").clone()
    };
    let known = say(json!(token)).await;
    let customer = json!({ "firstName": null, "displayName": "ada@example.com" });
    assert_eq!(known["cart"]["buyerIdentity"], json!({ "email": "grace@example.com", "customer": customer }));
    let wrong = say(json!("nonsense")).await;
    assert_eq!(wrong["userErrors"][0]["field"], json!(["buyerIdentity", "customerAccessToken"]));
    assert_eq!(wrong["cart"]["buyerIdentity"]["customer"], customer, "a refused change changes nothing");
    let nobody = say(Value::Null).await;
    assert_eq!(nobody["cart"]["buyerIdentity"], json!({ "email": "grace@example.com", "customer": null }));
    // Without the cart's key nobody learns who buys.
    say(json!(token)).await;
    let id = filled["cart"]["id"].as_str().and_then(|id| id.split('?').next()).expect("an id");
    let read = "query($id: ID!) { cart(id: $id) { buyerIdentity { email customer { id } } } }";
    let seen = counter.ask(read, json!({ "id": id })).await;
    assert_eq!(*seen.data("/cart/buyerIdentity"), json!({ "email": null, "customer": null }));
}

#[tokio::test]
async fn a_cart_takes_addresses_from_the_book_of_who_signed_in_only() {
    let counter = Counter::open().await;
    let (ada, grace) = (counter.ada().await, counter.member("grace@example.com").await);
    let (hers, other) = (add(&counter, &ada, "Bonn").await, add(&counter, &grace, "Ulm").await);
    let document = "mutation($input: CartInput!) { cartCreate(input: $input) { cart { delivery { addresses {
        address { ... on CartDeliveryAddress { city countryCode } } } } } userErrors { code field } } }";
    let open = async |identity: Value, id: &Value| {
        let addresses = json!([{ "address": { "copyFromCustomerAddressId": id } }]);
        let input = json!({ "buyerIdentity": identity, "delivery": { "addresses": addresses } });
        counter.ask(document, json!({ "input": input })).await.data("/cartCreate").clone()
    };
    let signed_in = json!({ "customerAccessToken": ada });
    let taken = open(signed_in.clone(), &hers).await;
    let address = json!([{ "address": { "city": "Bonn", "countryCode": "DE" } }]);
    assert_eq!(taken["cart"]["delivery"]["addresses"], address);
    for (identity, id) in [(signed_in.clone(), &other), (json!({}), &hers), (signed_in, &json!("nonsense"))] {
        let refused = open(identity, id).await;
        let field = json!(["input", "delivery", "addresses", "0", "address", "copyFromCustomerAddressId"]);
        assert_eq!(refused["userErrors"], json!([{ "code": "INVALID", "field": field }]));
    }
}

#[tokio::test]
async fn an_order_is_shown_as_it_was_agreed() {
    let counter = Counter::open().await;
    let mug = till::goods(&counter.shop.admin(), "12.50", 9).await.gid();
    let token = counter.ada().await;
    buy(&counter, &fill(&counter, &mug, json!({ "customerAccessToken": token })).await["cart"]).await;
    let fields = "orders(first: 1) { nodes { id name orderNumber email phone processedAt canceledAt cancelReason
        financialStatus fulfillmentStatus currencyCode customAttributes { key }
        subtotalPrice { amount } subtotalPriceV2 { amount } totalPriceV2 { amount } originalTotalPrice { amount }
        totalShippingPrice { amount } totalShippingPriceV2 { amount } totalRefunded { amount } totalRefundedV2 { amount }
        currentSubtotalPrice { amount } currentTotalShippingPrice { amount } statusUrl
        shippingAddress { city country countryCodeV2 } billingAddress { city }
        lineItems(first: 5) { nodes { title quantity currentQuantity originalTotalPrice { amount }
          discountedTotalPrice { amount } customAttributes { key } variant { id title product { handle } } } } } }";
    let order = counter.customer(&token, fields).await["orders"]["nodes"][0].clone();
    assert_eq!((&order["name"], &order["orderNumber"]), (&json!("#1001"), &json!(1001)));
    assert_eq!(order["financialStatus"], "PENDING");
    assert_eq!(order["fulfillmentStatus"], "UNFULFILLED");
    assert_eq!(order["subtotalPrice"], json!({ "amount": "25.0" }));
    assert_eq!(order["currentSubtotalPrice"], json!({ "amount": "25.0" }));
    assert_eq!(order["totalRefunded"], json!({ "amount": "0.0" }));
    assert_eq!(
        order["shippingAddress"],
        json!({ "city": "Bonn", "country": "Germany", "countryCodeV2": "DE" })
    );
    let line = &order["lineItems"]["nodes"][0];
    assert_eq!((&line["quantity"], &line["currentQuantity"]), (&json!(2), &json!(2)));
    assert_eq!(line["originalTotalPrice"], json!({ "amount": "25.0" }));
    assert_eq!(line["variant"]["id"], json!(mug));
    assert_eq!(line["variant"]["product"]["handle"], "mug");
    let page = order["statusUrl"].as_str().expect("a page");
    assert!(page.contains("/checkouts/"), "{page}");
}

#[tokio::test]
async fn orders_are_sorted_counted_and_found_and_only_ones_own() {
    let counter = Counter::open().await;
    let cx = counter.shop.admin();
    let (cheap, dear) = (till::goods(&cx, "1.00", 9).await.gid(), till::goods(&cx, "99.00", 9).await.gid());
    let (ada, grace) = (counter.ada().await, counter.member("grace@example.com").await);
    for (token, variant) in [(&ada, &dear), (&ada, &cheap), (&grace, &dear)] {
        buy(&counter, &fill(&counter, variant, json!({ "customerAccessToken": token })).await["cart"]).await;
        counter.shop.pass(chrono::Duration::seconds(3600));
    }
    let names = async |arguments: &str| {
        let seen =
            counter.customer(&ada, &format!("orders({arguments}) {{ totalCount nodes {{ name }} }}")).await;
        let nodes = seen["orders"]["nodes"].as_array().cloned().unwrap_or_default();
        (
            seen["orders"]["totalCount"].clone(),
            nodes.into_iter().map(|it| it["name"].clone()).collect::<Vec<_>>(),
        )
    };
    let [first, second] = [json!("#1001"), json!("#1002")];
    assert_eq!(names("first: 5").await, (json!("2"), vec![first.clone(), second.clone()]));
    assert_eq!(names("first: 5, sortKey: TOTAL_PRICE").await.1, [second.clone(), first.clone()]);
    assert_eq!(
        names("first: 1, sortKey: PROCESSED_AT, reverse: true").await,
        (json!("2"), vec![second.clone()])
    );
    let since = format!("first: 5, query: \"processed_at:>'{}'\"", mcom_tests::shop::opening().to_rfc3339());
    assert_eq!(names(&since).await, (json!("1"), vec![second]));
    // Whatever is looked for, nobody finds the orders of others.
    assert_eq!(names("first: 5, query: \"email:grace@example.com\"").await, (json!("0"), vec![]));
    assert_eq!(names("first: 5, query: \"name:#1003 OR name:#1001\"").await, (json!("1"), vec![first]));
}

#[tokio::test]
async fn a_cancelled_order_costs_nothing_any_more() {
    let counter = Counter::open().await;
    let mug = till::goods(&counter.shop.admin(), "12.50", 9).await.gid();
    let token = counter.ada().await;
    buy(&counter, &fill(&counter, &mug, json!({ "customerAccessToken": token })).await["cart"]).await;
    let id = counter.customer(&token, "orders(first: 1) { nodes { id } }").await["orders"]["nodes"][0]["id"]
        .clone();
    let cancel =
        "mutation($id: ID!) { orderCancel(orderId: $id, reason: CUSTOMER, restock: true, refund: true) {
        orderCancelUserErrors { message } } }";
    counter.shop.merchant(cancel, json!({ "id": id })).await.data("/orderCancel");
    let fields = "orders(first: 1) { nodes { cancelReason canceledAt financialStatus totalPrice { amount }
        currentTotalPrice { amount } lineItems(first: 1) { nodes { quantity currentQuantity } } } }";
    let order = counter.customer(&token, fields).await["orders"]["nodes"][0].clone();
    assert_eq!((&order["cancelReason"], &order["financialStatus"]), (&json!("CUSTOMER"), &json!("VOIDED")));
    assert!(order["canceledAt"].is_string());
    assert_eq!(order["currentTotalPrice"], json!({ "amount": "0.0" }));
    assert_ne!(order["totalPrice"], json!({ "amount": "0.0" }));
    assert_eq!(order["lineItems"]["nodes"][0], json!({ "quantity": 2, "currentQuantity": 0 }));
}
