//! What is sent of an order leaves the stock, once.

use mcom_data::{Cx, Error};
use mcom_sales::{
    checkout::{self, AttemptResult, Submitted},
    orders::{self, Cancel, CancelReason, Fulfill, LinesOf, Parcel, Tracking},
};
use mcom_schema::id::{LineItemId, OrderId, VariantId};
use mcom_tests::till::Till;
use serde_json::json;

async fn order(till: &Till, variant: VariantId, pieces: i64) -> (OrderId, String, LineItemId) {
    let cart = till.cart(variant, pieces, "ok").await;
    let cx = till.shop.buyer();
    let submitted = checkout::submit(&cx, &cart.id.gid(), "t").await.expect("it is answered");
    let Submitted::Accepted { attempt_id, .. } = submitted else { panic!("{submitted:?}") };
    let attempt = checkout::attempt(&cx, &attempt_id).await.expect("it can be read").expect("it is there");
    let AttemptResult::Success { order_id, order_gid, .. } = attempt.result else { panic!("no order") };
    let lines = till.shop.admin().load::<LinesOf>(order_id).await.expect("they can be read");
    (order_id, order_gid, lines.expect("it has lines")[0].id)
}

fn wish(order: OrderId, lines: &[(LineItemId, i64)]) -> Fulfill {
    let parcel = |number: &str| Parcel {
        number: Some(number.to_owned()),
        url: Some(format!("https://parcels.example/{number}")),
    };
    let tracking =
        Tracking { company: Some("Pigeon Post".to_owned()), parcels: vec![parcel("1"), parcel("2")] };
    Fulfill { order, lines: lines.to_vec(), tracking }
}

async fn refused(cx: &Cx, wish: &Fulfill) -> Vec<String> {
    match orders::fulfill(cx, wish).await {
        Err(Error::Refused(refusals)) => refusals[0].field.clone(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn pieces_leave_the_stock_as_they_are_sent_and_the_buyer_sees_it() {
    let till = Till::open().await;
    let mug = till.goods("12.50", 9).await;
    let (order, id, line) = order(&till, mug, 3).await;
    let cx = till.shop.admin();
    assert_eq!(till.stock().await, (6, 0, 3));
    orders::fulfill(&cx, &wish(order, &[(line, 1)])).await.expect("one can be sent");
    assert_eq!(till.stock().await, (6, 0, 2));
    let ask = "query($id: ID!) { node(id: $id) { ... on Order { fulfillmentStatus successfulFulfillments(first: 5) {
        trackingCompany trackingInfo(first: 1) { number url }
        fulfillmentLineItems(first: 5) { nodes { quantity lineItem { title quantity } } } } } } }";
    let seen = till.shop.storefront(ask, json!({ "id": id })).await;
    let sent = |quantity: i64| {
        json!({ "trackingCompany": "Pigeon Post", "trackingInfo": [{ "number": "1", "url": "https://parcels.example/1" }],
            "fulfillmentLineItems": { "nodes": [{ "quantity": quantity, "lineItem": { "title": "Mug", "quantity": 3 } }] } })
    };
    let expected = json!({ "fulfillmentStatus": "PARTIALLY_FULFILLED", "successfulFulfillments": [sent(1)] });
    assert_eq!(*seen.data("/node"), expected);
    orders::fulfill(&cx, &wish(order, &[])).await.expect("the rest can be sent");
    assert_eq!(till.stock().await, (6, 0, 0));
    let seen = till.shop.storefront(ask, json!({ "id": id })).await;
    let expected = json!({ "fulfillmentStatus": "FULFILLED", "successfulFulfillments": [sent(1), sent(2)] });
    assert_eq!(*seen.data("/node"), expected);
}

#[tokio::test]
async fn nothing_is_sent_twice_and_what_was_sent_is_not_cancelled() {
    let till = Till::open().await;
    let mug = till.goods("12.50", 9).await;
    let ((order, _, line), (other, _, others)) =
        (self::order(&till, mug, 2).await, self::order(&till, mug, 1).await);
    let cx = till.shop.admin();
    for (lines, field) in
        [(vec![(line, 3)], "quantity"), (vec![(line, 0)], "quantity"), (vec![(others, 1)], "id")]
    {
        assert_eq!(refused(&cx, &wish(order, &lines)).await, ["lines", "0", field]);
    }
    assert_eq!((till.stock().await, till.count("fulfillments").await), ((6, 0, 3), 0));
    orders::fulfill(&cx, &wish(order, &[])).await.expect("it can be sent");
    assert_eq!(refused(&cx, &wish(order, &[])).await, ["lines"]);
    let cancel = |order| Cancel {
        order,
        reason: CancelReason::Customer,
        refund: true,
        restock: true,
        staff_note: None,
    };
    let cancelled = orders::cancel(&cx, &cancel(order)).await;
    assert!(matches!(cancelled, Err(Error::Refused(_))), "{cancelled:?}");
    orders::cancel(&cx, &cancel(other)).await.expect("it can be cancelled");
    assert_eq!(refused(&cx, &wish(other, &[])).await, ["orderId"]);
    assert_eq!((till.stock().await, till.count("fulfillments").await), ((7, 0, 0), 1));
    let buyer = orders::fulfill(&till.shop.buyer(), &wish(order, &[])).await;
    assert!(matches!(buyer, Err(Error::Forbidden(_))), "{buyer:?}");
}

#[tokio::test]
async fn who_send_the_same_at_once_send_it_once() {
    let till = Till::open().await;
    let mug = till.goods("12.50", 9).await;
    let (order, ..) = order(&till, mug, 2).await;
    let sending = (0..8).map(|_| {
        let cx = till.shop.admin();
        async move { orders::fulfill(&cx, &wish(order, &[])).await.is_ok() }
    });
    let sent = futures_util::future::join_all(sending).await;
    assert_eq!(sent.into_iter().filter(|sent| *sent).count(), 1);
    assert_eq!(till.stock().await, (7, 0, 0));
}
