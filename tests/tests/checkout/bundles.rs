//! Bundles in carts and orders: their price is split over what they are put together from, whose stock they take and give back.

use std::sync::Arc;

use futures_util::future::join_all;
use mcom_catalog::bundles::{self, BundleUpdate, Component};
use mcom_sales::{
    carts::{self, CartChange, CartInput, CartLineInput, CartLineUpdateInput, CartView},
    checkout::{self, AttemptResult, Prepared, Submitted},
    discounts,
    orders::{self, Cancel, CancelReason},
};
use mcom_schema::id::{OrderId, VariantId};
use mcom_tests::till::{Till, cart_of};
use serde_json::{Value, json};

use crate::discounts::{TENTH, on_all};

/// Makes `bundle` consist of these variants.
async fn bundle(till: &Till, bundle: VariantId, components: &[(VariantId, i64)]) {
    let create = components
        .iter()
        .map(|(variant_id, quantity)| Component { variant_id: *variant_id, quantity: *quantity });
    let update = BundleUpdate {
        variant: Some(bundle),
        create: create.collect(),
        remove_all: true,
        ..BundleUpdate::default()
    };
    bundles::update(&till.shop.admin(), &[update]).await.expect("it can be put together");
}

/// A set of a mug for 10.00 and two bowls for 20.00 each, sold for 40.01.
async fn set(till: &Till, mugs: i64, bowls: i64) -> [VariantId; 3] {
    let (mug, bowl) = (till.goods("10.00", mugs).await, till.goods("20.00", bowls).await);
    let set = till.goods("40.01", 0).await;
    bundle(till, set, &[(mug, 1), (bowl, 2)]).await;
    [set, mug, bowl]
}

fn line(variant: VariantId, quantity: i64) -> CartLineInput {
    let input = json!({ "merchandiseId": variant.gid(), "quantity": quantity });
    serde_json::from_value(input).expect("it is a line")
}

async fn empty(till: &Till) -> Arc<CartView> {
    let made = carts::create(&till.shop.buyer(), &CartInput::default()).await.expect("a cart can be made");
    made.cart.expect("there is a cart")
}

async fn add(till: &Till, cart: &CartView, line: CartLineInput) -> CartChange {
    carts::add_lines(&till.shop.buyer(), &cart.id.gid(), &[line]).await.expect("it is answered")
}

fn quantities(change: &CartChange) -> Vec<i64> {
    change.cart.as_ref().expect("there is a cart").lines.iter().map(|line| line.quantity).collect()
}

fn warned(change: &CartChange) -> Vec<&str> {
    change.warnings.iter().map(|warning| warning.code).collect()
}

/// The order, or none if there was not enough.
async fn buy(till: &Till, lines: Value) -> Option<OrderId> {
    let cx = till.shop.buyer();
    let mut input = cart_of(VariantId(1), 1);
    input["lines"] = lines;
    let input = serde_json::from_value(input).expect("it is an input");
    let cart = carts::create(&cx, &input).await.expect("it is answered").cart?;
    if cart.lines.is_empty() {
        return None;
    }
    let cart = till.pay_with(&cart, "ok").await;
    let submitted = checkout::submit(&cx, &cart.id.gid(), "t").await.expect("it is answered");
    let Submitted::Accepted { attempt_id, .. } = submitted else { return None };
    let attempt = checkout::attempt(&cx, &attempt_id).await.expect("it is answered").expect("there is one");
    let AttemptResult::Success { order_id, .. } = attempt.result else { return None };
    Some(order_id)
}

fn wanted(variant: VariantId, quantity: i64) -> Value {
    json!([{ "merchandiseId": variant.gid(), "quantity": quantity }])
}

#[tokio::test]
async fn the_price_of_a_bundle_is_split_over_its_components_to_the_cent() {
    let till = Till::open().await;
    let [set, mug, bowl] = set(&till, 9, 9).await;
    let cart = empty(&till).await;
    let view = add(&till, &cart, line(set, 3)).await.cart.expect("there is a cart");
    let parts = |view: &CartView| -> Vec<(VariantId, i64, i64, i64)> {
        let parts = view.lines[0].components.iter().map(|it| &it.line);
        parts.map(|it| (it.variant, it.quantity, it.subtotal.minor, it.total.minor)).collect()
    };
    assert_eq!(view.cost.subtotal.minor, 12_003);
    assert_eq!(parts(&view), [(mug, 3, 2_401, 2_401), (bowl, 6, 9_602, 9_602)]);

    discounts::create(&till.shop.admin(), &on_all(Some("OFF"), TENTH)).await.expect("it can be made");
    let cx = till.shop.buyer();
    let codes = ["OFF".to_owned()];
    let view = carts::update_discount_codes(&cx, &cart.id.gid(), &codes).await.expect("it is answered").cart;
    let view = view.expect("there is a cart");
    let off: i64 = view.lines[0].components.iter().flat_map(|it| &it.off).sum();
    assert_eq!(off, 12_003 - view.cost.goods.minor, "what is taken off falls to the components");
}

#[tokio::test]
async fn bundles_and_their_components_share_one_stock() {
    let till = Till::open().await;
    let [set, mug, bowl] = set(&till, 9, 5).await;
    let cart = empty(&till).await;
    let both = add(&till, &cart, line(set, 9)).await;
    assert_eq!((quantities(&both), warned(&both)), (vec![2], vec!["MERCHANDISE_NOT_ENOUGH_STOCK"]));
    let one_bowl = add(&till, &cart, line(bowl, 3)).await;
    assert_eq!(quantities(&one_bowl), [2, 1], "two sets leave one bowl");
    assert_eq!(quantities(&add(&till, &cart, line(mug, 20)).await), [2, 1, 7]);
    let view = one_bowl.cart.expect("there is a cart");
    let less = CartLineUpdateInput {
        id: Some(view.line_gid(&view.lines[0])),
        quantity: Some(1),
        ..CartLineUpdateInput::default()
    };
    let cx = till.shop.buyer();
    carts::update_lines(&cx, &cart.id.gid(), &[less]).await.expect("it is answered");
    assert_eq!(quantities(&add(&till, &cart, line(bowl, 9)).await), [1, 3, 7]);
}

#[tokio::test]
async fn a_cart_whose_lines_lack_something_together_cannot_be_bought() {
    let till = Till::open().await;
    let [set, mug, bowl] = set(&till, 9, 4).await;
    let cart = till.cart(set, 1, "ok").await;
    add(&till, &cart, line(bowl, 2)).await;
    assert!(buy(&till, wanted(bowl, 1)).await.is_some());
    let cart =
        carts::read(&till.shop.buyer(), &cart.id.gid()).await.expect("it can be read").expect("it is there");
    let cart = till.pay_with(&cart, "ok").await;
    let prepared = checkout::prepare(&till.shop.buyer(), &cart.id.gid()).await.expect("it is answered");
    let Prepared::NotReady(_, missing) = prepared else { panic!("there are three bowls for four") };
    assert!(missing.iter().all(|why| why.code == "MERCHANDISE_NOT_ENOUGH_STOCK_AVAILABLE"), "{missing:?}");
    assert_eq!(missing.len(), 2, "the set, and the bowls beside it");
    assert!(buy(&till, wanted(mug, 9)).await.is_some(), "no mug was held for it");
}

#[tokio::test]
async fn an_order_takes_the_stock_of_components_and_gives_it_back() {
    let till = Till::open().await;
    let [set, ..] = set(&till, 5, 5).await;
    let order = buy(&till, wanted(set, 2)).await.expect("there is enough");
    assert_eq!(till.stock().await, (4, 0, 6));
    let lines =
        "select quantity, unit_price_minor, total_minor, variant_id from order_lines where tenant_id = $1";
    let lines = till.shop.rows(lines).await;
    let told: (i64, i64, i64, i64) = (lines[0].get(0), lines[0].get(1), lines[0].get(2), lines[0].get(3));
    assert_eq!((lines.len(), told), (1, (2, 4_001, 8_002, set.0)));
    assert!(buy(&till, wanted(set, 1)).await.is_none(), "one bowl makes no set");
    let cancel = Cancel { order, reason: CancelReason::Other, refund: true, restock: true, staff_note: None };
    orders::cancel(&till.shop.admin(), &cancel).await.expect("it can be cancelled");
    assert_eq!(till.stock().await, (10, 0, 0));
}

#[tokio::test]
async fn a_declined_payment_gives_the_components_back() {
    let till = Till::open().await;
    let [set, ..] = set(&till, 5, 5).await;
    let cart = till.cart(set, 2, "declined").await;
    let submitted = checkout::submit(&till.shop.buyer(), &cart.id.gid(), "t").await.expect("it is answered");
    assert!(matches!(submitted, Submitted::Accepted { .. }), "{submitted:?}");
    assert_eq!((till.stock().await, till.provider.charges()), ((10, 0, 0), 0));
}

#[tokio::test]
async fn nothing_belongs_to_a_bundle_and_it_belongs_to_nothing() {
    let till = Till::open().await;
    let [set, mug, _] = set(&till, 5, 5).await;
    let warranty = till.goods("5.00", 9).await;
    let cart = empty(&till).await;
    add(&till, &cart, line(set, 1)).await;
    add(&till, &cart, line(mug, 1)).await;
    for (child, parent) in [(warranty, set), (set, mug)] {
        let input = json!({ "merchandiseId": child.gid(), "parent": { "merchandiseId": parent.gid() } });
        let refused = add(&till, &cart, serde_json::from_value(input).expect("it is a line")).await;
        assert_eq!(refused.refusals[0].code, "BUNDLES_AND_ADDONS_CANNOT_BE_MIXED");
    }
}

#[tokio::test]
async fn a_bundle_without_one_of_its_components_is_no_longer_sold() {
    let till = Till::open().await;
    let [set, mug, _] = set(&till, 5, 5).await;
    let cart = till.cart(set, 1, "ok").await;
    let admin = till.shop.admin();
    let found = mcom_catalog::variants::by_ids(&admin, &[mug]).await.expect("it can be read");
    let product = found[0].as_ref().expect("it is there").row.product();
    mcom_catalog::products::delete(&admin, product).await.expect("it can be deleted");
    let seen =
        carts::read(&till.shop.buyer(), &cart.id.gid()).await.expect("it can be read").expect("it is there");
    assert_eq!((seen.lines.len(), seen.dropped.len()), (0, 1));
    assert!(buy(&till, wanted(set, 1)).await.is_none());
}

/// Everybody wants the last ones at once, some of them by the set: what is in orders was taken from the shelf, and not more than there was.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn buyers_of_bundles_and_of_their_components_never_get_more_than_there_is() {
    for pieces in [1, 10] {
        let till = Arc::new(Till::open().await);
        let [set, mug, bowl] = set(&till, pieces, pieces * 2).await;
        let other = till.goods("30.00", 0).await;
        // The other way round, so that locks by line would meet each other.
        bundle(&till, other, &[(bowl, 2), (mug, 1)]).await;
        let wishes = (0..32).map(|buyer| {
            let till = till.clone();
            let lines = match buyer % 4 {
                0 => wanted(set, 1),
                1 => wanted(other, 1),
                2 => wanted(mug, 1),
                _ => wanted(bowl, 1),
            };
            tokio::spawn(async move { buy(&till, lines).await.is_some() })
        });
        let done = join_all(wishes.collect::<Vec<_>>()).await;
        let done: Vec<bool> = done.into_iter().map(|it| it.expect("a buyer is served")).collect();
        let orders = |kind: usize| -> i64 {
            done.iter().skip(kind).step_by(4).filter(|is_served| **is_served).map(|_| 1).sum()
        };
        let sets = orders(0) + orders(1);
        let (mugs, bowls) = (sets + orders(2), sets * 2 + orders(3));
        assert!(mugs <= pieces && bowls <= pieces * 2, "oversold: {mugs} mugs, {bowls} bowls of {pieces}");
        assert!(
            mugs == pieces || bowls + 2 > pieces * 2,
            "left unsold: {mugs} mugs, {bowls} bowls of {pieces}"
        );
        assert_eq!(till.stock().await, (pieces * 3 - mugs - bowls, 0, mugs + bowls));
        assert_eq!(till.provider.charges(), done.iter().filter(|it| **it).count());
    }
}
