//! What is counted from the events of orders.

use mcom_sales::{
    checkout::{self, AttemptResult, Submitted},
    orders::{self, Cancel, CancelReason},
};
use mcom_schema::id::OrderId;
use mcom_tests::till::Till;

async fn order(till: &Till, variant: mcom_schema::id::VariantId, quantity: i64) -> OrderId {
    let cart = till.cart(variant, quantity, "ok").await;
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
