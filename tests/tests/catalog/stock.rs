//! Stock changed by people.

use mcom_catalog::inventory::{
    self, InventoryAdjustQuantitiesInput, InventoryChangeInput, InventoryQuantityInput,
    InventorySetQuantitiesInput, Level, LocationList,
};
use mcom_catalog::variants;
use mcom_data::{Cx, page::PageArgs};
use mcom_schema::id::{InventoryItemId, LocationId, ProductId};
use mcom_tests::Shop;

use crate::{product, refused};

/// The item of a product's only variant, and the store's only location.
pub(crate) async fn shelf(cx: &Cx, product: ProductId) -> (InventoryItemId, LocationId) {
    let variants = variants::of_product(cx, product, &PageArgs::first(1)).await.unwrap();
    let list = LocationList { include_inactive: false, by_id: true, page: PageArgs::first(1) };
    let locations = inventory::locations_page(cx, &list).await.unwrap();
    (variants.items[0].1.inventory_item_id, locations.items[0].1.id)
}

pub(crate) fn set(
    name: &str,
    (item, location): (InventoryItemId, LocationId),
    quantity: i64,
) -> InventorySetQuantitiesInput {
    let quantity = InventoryQuantityInput {
        change_from_quantity: None,
        inventory_item_id: item,
        location_id: location,
        quantity,
    };
    InventorySetQuantitiesInput {
        name: name.to_owned(),
        quantities: vec![quantity],
        reason: "correction".into(),
        reference_document_uri: Some("gid://test/Count/1".into()),
    }
}

pub(crate) async fn level(cx: &Cx, item: InventoryItemId) -> Level {
    inventory::items(cx, &[item]).await.unwrap()[0].as_ref().unwrap().levels[0]
}

#[tokio::test]
async fn quantities_are_set_and_adjusted_with_a_trace() {
    let shop = Shop::open().await;
    let cx = shop.admin();
    let shelf = shelf(&cx, product(&cx, "Mug").await).await;
    let done = inventory::set_quantities(&cx, &set("available", shelf, 10)).await.unwrap();
    assert_eq!(
        done.changes.iter().map(|c| (c.name, c.delta)).collect::<Vec<_>>(),
        [("available", 10), ("on_hand", 10)]
    );
    let change = InventoryChangeInput {
        change_from_quantity: Some(10),
        delta: -3,
        inventory_item_id: shelf.0,
        location_id: shelf.1,
    };
    let adjust = InventoryAdjustQuantitiesInput {
        changes: vec![change],
        name: "available".into(),
        reason: "damaged".into(),
        reference_document_uri: None,
    };
    inventory::adjust_quantities(&cx, &adjust).await.unwrap();
    assert_eq!(level(&cx, shelf.0).await.available, 7);
    let again = inventory::adjust_quantities(&cx, &adjust).await;
    assert_eq!(
        refused(again),
        ("input.changes.0.changeFromQuantity".into(), "CHANGE_FROM_QUANTITY_STALE".into())
    );
    assert_eq!(shop.rows("select 1 from inventory_movements where tenant_id = $1").await.len(), 2);
    let updates = shop.events().await.into_iter().filter(|e| e.topic == "inventory_levels/update").count();
    assert_eq!(updates, 2);
}

#[tokio::test]
async fn wishes_that_make_no_sense_change_nothing() {
    let shop = Shop::open().await;
    let cx = shop.admin();
    let shelf = shelf(&cx, product(&cx, "Mug").await).await;
    for (input, code) in [
        (set("wished", shelf, 1), "INVALID_NAME"),
        (set("on_hand", shelf, -1), "INVALID_QUANTITY_NEGATIVE"),
        (set("available", (InventoryItemId(1 << 40), shelf.1), 1), "INVALID_INVENTORY_ITEM"),
        (
            InventorySetQuantitiesInput { reason: "mood".into(), ..set("available", shelf, 1) },
            "INVALID_REASON",
        ),
    ] {
        assert_eq!(refused(inventory::set_quantities(&cx, &input).await).1, code);
    }
    assert_eq!(level(&cx, shelf.0).await.available, 0);
}
