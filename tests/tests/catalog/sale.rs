//! Stock on its way through sales.

use mcom_catalog::{
    inventory::{self, Source, Taken, Want},
    variants::{self, InventoryItemInput, ProductVariantsBulkInput},
};
use mcom_data::{Cx, page::PageArgs};
use mcom_schema::id::{InventoryItemId, VariantId};
use mcom_tests::Shop;

use crate::{
    published,
    stock::{level, set, shelf},
};

/// A tracked product with this much stock.
async fn stocked(cx: &Cx, title: &str, quantity: i64) -> (VariantId, InventoryItemId) {
    let id = published(cx, title).await;
    let shelf = shelf(cx, id).await;
    let variant = variants::of_product(cx, id, &PageArgs::first(1)).await.unwrap().items[0].1.row.id();
    let item = InventoryItemInput { tracked: Some(true), ..InventoryItemInput::default() };
    let input = ProductVariantsBulkInput {
        id: Some(variant),
        inventory_item: Some(item),
        ..ProductVariantsBulkInput::default()
    };
    variants::bulk_update(cx, id, &[input], &[]).await.unwrap();
    inventory::set_quantities(cx, &set("available", shelf, quantity)).await.unwrap();
    (variant, shelf.0)
}

async fn reserve(cx: &Cx, item: InventoryItemId, quantity: i64) -> Result<Vec<Taken>, inventory::Shortage> {
    let wants = [Want { item_id: item, quantity, allow_oversell: false }];
    cx.write_quietly(async |db| inventory::reserve(cx, db, &wants, Source::Online).await).await.unwrap()
}

#[tokio::test]
async fn a_sale_sees_price_stock_and_publication_from_the_tables() {
    let shop = Shop::open().await;
    let cx = shop.admin();
    let (variant, item) = stocked(&cx, "Mug", 3).await;
    let wanted = [variant, VariantId(1 << 40)];
    let found = cx.read(async |db| variants::for_sale(db, &wanted).await).await.unwrap();
    let mug = found[0].as_ref().unwrap();
    assert_eq!((mug.inventory_item_id, mug.available, mug.published), (item, 3, true));
    assert_eq!((mug.sellable(2), mug.sellable(9)), (2, 3));
    assert_eq!(mug.options[0].value, "Default Title");
    assert!(found[1].is_none());
}

#[tokio::test]
async fn pieces_move_from_pile_to_pile_and_back() {
    let shop = Shop::open().await;
    let cx = shop.admin();
    let (_, item) = stocked(&cx, "Mug", 5).await;
    let piles = async || {
        let level = level(&shop.admin(), item).await;
        (level.available, level.reserved, level.committed)
    };
    let taken = reserve(&cx, item, 3).await.unwrap();
    assert_eq!(piles().await, (2, 3, 0));
    assert_eq!(reserve(&cx, item, 3).await.unwrap_err().items, [(item, 2)]);
    cx.write_quietly(async |db| inventory::claim(&cx, db, &taken).await).await.unwrap();
    assert_eq!(piles().await, (2, 0, 3));
    let twice = cx.write_quietly(async |db| inventory::claim(&cx, db, &taken).await).await;
    assert!(twice.is_err());
    cx.write_quietly(async |db| inventory::restock(&cx, db, &taken).await).await.unwrap();
    assert_eq!(piles().await, (5, 0, 0));
    let taken = reserve(&cx, item, 5).await.unwrap();
    cx.write_quietly(async |db| inventory::release(&cx, db, &taken).await).await.unwrap();
    assert_eq!(piles().await, (5, 0, 0));
}

#[tokio::test]
async fn what_is_there_is_sold_and_nothing_more() {
    let shop = Shop::open().await;
    let cx = shop.admin();
    let (_, item) = stocked(&cx, "Mug", 10).await;
    let buyers = (0..40).map(|_| async { reserve(&shop.buyer(), item, 1).await.is_ok() });
    let sold = futures_util::future::join_all(buyers).await.into_iter().filter(|sold| *sold).count();
    assert_eq!(sold, 10);
    let level = level(&cx, item).await;
    assert_eq!((level.available, level.reserved), (0, 10));
}

#[tokio::test]
async fn what_is_not_counted_is_not_reserved_and_oversold_stock_goes_below_zero() {
    let shop = Shop::open().await;
    let cx = shop.admin();
    let untracked = shelf(&cx, published(&cx, "Endless").await).await.0;
    assert_eq!(reserve(&cx, untracked, 99).await, Ok(vec![]));
    let (_, item) = stocked(&cx, "Mug", 1).await;
    let wants = [Want { item_id: item, quantity: 3, allow_oversell: true }];
    let taken =
        cx.write_quietly(async |db| inventory::reserve(&cx, db, &wants, Source::Online).await).await.unwrap();
    assert_eq!(taken.unwrap()[0].quantity, 3);
    assert_eq!(level(&cx, item).await.available, -2);
}
