//! Attempts on stock.

use mcom_catalog::inventory::{
    self, InventoryAdjustQuantitiesInput, InventoryChangeInput, InventoryQuantityInput,
    InventorySetQuantitiesInput, ItemById, ItemList, LocationById, LocationList, PickupStockOf, Source,
    Taken, Want,
};
use mcom_data::page::PageArgs;

use super::{Attempt, changes, finds, stage::Names};

fn taken(of: &Names) -> [Taken; 1] {
    [Taken { item_id: of.item, location_id: of.location, quantity: 1 }]
}

pub(super) fn finding() -> Vec<Attempt> {
    vec![
        finds!("catalog::inventory::items", |s| inventory::items(&s.cx, &[s.of.item]).await?[0].is_some()),
        finds!("catalog::inventory::items_page", |s| {
            let list = ItemList { sku: None, ids: None, page: PageArgs::first(50) };
            !inventory::items_page(&s.cx, &list).await?.items.is_empty()
        }),
        finds!("catalog::inventory::levels_page", |s| {
            let page = inventory::levels_page(&s.cx, s.of.location, &PageArgs::first(50)).await?;
            !page.items.is_empty()
        }),
        finds!("catalog::inventory::ItemById", |s| s.cx.load::<ItemById>(s.of.item).await?.is_some()),
        finds!("catalog::inventory::locations", |s| {
            inventory::locations(&s.cx, &[s.of.location]).await?[0].is_some()
        }),
        finds!("catalog::inventory::locations_page", |s| {
            let list = LocationList { include_inactive: true, by_id: true, page: PageArgs::first(50) };
            let page = inventory::locations_page(&s.cx, &list).await?;
            page.items.iter().any(|(_, location)| location.id == s.of.location)
        }),
        finds!("catalog::inventory::LocationById", |s| {
            s.cx.load::<LocationById>(s.of.location).await?.is_some()
        }),
        finds!("catalog::inventory::pickup_stock", |s| {
            let variants = [s.of.variant];
            let found = s.cx.read(async |db| inventory::pickup_stock(db, &variants).await).await?;
            !found.is_empty()
        }),
        finds!("catalog::inventory::PickupStockOf", |s| {
            s.cx.load::<PickupStockOf>(s.of.variant).await?.is_some()
        }),
    ]
}

pub(super) fn changing() -> Vec<Attempt> {
    vec![
        changes!("catalog::inventory::reserve", |s| {
            let want = Want { item_id: s.of.item, quantity: 2, allow_oversell: false };
            let reserve = async |db: &mut _| inventory::reserve(&s.cx, db, &[want], Source::Online).await;
            s.cx.write_quietly(reserve).await.map(drop)
        }),
        changes!("catalog::inventory::claim", |s| {
            s.cx.write_quietly(async |db| inventory::claim(&s.cx, db, &taken(&s.of)).await).await
        }),
        changes!("catalog::inventory::restock", |s| {
            s.cx.write_quietly(async |db| inventory::restock(&s.cx, db, &taken(&s.of)).await).await
        }),
        changes!("catalog::inventory::release", |s| {
            s.cx.write_quietly(async |db| inventory::release(&s.cx, db, &taken(&s.of)).await).await
        }),
        changes!("catalog::inventory::uncommit", |s| {
            s.cx.write_quietly(async |db| inventory::uncommit(&s.cx, db, &taken(&s.of)).await).await
        }),
        changes!("catalog::inventory::set_quantities", |s| {
            let quantity = InventoryQuantityInput {
                change_from_quantity: None,
                inventory_item_id: s.of.item,
                location_id: s.of.location,
                quantity: 20,
            };
            let wish = InventorySetQuantitiesInput {
                name: "available".to_owned(),
                quantities: vec![quantity],
                reason: "correction".to_owned(),
                reference_document_uri: None,
            };
            inventory::set_quantities(&s.cx, &wish).await
        }),
        changes!("catalog::inventory::adjust_quantities", |s| {
            let change = InventoryChangeInput {
                change_from_quantity: None,
                delta: 1,
                inventory_item_id: s.of.item,
                location_id: s.of.location,
            };
            let wish = InventoryAdjustQuantitiesInput {
                changes: vec![change],
                name: "available".to_owned(),
                reason: "correction".to_owned(),
                reference_document_uri: None,
            };
            inventory::adjust_quantities(&s.cx, &wish).await
        }),
    ]
}
