//! Orders: read with what they cross, found, and cancelled.

use serde_json::{Value, json};

use crate::back_office::{BackOffice, text};

const ORDER: &str = "query($id: ID!) { order(id: $id) { name displayFinancialStatus displayFulfillmentStatus cancelReason cancelledAt
    totalPrice totalPriceSet { shopMoney { amount currencyCode } presentmentMoney { amount } } totalOutstandingSet { shopMoney { amount } }
    currentTotalPriceSet { shopMoney { amount } } subtotalLineItemsQuantity currentSubtotalLineItemsQuantity fullyPaid unpaid
    shippingAddress { city formatted countryCodeV2 } shippingLine { title code } requiresShipping paymentGatewayNames
    customer { email displayName numberOfOrders orders(first: 5) { nodes { name } } lastOrder { name } }
    lineItems(first: 5) { nodes { name quantity originalUnitPriceSet { shopMoney { amount } } product { title } variant { id inventoryQuantity } } }
    transactions { kind status gateway manualPaymentGateway } cancellation { staffNote } } }";

/// Buys two of a thing that there are five of, to be paid by hand; answers with the order's id as merchants know it.
async fn bought(office: &BackOffice) -> String {
    let goods = office.goods("Mug").await;
    office.stock(&goods.item, 5).await;
    office.publish(&goods.product).await;
    let buy = async |document: &str, variables: Value| office.shop.storefront(document, variables).await;
    let address =
        json!({ "lastName": "Lovelace", "address1": "1 Mill Rd", "city": "Bonn", "countryCode": "DE" });
    let create =
        "mutation($input: CartInput!) { cartCreate(input: $input) { cart { id } userErrors { message } } }";
    let input = json!({ "lines": [{ "merchandiseId": goods.variant, "quantity": 2 }], "buyerIdentity": { "email": "ada@example.com" } });
    let cart = text(buy(create, json!({ "input": input })).await.data("/cartCreate/cart/id"));
    let deliver = "mutation($id: ID!, $addresses: [CartSelectableAddressInput!]!) { cartDeliveryAddressesAdd(cartId: $id, addresses: $addresses) {
        cart { cost { totalAmount { amount } } deliveryGroups(first: 1) { nodes { id deliveryOptions { handle } } } } userErrors { message } } }";
    let addresses = json!([{ "address": { "deliveryAddress": address }, "selected": true }]);
    let delivered = buy(deliver, json!({ "id": cart, "addresses": addresses })).await;
    let group = delivered.data("/cartDeliveryAddressesAdd/cart/deliveryGroups/nodes/0");
    let choose = "mutation($id: ID!, $o: [CartSelectedDeliveryOptionInput!]!) { cartSelectedDeliveryOptionsUpdate(cartId: $id, selectedDeliveryOptions: $o) {
        cart { cost { totalAmount { amount } } } userErrors { message } } }";
    let option = json!([{ "deliveryGroupId": group["id"], "deliveryOptionHandle": group["deliveryOptions"][0]["handle"] }]);
    let chosen = buy(choose, json!({ "id": cart, "o": option })).await;
    let total = chosen.data("/cartSelectedDeliveryOptionsUpdate/cart/cost/totalAmount/amount");
    let pay = "mutation($id: ID!, $p: CartPaymentInput!) { cartPaymentUpdate(cartId: $id, payment: $p) { userErrors { message } } }";
    let payment =
        json!({ "amount": { "amount": total, "currencyCode": "EUR" }, "sourceIdentifier": "manual" });
    buy(pay, json!({ "id": cart, "p": payment })).await.data("");
    let submit = "mutation($id: ID!) { cartSubmitForCompletion(cartId: $id, attemptToken: \"t\") { result { __typename ... on SubmitSuccess { attemptId } } } }";
    let attempt =
        buy(submit, json!({ "id": cart })).await.data("/cartSubmitForCompletion/result/attemptId").clone();
    let follow = "query($id: String!) { cartCompletionAttempt(attemptId: $id) { __typename ... on CartCompletionSuccess { orderId } } }";
    for _ in 0..50 {
        let asked = buy(follow, json!({ "id": attempt })).await;
        let result = asked.data("/cartCompletionAttempt");
        if result["__typename"] != "CartCompletionProcessing" {
            let with_key = text(&result["orderId"]);
            return with_key.split('?').next().unwrap_or_default().to_owned();
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("the order was not placed");
}

#[tokio::test]
async fn an_order_is_read_with_its_customer_and_its_products() {
    let office = BackOffice::open().await;
    let id = bought(&office).await;
    let asked = office.ask(ORDER, json!({ "id": id })).await;
    let it = asked.data("/order");
    assert_eq!((&it["name"], &it["displayFinancialStatus"]), (&json!("#1001"), &json!("PENDING")));
    assert_eq!((&it["unpaid"], &it["subtotalLineItemsQuantity"]), (&json!(true), &json!(2)));
    let line = &it["lineItems"]["nodes"][0];
    assert_eq!(
        (&line["product"]["title"], &line["variant"]["inventoryQuantity"]),
        (&json!("Mug"), &json!(3))
    );
    assert_eq!(line["originalUnitPriceSet"]["shopMoney"]["amount"], "12.5");
    let customer = &it["customer"];
    assert_eq!((&customer["email"], &customer["numberOfOrders"]), (&json!("ada@example.com"), &json!("1")));
    assert_eq!(
        (&customer["orders"]["nodes"][0]["name"], &customer["lastOrder"]["name"]),
        (&json!("#1001"), &json!("#1001"))
    );
    let find = "query($query: String) { orders(first: 5, query: $query) { nodes { id } } }";
    for (query, found) in [
        ("name:#1001", true),
        ("financial_status:pending status:open", true),
        ("email:ADA@example.com", true),
        ("financial_status:paid", false),
        ("-name:#1001", false),
        ("created_at:<2020", false),
    ] {
        let listed = office.ask(find, json!({ "query": query })).await;
        assert_eq!(*listed.data("/orders/nodes") == json!([{ "id": id }]), found, "{query}");
    }
    let node = office
        .ask("query($id: ID!) { node(id: $id) { __typename ... on Order { name } } }", json!({ "id": id }))
        .await;
    assert_eq!(*node.data("/node"), json!({ "__typename": "Order", "name": "#1001" }));
    let listed = office.get("{ customers(first: 5) { nodes { displayName defaultEmailAddress { emailAddress } amountSpent { amount } } } }").await;
    assert_eq!(listed.data("/customers/nodes").as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_cancelled_order_gives_its_stock_back_once() {
    let office = BackOffice::open().await;
    let id = bought(&office).await;
    let cancel = "mutation($id: ID!) { orderCancel(orderId: $id, reason: CUSTOMER, restock: true, refund: true, staffNote: \"called\") {
        job { id done } orderCancelUserErrors { code field message } userErrors { field message } } }";
    let done = office.ask(cancel, json!({ "id": id })).await;
    assert_eq!(*done.data("/orderCancel/job/done"), json!(true));
    let asked = office.ask(ORDER, json!({ "id": id })).await;
    let it = asked.data("/order");
    assert_eq!(
        (&it["cancelReason"], &it["cancellation"]["staffNote"]),
        (&json!("CUSTOMER"), &json!("called"))
    );
    assert_eq!(
        (&it["displayFinancialStatus"], &it["currentSubtotalLineItemsQuantity"]),
        (&json!("VOIDED"), &json!(0))
    );
    assert_eq!(it["lineItems"]["nodes"][0]["variant"]["inventoryQuantity"], json!(5));
    let again = office.ask(cancel, json!({ "id": id })).await;
    assert_eq!(*again.data("/orderCancel/orderCancelUserErrors/0/code"), json!("INVALID"));
    assert_eq!(*again.data("/orderCancel/job"), Value::Null);
    let stranger = office.ask(cancel, json!({ "id": "gid://shopify/Order/9007199254740991" })).await;
    assert_eq!(*stranger.data("/orderCancel/orderCancelUserErrors/0/code"), json!("NOT_FOUND"));
}
