//! What a whole checkout asks of the database, request by request.

use mcom_data::Cx;
use mcom_sales::{
    carts::{self, CartView},
    checkout::{self, AttemptResult, Prepared, Submitted},
};
use mcom_tests::till::{Till, cart_of, payment_of, reprice};
use serde_json::{Value, json};
use std::sync::Arc;

fn input<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).expect("it is an input")
}

/// The cart after a change of it.
fn cart(change: mcom_data::Result<carts::CartChange>) -> Arc<CartView> {
    let change = change.expect("it is answered");
    change.cart.unwrap_or_else(|| panic!("{:?}", change.refusals))
}

#[tokio::test]
async fn from_an_empty_cart_to_a_paid_order() {
    let till = Till::open().await;
    let mug = till.goods("12.50", 5).await;
    // What a store's settings cost is paid by its first buyer.
    till.cart(mug, 1, "ok").await;
    let mut taken = vec![];
    let mut count = |step: &'static str, cx: &Cx| taken.push((step, cx.statements()));

    let mut wanted = cart_of(mug, 1);
    let addresses = wanted["delivery"].take()["addresses"].take();
    let cx = till.shop.buyer();
    let id = cart(carts::create(&cx, &input(wanted)).await).id.gid();
    count("create", &cx);

    let cx = till.shop.buyer();
    let sent = cart(carts::add_delivery_addresses(&cx, &id, &input::<Vec<_>>(addresses)).await);
    count("address", &cx);

    let group = &sent.delivery_groups[0];
    let chosen = json!([{ "deliveryGroupId": group.id, "deliveryOptionHandle": group.options.last().map(|o| &o.handle) }]);
    let cx = till.shop.buyer();
    let sent = cart(carts::select_delivery_options(&cx, &id, &input::<Vec<_>>(chosen)).await);
    count("delivery", &cx);

    let cx = till.shop.buyer();
    let payment = input(payment_of(sent.cost.total.decimal(), "ok"));
    cart(carts::update_payment(&cx, &id, &payment).await);
    count("payment", &cx);

    let cx = till.shop.buyer();
    let prepared = checkout::prepare(&cx, &id).await.expect("it is answered");
    assert!(matches!(prepared, Prepared::Ready(_)), "{prepared:?}");
    count("prepare", &cx);

    let cx = till.shop.buyer();
    let submitted = checkout::submit(&cx, &id, "t").await.expect("it is answered");
    let Submitted::Accepted { attempt_id, .. } = submitted else { panic!("{submitted:?}") };
    count("submit", &cx);

    let cx = till.shop.buyer();
    let attempt = checkout::attempt(&cx, &attempt_id).await.expect("it is answered").expect("it is there");
    assert!(matches!(attempt.result, AttemptResult::Success { .. }), "{attempt:?}");
    count("attempt", &cx);

    let expected = [
        ("create", 1),
        ("address", 2),
        ("delivery", 2),
        ("payment", 2),
        ("prepare", 1),
        ("submit", 21),
        ("attempt", 2),
    ];
    assert_eq!(taken, expected);
}

#[tokio::test]
async fn a_variant_that_nobody_looked_at_is_read_once_and_again_when_it_changed() {
    let till = Till::open().await;
    let mug = till.goods("12.50", 5).await;
    let made = carts::create(&till.shop.buyer(), &input(cart_of(mug, 2))).await;
    let id = cart(made).id.gid();
    let read = async || {
        let cx = till.shop.buyer();
        let cart = carts::read(&cx, &id).await.expect("it is answered").expect("it is there");
        (cart.lines[0].quantity, cart.cost.subtotal.minor, cx.statements())
    };
    assert_eq!(read().await, (2, 2_500, 1), "the cart alone");

    reprice(&till.shop.admin(), mug, "13.00").await;
    assert_eq!(read().await, (2, 2_600, 2), "its goods too");
    assert_eq!(read().await, (2, 2_600, 1));
}
