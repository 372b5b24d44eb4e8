//! What is counted from the events of orders.

use mcom_catalog::{
    collections::{self, CollectionInput, CollectionProductSort},
    products::{self, ListQuery, ProductSort},
    publications::{self, Publishable},
    variants,
};
use mcom_data::page::PageArgs;
use mcom_sales::{
    carts,
    checkout::{self, AttemptResult, Submitted},
    orders::{self, Cancel, CancelReason},
};
use mcom_schema::id::{OrderId, ProductId, VariantId};
use mcom_tests::till::{Till, cart_of};
use serde_json::json;

async fn order(till: &Till, variant: VariantId, quantity: i64) -> OrderId {
    let cart = till.cart(variant, quantity, "ok").await;
    paid(till, &cart).await
}

/// An order of one of each.
async fn together(till: &Till, goods: &[VariantId]) -> OrderId {
    let mut cart = cart_of(goods[0], 1);
    cart["lines"] =
        goods.iter().map(|variant| json!({ "merchandiseId": variant.gid(), "quantity": 1 })).collect();
    let input = serde_json::from_value(cart).unwrap();
    let cart = carts::create(&till.shop.buyer(), &input).await.unwrap().cart.unwrap();
    let cart = till.pay_with(&cart, "ok").await;
    paid(till, &cart).await
}

async fn paid(till: &Till, cart: &carts::CartView) -> OrderId {
    let submitted = checkout::submit(&till.shop.buyer(), &cart.id.gid(), "t").await.unwrap();
    let Submitted::Accepted { attempt_id, .. } = submitted else { panic!("{submitted:?}") };
    let attempt = checkout::attempt(&till.shop.buyer(), &attempt_id).await.unwrap().unwrap();
    let AttemptResult::Success { order_id, .. } = attempt.result else { panic!("{:?}", attempt.result) };
    order_id
}

async fn sold(till: &Till) -> Vec<i64> {
    let sold = "select units from product_sales where tenant_id = $1 order by product_id";
    till.shop.rows(sold).await.iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn what_is_sold_counts_until_it_is_cancelled() {
    let till = Till::open().await;
    let (mug, cup) = (till.goods("12.50", 9).await, till.goods("3.00", 9).await);
    let first = order(&till, mug, 2).await;
    order(&till, mug, 3).await;
    order(&till, cup, 1).await;
    till.shop.run_jobs().await;
    assert_eq!(sold(&till).await, [5, 1]);
    let wish = Cancel {
        order: first,
        reason: CancelReason::Customer,
        refund: true,
        restock: true,
        staff_note: None,
    };
    assert!(orders::cancel(&till.shop.admin(), &wish).await.unwrap().done);
    till.shop.run_jobs().await;
    till.shop.run_jobs().await;
    assert_eq!(sold(&till).await, [3, 1]);
}

async fn product_of(till: &Till, variant: VariantId) -> ProductId {
    let found = variants::by_ids(&till.shop.admin(), &[variant]).await.unwrap().remove(0).unwrap();
    ProductId(found.row.product_id)
}

async fn cancel(till: &Till, order: OrderId) {
    let reason = CancelReason::Customer;
    let wish = Cancel { order, reason, refund: true, restock: true, staff_note: None };
    assert!(orders::cancel(&till.shop.admin(), &wish).await.unwrap().done);
}

/// The counts of the moment, for those who have remembered lists: they look again after ten minutes.
async fn counted(till: &Till) {
    till.shop.run_jobs().await;
    till.shop.run_jobs().await;
    till.shop.clock.advance(chrono::Duration::minutes(10));
}

async fn best_selling(till: &Till) -> Vec<ProductId> {
    let list = ListQuery { sort: ProductSort::BestSelling, filter: None, page: PageArgs::first(9) };
    let page = products::live_page(&till.shop.buyer(), &list).await.unwrap();
    page.items.iter().map(|(_, live)| live.document.id).collect()
}

#[tokio::test]
async fn what_was_sold_most_comes_first() {
    let till = Till::open().await;
    let goods = [till.goods("1.00", 9).await, till.goods("2.00", 9).await, till.goods("3.00", 9).await];
    let mut ids = vec![];
    for variant in goods {
        ids.push(product_of(&till, variant).await);
    }
    let first = order(&till, goods[1], 5).await;
    order(&till, goods[2], 2).await;
    counted(&till).await;
    assert_eq!(best_selling(&till).await, [ids[1], ids[2], ids[0]]);
    let wish: CollectionInput = serde_json::from_value(json!({
        "title": "All", "sortOrder": "BEST_SELLING", "products": ids.iter().map(|id| id.gid()).collect::<Vec<_>>(),
    })).unwrap();
    let cx = till.shop.admin();
    let id = collections::create(&cx, &wish).await.unwrap();
    let channel = publications::list(&cx).await.unwrap()[0].id;
    let channel = serde_json::from_value(json!({ "publicationId": channel.gid() })).unwrap();
    publications::publish(&cx, Publishable::Collection(id), &[channel]).await.unwrap();
    cancel(&till, first).await;
    counted(&till).await;
    assert_eq!(best_selling(&till).await, [ids[2], ids[1], ids[0]]);
    let buyer = till.shop.buyer();
    let collection = collections::live(&buyer, &[id]).await.unwrap().remove(0).unwrap();
    for sort in [CollectionProductSort::CollectionDefault, CollectionProductSort::BestSelling] {
        let page = collections::products(&buyer, &collection, sort, &PageArgs::first(2)).await.unwrap();
        let shown: Vec<ProductId> = page.items.iter().map(|(_, live)| live.document.id).collect();
        assert_eq!(shown, [ids[2], ids[1]]);
    }
    products::delete(&cx, ids[2]).await.unwrap();
    assert_eq!(best_selling(&till).await, [ids[1], ids[0]]);
}

#[tokio::test]
async fn what_is_bought_together_is_recommended_first() {
    let till = Till::open().await;
    let goods = [till.goods("1.00", 9).await, till.goods("2.00", 9).await, till.goods("3.00", 9).await];
    let [mug, cup, jug] = [
        product_of(&till, goods[0]).await,
        product_of(&till, goods[1]).await,
        product_of(&till, goods[2]).await,
    ];
    together(&till, &goods).await;
    let both = together(&till, &[goods[0], goods[2]]).await;
    counted(&till).await;
    let recommended = async || {
        let found = products::complementary(&till.shop.buyer(), mug).await.unwrap();
        found.iter().map(|live| live.document.id).collect::<Vec<_>>()
    };
    assert_eq!(recommended().await, [jug, cup]);
    let related = products::related(&till.shop.buyer(), mug).await.unwrap();
    assert_eq!(related.iter().map(|live| live.document.id).collect::<Vec<_>>(), [jug, cup]);
    cancel(&till, both).await;
    products::delete(&till.shop.admin(), jug).await.unwrap();
    counted(&till).await;
    assert_eq!(recommended().await, [cup]);
}
