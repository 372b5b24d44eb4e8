//! Discounts for whoever buys others, and for some customers only.

use std::sync::Arc;

use mcom_sales::{
    carts::{self, CartView},
    customers,
    discounts::{self, DiscountDetails, DiscountEffect, DiscountItems, DiscountTerms},
};
use mcom_schema::id::VariantId;
use mcom_tests::till::{Till, cart_of};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::discounts::{TENTH, on_all};

fn input<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).expect("it is an input")
}

/// A cart with so many pieces of these.
async fn cart(till: &Till, lines: &[(VariantId, i64)], codes: &[&str]) -> Arc<CartView> {
    let mut wanted = cart_of(lines[0].0, 1);
    let line = |(variant, quantity): &(VariantId, i64)| json!({ "merchandiseId": variant.gid(), "quantity": quantity });
    wanted["lines"] = lines.iter().map(line).collect();
    wanted["discountCodes"] = json!(codes);
    let made = carts::create(&till.shop.buyer(), &input(wanted)).await.expect("it is answered");
    made.cart.unwrap_or_else(|| panic!("{:?}", made.refusals))
}

/// One for nothing for whoever buys two.
fn two_for_one(most: Option<i64>) -> DiscountEffect {
    DiscountEffect::BuyGet { buys: DiscountItems::All, pieces: 2, gets: 1, hundredths: 10_000, most }
}

#[tokio::test]
async fn whoever_buys_two_gets_the_cheapest_for_nothing() {
    let till = Till::open().await;
    let (mug, bowl) = (till.goods("10.00", 50).await, till.goods("25.00", 50).await);
    let offer = on_all(Some("THREE"), two_for_one(None));
    discounts::create(&till.shop.admin(), &offer).await.expect("it can be given");
    let paid = |cart: &CartView| cart.cost.goods.minor;
    let too_few = cart(&till, &[(bowl, 2)], &["THREE"]).await;
    assert_eq!(paid(&too_few), 5000);
    let obstacle = too_few.discount_codes[0].obstacle.expect("there are too few");
    assert_eq!(obstacle.code(), "DISCOUNT_QUANTITY_NOT_IN_RANGE");
    assert_eq!(paid(&*cart(&till, &[(bowl, 2), (mug, 1)], &["THREE"]).await), 5000);
    let seven = cart(&till, &[(bowl, 5), (mug, 2)], &["THREE"]).await;
    assert_eq!(paid(&seven), 5 * 2500);
    assert_eq!(seven.lines.iter().map(|line| line.total.minor).collect::<Vec<_>>(), [12_500, 0]);
}

#[tokio::test]
async fn an_offer_may_be_had_so_often_in_one_order() {
    let till = Till::open().await;
    let mug = till.goods("10.00", 50).await;
    let offer = on_all(Some("ONCE"), two_for_one(Some(1)));
    discounts::create(&till.shop.admin(), &offer).await.expect("it can be given");
    assert_eq!(cart(&till, &[(mug, 9)], &["ONCE"]).await.cost.goods.minor, 8000);
}

#[tokio::test]
async fn a_discount_for_chosen_customers_is_had_by_them_when_they_have_signed_in() {
    let till = Till::open().await;
    let mug = till.goods("10.00", 50).await;
    let (ada, ada_id) = customer(&till, "ada@example.com").await;
    let (eve, _) = customer(&till, "eve@example.com").await;
    let plain = on_all(Some("FRIENDS"), TENTH);
    let terms = DiscountTerms { customers: Some(vec![ada_id]), ..plain.terms.clone() };
    let chosen = DiscountDetails { terms, ..plain };
    discounts::create(&till.shop.admin(), &chosen).await.expect("it can be given");
    let cart = cart(&till, &[(mug, 1)], &["FRIENDS"]).await;
    let obstacle = |cart: &CartView| cart.discount_codes[0].obstacle.map(|it| it.code());
    assert_eq!((cart.cost.goods.minor, obstacle(&cart)), (1000, Some("DISCOUNT_ELIGIBLE_CUSTOMER_MISSING")));
    let hers = identify(&till, &cart, &ada).await;
    assert_eq!((hers.cost.goods.minor, obstacle(&hers)), (900, None));
    let elses = identify(&till, &cart, &eve).await;
    assert_eq!((elses.cost.goods.minor, obstacle(&elses)), (1000, Some("DISCOUNT_CUSTOMER_NOT_ELIGIBLE")));
}

#[tokio::test]
async fn what_applies_by_itself_heeds_who_signed_in() {
    let till = Till::open().await;
    let mug = till.goods("10.00", 50).await;
    let (ada, ada_id) = customer(&till, "ada@example.com").await;
    let plain = on_all(None, TENTH);
    let terms = DiscountTerms { customers: Some(vec![ada_id]), ..plain.terms.clone() };
    discounts::create(&till.shop.admin(), &DiscountDetails { terms, ..plain })
        .await
        .expect("it can be given");
    let cart = cart(&till, &[(mug, 1)], &[]).await;
    assert_eq!(cart.cost.goods.minor, 1000);
    assert_eq!(identify(&till, &cart, &ada).await.cost.goods.minor, 900);
}

/// A customer who signed in: the token and the id.
async fn customer(till: &Till, email: &str) -> (String, mcom_schema::id::CustomerId) {
    let cx = till.shop.buyer();
    let who = json!({ "email": email, "password": "correct horse" });
    let customer = customers::create(&cx, &input(who.clone())).await.expect("there is room");
    let token = customers::sign_in(&cx, &input(who)).await.expect("the password is right");
    (token.secret, customer.id())
}

async fn identify(till: &Till, cart: &CartView, token: &str) -> Arc<CartView> {
    let identity = input(json!({ "customerAccessToken": token }));
    let change = carts::update_buyer_identity(&till.shop.buyer(), &cart.id.gid(), &identity).await;
    change.expect("it is answered").cart.expect("there is a cart")
}
