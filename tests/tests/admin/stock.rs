//! Stock and where it is.

use serde_json::json;

use crate::back_office::{BackOffice, text};

const LEVEL: &str = "query($id: ID!, $at: ID!) { inventoryItem(id: $id) { tracked sku measurement { weight { unit value } } locationsCount { count }
    variant { inventoryQuantity sellableOnlineQuantity } inventoryLevels(first: 5) { nodes { location { name } } }
    inventoryLevel(locationId: $at) { id isActive item { id } location { id }
      quantities(names: [\"available\", \"reserved\", \"committed\", \"on_hand\"]) { name quantity } } } }";

#[tokio::test]
async fn quantities_are_set_and_adjusted_with_a_reason() {
    let office = BackOffice::open().await;
    let (goods, location) = (office.goods("Mug").await, office.location().await);
    office.stock(&goods.item, 5).await;
    let adjust = "mutation($input: InventoryAdjustQuantitiesInput!) { inventoryAdjustQuantities(input: $input) {
        inventoryAdjustmentGroup { id reason createdAt changes { name delta quantityAfterChange item { id } location { id } }
          only: changes(quantityNames: [\"on_hand\"]) { name } } userErrors { code field message } } }";
    let input = |from: i64, delta: i64| {
        let change = json!({ "inventoryItemId": goods.item, "locationId": location, "delta": delta, "changeFromQuantity": from });
        json!({ "input": { "name": "available", "reason": "received", "changes": [change] } })
    };
    let done = office.ask(adjust, input(5, -2)).await;
    let group = done.data("/inventoryAdjustQuantities/inventoryAdjustmentGroup");
    assert_eq!((&group["reason"], &group["only"]), (&json!("received"), &json!([{ "name": "on_hand" }])));
    let change = &group["changes"][0];
    assert_eq!((&change["delta"], &change["quantityAfterChange"]), (&json!(-2), &json!(3)));
    let stale = office.ask(adjust, input(5, 1)).await;
    assert_eq!(stale.refusals("inventoryAdjustQuantities"), ["CHANGE_FROM_QUANTITY_STALE"]);
    let field = stale.data("/inventoryAdjustQuantities/userErrors/0/field");
    assert_eq!(*field, json!(["input", "changes", "0", "changeFromQuantity"]));
    let read = office.ask(LEVEL, json!({ "id": goods.item, "at": location })).await;
    let level = read.data("/inventoryItem/inventoryLevel");
    let quantities: Vec<_> =
        level["quantities"].as_array().into_iter().flatten().map(|it| it["quantity"].clone()).collect();
    assert_eq!(quantities, [3, 0, 0, 3]);
    assert_eq!(*read.data("/inventoryItem/variant/inventoryQuantity"), json!(3));
    let by_id =
        "query($id: ID!) { inventoryLevel(id: $id) { item { sku } } node(id: $id) { __typename id } }";
    let level = office.ask(by_id, json!({ "id": level["id"] })).await;
    assert_eq!(*level.data("/node/__typename"), "InventoryLevel");
}

#[tokio::test]
async fn items_and_locations_are_listed() {
    let office = BackOffice::open().await;
    let goods = office.goods("Mug").await;
    let name = "mutation($p: ID!, $v: ID!) { productVariantsBulkUpdate(productId: $p, variants: [{ id: $v, inventoryItem: { sku: \"M-1\", cost: \"3.20\" } }]) { userErrors { code } } }";
    office.ask(name, json!({ "p": goods.product, "v": goods.variant })).await.data("");
    let list = "{ inventoryItems(first: 5, query: \"sku:M-1\") { nodes { id sku unitCost { amount } } }
        locations(first: 5) { nodes { id name isActive address { countryCode formatted } } } location { name } }";
    let listed = office.get(list).await;
    let item = listed.data("/inventoryItems/nodes/0");
    assert_eq!((text(&item["id"]), text(&item["unitCost"]["amount"])), (goods.item, "3.2".to_owned()));
    assert_eq!(
        *listed.data("/locations/nodes/0/address"),
        json!({ "countryCode": "DE", "formatted": ["DE"] })
    );
}
