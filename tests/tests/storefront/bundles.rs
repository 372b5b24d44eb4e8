//! Bundles as the Storefront API shows them: what they consist of, how much there is of them, and their lines.

use mcom_catalog::{
    bundles::{self, BundleUpdate, Component},
    inventory::{self, InventorySetQuantitiesInput},
    products, variants,
};
use mcom_schema::id::VariantId;
use mcom_tests::till::Till;
use serde_json::{Value, json};

const SHOWN: &str =
    "query($id: ID!) { node(id: $id) { ... on ProductVariant { availableForSale quantityAvailable
    currentlyNotInStock requiresComponents components(first: 5) { nodes { quantity productVariant { id } } }
    groupedBy(first: 5) { nodes { id } } product { availableForSale totalInventory } } } }";

/// A set of one mug and two bowls, of which there are so many.
async fn set(till: &Till, mugs: i64, bowls: i64) -> [VariantId; 3] {
    let (mug, bowl) = (till.goods("10.00", mugs).await, till.goods("20.00", bowls).await);
    let set = till.goods("45.00", 99).await;
    let component = |variant_id, quantity| Component { variant_id, quantity };
    let create = vec![component(mug, 1), component(bowl, 2)];
    let update = BundleUpdate { variant: Some(set), create, ..BundleUpdate::default() };
    bundles::update(&till.shop.admin(), &[update]).await.expect("it can be put together");
    [set, mug, bowl]
}

async fn shown(till: &Till, variant: VariantId) -> Value {
    till.shop.storefront(SHOWN, json!({ "id": variant.gid() })).await.data("/node").clone()
}

async fn stock(till: &Till, variant: VariantId, quantity: i64) {
    let cx = till.shop.admin();
    let found = variants::by_ids(&cx, &[variant]).await.expect("it can be read");
    let item = found[0].as_ref().expect("it is there").inventory_item_id;
    let items = inventory::items(&cx, &[item]).await.expect("it can be read");
    let place = items[0].as_ref().expect("it is there").levels[0].location_id;
    let input = json!({ "name": "available", "reason": "correction", "quantities": [
        { "inventoryItemId": item.gid(), "locationId": place.gid(), "quantity": quantity }] });
    let input: InventorySetQuantitiesInput = serde_json::from_value(input).expect("it is an input");
    inventory::set_quantities(&cx, &input).await.expect("it can be counted");
}

#[tokio::test]
async fn a_bundle_is_shown_with_its_components_and_they_with_it() {
    let till = Till::open().await;
    let [set, mug, bowl] = set(&till, 9, 5).await;
    let bundle = shown(&till, set).await;
    let nodes = json!([{ "quantity": 1, "productVariant": { "id": mug.gid() } },
        { "quantity": 2, "productVariant": { "id": bowl.gid() } }]);
    assert_eq!((&bundle["requiresComponents"], &bundle["components"]["nodes"]), (&json!(true), &nodes));
    assert_eq!(bundle["groupedBy"]["nodes"], json!([]));
    let bowl = shown(&till, bowl).await;
    assert_eq!((&bowl["requiresComponents"], &bowl["components"]["nodes"]), (&json!(false), &json!([])));
    assert_eq!(bowl["groupedBy"]["nodes"], json!([{ "id": set.gid() }]));
}

#[tokio::test]
async fn there_is_as_much_of_a_bundle_as_its_scarcest_component_allows_and_a_change_is_seen_at_once() {
    let till = Till::open().await;
    let [set, mug, bowl] = set(&till, 9, 5).await;
    let told = async || {
        let it = shown(&till, set).await;
        assert_eq!(it["product"]["availableForSale"], it["availableForSale"]);
        assert_eq!(it["product"]["totalInventory"], it["quantityAvailable"]);
        (it["availableForSale"].clone(), it["quantityAvailable"].clone())
    };
    assert_eq!(told().await, (json!(true), json!(2)));
    stock(&till, bowl, 1).await;
    assert_eq!(told().await, (json!(false), json!(0)));
    stock(&till, bowl, 40).await;
    assert_eq!(told().await, (json!(true), json!(9)));
    stock(&till, set, 0).await;
    assert_eq!(told().await, (json!(true), json!(9)), "its own stock does not matter");

    let admin = till.shop.admin();
    let found = variants::by_ids(&admin, &[mug]).await.expect("it can be read");
    let product = found[0].as_ref().expect("it is there").row.product();
    let sold_on = json!({ "id": mug.gid(), "inventoryPolicy": "CONTINUE" });
    let sold_on = serde_json::from_value(sold_on).expect("it is an input");
    variants::bulk_update(&admin, product, &[sold_on], &[]).await.expect("it can be sold on");
    stock(&till, mug, 0).await;
    let it = shown(&till, set).await;
    assert_eq!((&it["availableForSale"], &it["currentlyNotInStock"]), (&json!(true), &json!(true)));
    products::delete(&admin, product).await.expect("it can be deleted");
    assert_eq!(told().await, (json!(false), json!(0)));
    assert_eq!(shown(&till, set).await["requiresComponents"], true);
}

#[tokio::test]
async fn a_bundle_that_is_known_takes_no_statement_and_its_stock_takes_one() {
    let till = Till::open().await;
    let [set, mug, _] = set(&till, 9, 5).await;
    let read = async || {
        let cx = till.shop.buyer();
        let found = variants::live(&cx, &[set]).await.expect("it can be read");
        let (live, place) = found.into_iter().next().flatten().expect("it is published");
        (cx.statements(), live.stock.variants[place].available)
    };
    read().await;
    assert_eq!(read().await, (0, 2));
    stock(&till, mug, 1).await;
    assert_eq!(read().await, (1, 1));
    assert_eq!(read().await, (0, 1));
}

const CREATE: &str = "mutation($lines: [CartLineInput!]) { cartCreate(input: { lines: $lines }) { cart { id
    lines(first: 9) { nodes { __typename id quantity cost { totalAmount { amount } }
      merchandise { ... on ProductVariant { id } }
      ... on CartLine { instructions { canRemove canUpdateQuantity } }
      ... on ComponentizableCartLine { lineComponents { __typename id quantity
        cost { amountPerQuantity { amount } totalAmount { amount } }
        instructions { canRemove canUpdateQuantity }
        merchandise { ... on ProductVariant { id product { title } } } } } } } } } }";

#[tokio::test]
async fn the_line_of_a_bundle_has_lines_for_its_components() {
    let till = Till::open().await;
    let [set, mug, bowl] = set(&till, 9, 9).await;
    let lines = json!([{ "merchandiseId": set.gid(), "quantity": 2 }, { "merchandiseId": mug.gid() }]);
    let made = till.shop.storefront(CREATE, json!({ "lines": lines })).await;
    assert!(made.body["errors"].is_null(), "{:#}", made.body);
    let nodes = made.data("/cartCreate/cart/lines/nodes");
    assert_eq!(
        (&nodes[0]["__typename"], &nodes[1]["__typename"]),
        (&json!("ComponentizableCartLine"), &json!("CartLine"))
    );
    let free = json!({ "canRemove": true, "canUpdateQuantity": true });
    assert_eq!(
        (&nodes[1]["instructions"], &nodes[0]["cost"]["totalAmount"]["amount"]),
        (&free, &json!("90.0"))
    );
    let parts = nodes[0]["lineComponents"].as_array().expect("it is a bundle");
    let told = |part: &Value| {
        let (of, cost) = (&part["merchandise"]["id"], &part["cost"]);
        json!([of, part["quantity"], cost["amountPerQuantity"]["amount"], cost["totalAmount"]["amount"]])
    };
    let parts_told: Vec<Value> = parts.iter().map(told).collect();
    assert_eq!(parts_told, [json!([mug.gid(), 2, "9.0", "18.0"]), json!([bowl.gid(), 4, "18.0", "72.0"])]);
    let bound = json!({ "canRemove": false, "canUpdateQuantity": false });
    assert!(parts.iter().all(|part| part["instructions"] == bound));

    let by_id = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on BaseCartLine { quantity } } }";
    let ids = json!([nodes[0]["id"], parts[1]["id"], nodes[1]["id"]]);
    let found = till.shop.storefront(by_id, json!({ "ids": ids })).await;
    let quantities: Vec<&Value> =
        found.data("/nodes").as_array().expect("a list").iter().map(|it| &it["quantity"]).collect();
    assert_eq!(quantities, [&json!(2), &json!(4), &json!(1)], "{:#}", found.body);
    let remove = "mutation($cart: ID!, $lines: [ID!]!) { cartLinesRemove(cartId: $cart, lineIds: $lines) {
        cart { totalQuantity } userErrors { code } } }";
    let cart = made.data("/cartCreate/cart/id");
    let gone = till.shop.storefront(remove, json!({ "cart": cart, "lines": [nodes[0]["id"]] })).await;
    assert_eq!(*gone.data("/cartLinesRemove/cart/totalQuantity"), 1);
    let bound = till.shop.storefront(remove, json!({ "cart": cart, "lines": [parts[0]["id"]] })).await;
    assert_eq!(*bound.data("/cartLinesRemove/userErrors"), json!([{ "code": "INVALID_MERCHANDISE_LINE" }]));
}
