//! Places where buyers pick up: found by how near they are, told with what is there, and chosen for a cart.

use mcom::apply::{self, Wish};
use mcom_catalog::inventory::{self, InventoryQuantityInput, InventorySetQuantitiesInput};
use mcom_data::Cx;
use mcom_schema::id::{LocationId, VariantId};
use mcom_store::locations;
use mcom_tests::till::{Till, payment_of};
use serde_json::{Value, json};

/// Bonn keeps what is sold online; Ulm has a counter, too. Nothing is picked up in Jena.
const PLACES: &str = "
locations:
  - name: Main
    address: { address1: 1 Mill Road, city: Bonn, zip: '53111', countryCode: DE }
    latitude: 50.7374
    longitude: 7.0982
    pickup: { time: In an hour }
  - name: Counter
    address: { city: Ulm, countryCode: DE }
    latitude: 48.4011
    longitude: 9.9876
    fulfillsOnlineOrders: false
    pickup: { time: Tomorrow }
  - { name: Depot, address: { city: Jena, countryCode: DE } }
";

async fn open() -> Till {
    let till = Till::open().await;
    let done = apply::apply(&till.shop.admin(), PLACES, Wish::default()).await.expect("it can be applied");
    done.unwrap_or_else(|faults| panic!("{faults:?}"));
    till
}

async fn location(cx: &Cx, name: &str) -> LocationId {
    let all = locations::all(cx).await.expect("they can be read");
    all.iter().find(|it| it.name == name).map(|it| it.id).expect("there is such a location")
}

async fn put(till: &Till, variant: VariantId, at: &str, quantity: i64) {
    let cx = till.shop.admin();
    let location = location(&cx, at).await;
    let found = mcom_catalog::variants::by_ids(&cx, &[variant]).await.expect("it can be read");
    let item = found[0].as_ref().expect("there is such a variant").inventory_item_id;
    let quantities = vec![InventoryQuantityInput {
        change_from_quantity: None,
        inventory_item_id: item,
        location_id: location,
        quantity,
    }];
    let input = InventorySetQuantitiesInput {
        name: "available".to_owned(),
        quantities,
        reason: "correction".to_owned(),
        reference_document_uri: None,
    };
    inventory::set_quantities(&cx, &input).await.expect("it can be stocked");
}

fn names(list: &Value) -> Vec<&str> {
    list.as_array().expect("it is a list").iter().filter_map(|it| it["name"].as_str()).collect()
}

#[tokio::test]
async fn locations_are_found_by_name_city_and_distance() {
    let till = open().await;
    let by = async |arguments: &str| {
        let document = format!("{{ locations(first: 9, {arguments}) {{ nodes {{ name }} }} }}");
        let answer = till.shop.storefront(&document, json!({})).await;
        names(answer.data("/locations/nodes")).join(" ")
    };
    assert_eq!(by("sortKey: NAME").await, "Counter Main");
    assert_eq!(by("sortKey: CITY").await, "Main Counter");
    assert_eq!(by("sortKey: CITY, reverse: true").await, "Counter Main");
    let munich = "near: { latitude: 48.1372, longitude: 11.5755 }";
    assert_eq!(by(&format!("sortKey: DISTANCE, {munich}")).await, "Counter Main");
    let page =
        "{ locations(first: 1, sortKey: NAME) { pageInfo { hasNextPage endCursor } edges { cursor node { id
        address { formatted country latitude } } } } }";
    let page = till.shop.storefront(page, json!({})).await;
    let node = &page.data("/locations/edges")[0]["node"];
    assert_eq!(node["address"]["formatted"], json!(["Ulm", "Germany"]));
    let again = till.shop.storefront(
        "query($id: ID!, $after: String) { node(id: $id) { ... on Location { name } }
          locations(first: 1, sortKey: NAME, after: $after) { nodes { name } } }",
        json!({ "id": node["id"], "after": page.data("/locations/pageInfo/endCursor") }),
    );
    let again = again.await;
    assert_eq!(*again.data("/node/name"), json!("Counter"));
    assert_eq!(names(again.data("/locations/nodes")), ["Main"]);
}

#[tokio::test]
async fn a_variant_tells_where_it_can_be_picked_up() {
    let till = open().await;
    let mug = till.goods("12.50", 5).await;
    put(&till, mug, "Counter", 0).await;
    let counter = location(&till.shop.admin(), "Counter").await;
    let shown = "{ node(id: $id) { ... on ProductVariant { storeAvailability(first: 9) { nodes {
        available quantityAvailable pickUpTime location { name } } } } } }";
    let ask = async |context: String| {
        let document = format!("query($id: ID!) {context} {shown}");
        let answer = till.shop.storefront(&document, json!({ "id": mug.gid() })).await;
        answer.data("/node/storeAvailability/nodes").clone()
    };
    let main = json!({ "available": true, "quantityAvailable": 5, "pickUpTime": "In an hour",
        "location": { "name": "Main" } });
    let none = json!({ "available": false, "quantityAvailable": 0, "pickUpTime": "Tomorrow",
        "location": { "name": "Counter" } });
    assert_eq!(ask(String::new()).await, json!([main, none]));
    let preferring = format!("@inContext(preferredLocationId: \"{}\")", counter.gid());
    assert_eq!(ask(preferring).await, json!([none, main]));
}

#[tokio::test]
async fn a_cart_is_picked_up_where_all_of_it_is_and_takes_its_stock_from_there() {
    let till = open().await;
    let (mug, pot) = (till.goods("12.50", 5).await, till.goods("30.00", 5).await);
    put(&till, mug, "Counter", 2).await;
    let address = json!({ "address": { "deliveryAddress": { "countryCode": "DE" } } });
    let input = json!({ "buyerIdentity": { "email": "ada@example.com" },
        "lines": [{ "merchandiseId": mug.gid(), "quantity": 2 }], "delivery": { "addresses": [address] } });
    let shown = "cart { id cost { totalAmount { amount } } deliveryGroups(first: 1) { nodes { id
        selectedDeliveryOption { title }
        deliveryOptions { handle title deliveryMethodType description estimatedCost { amount } } } } }";
    let create = format!("mutation($i: CartInput!) {{ cartCreate(input: $i) {{ {shown} }} }}");
    let made = till.shop.storefront(&create, json!({ "i": input })).await;
    let cart = made.data("/cartCreate/cart").clone();
    let pickups = |cart: &Value| -> Vec<(String, String)> {
        let options = cart["deliveryGroups"]["nodes"][0]["deliveryOptions"].as_array().cloned();
        let options = options.unwrap_or_default().into_iter();
        let picked = options.filter(|option| option["deliveryMethodType"] == "PICK_UP");
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        picked.map(|option| (text(&option["title"]), text(&option["handle"]))).collect()
    };
    let offered = pickups(&cart);
    let titles: Vec<&str> = offered.iter().map(|(title, _)| title.as_str()).collect();
    assert_eq!(titles, ["Main", "Counter"]);

    // What is not there keeps the rest from being picked up there.
    let add = format!(
        "mutation($id: ID!, $lines: [CartLineInput!]!) {{ cartLinesAdd(cartId: $id, lines: $lines) {{ {shown} }} }}"
    );
    let lines = json!([{ "merchandiseId": pot.gid() }]);
    let copy = till.shop.storefront(&create, json!({ "i": input })).await.data("/cartCreate/cart/id").clone();
    let more = till.shop.storefront(&add, json!({ "id": copy, "lines": lines })).await;
    let left = pickups(more.data("/cartLinesAdd/cart"));
    assert_eq!(left.iter().map(|(title, _)| title.as_str()).collect::<Vec<_>>(), ["Main"]);

    let choose = format!(
        "mutation($id: ID!, $options: [CartSelectedDeliveryOptionInput!]!) {{
            cartSelectedDeliveryOptionsUpdate(cartId: $id, selectedDeliveryOptions: $options) {{ {shown} }} }}"
    );
    let group = &cart["deliveryGroups"]["nodes"][0]["id"];
    let options = json!([{ "deliveryGroupId": group, "deliveryOptionHandle": offered[1].1 }]);
    let chosen = till.shop.storefront(&choose, json!({ "id": cart["id"], "options": options })).await;
    let chosen = chosen.data("/cartSelectedDeliveryOptionsUpdate/cart").clone();
    assert_eq!(chosen["deliveryGroups"]["nodes"][0]["selectedDeliveryOption"]["title"], "Counter");
    assert_eq!(chosen["cost"]["totalAmount"]["amount"], "25.0");

    let pay = "mutation($id: ID!, $payment: CartPaymentInput!) { cartPaymentUpdate(cartId: $id, payment: $payment) {
        userErrors { message } } }";
    let payment = payment_of("25.00", "manual");
    till.shop.storefront(pay, json!({ "id": cart["id"], "payment": payment })).await;
    let submit = "mutation($id: ID!) { cartSubmitForCompletion(cartId: $id, attemptToken: \"t\") {
        result { __typename ... on SubmitFailed { errors { code message } } } } }";
    let submitted = till.shop.storefront(submit, json!({ "id": cart["id"] })).await;
    let result = submitted.data("/cartSubmitForCompletion/result").clone();
    assert_eq!(result["__typename"], "SubmitSuccess", "{result:#}");

    let counter = location(&till.shop.admin(), "Counter").await;
    let sql = "select a.location_id, a.quantity, o.shipping_line ->> 'title', o.shipping_address is null
        from orders o join order_allocations a on a.tenant_id = o.tenant_id and a.order_id = o.id
        where o.tenant_id = $1";
    let rows = till.shop.rows(sql).await;
    let told: Vec<(i64, i64, String, bool)> =
        rows.iter().map(|row| (row.get(0), row.get(1), row.get(2), row.get(3))).collect();
    assert_eq!(told, [(counter.0, 2, "Counter".to_owned(), true)]);
}

#[tokio::test]
async fn places_applied_twice_change_nothing_the_second_time() {
    let till = open().await;
    let cx = till.shop.admin();
    let wish = Wish { prune: true, ..Wish::default() };
    let again = apply::apply(&cx, PLACES, wish).await.expect("it can be applied").expect("it is accepted");
    assert_eq!((again.changes, again.unchanged), (vec![], 3));
    let less = "locations: [{ name: Main }]";
    let told = apply::apply(&cx, less, wish).await.expect("it can be applied").expect("it is accepted");
    assert_eq!(told.changes.len(), 3);
    let answer = till.shop.storefront("{ locations(first: 9) { nodes { name } } }", json!({})).await;
    assert_eq!(*answer.data("/locations/nodes"), json!([]));
    let off = "locations: [{ name: Main, latitude: 91, longitude: 0 }]";
    let faults = apply::apply(&cx, off, wish).await.expect("it is answered").expect_err("it is refused");
    assert_eq!(faults.len(), 1, "{faults:?}");
}
