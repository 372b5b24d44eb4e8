//! Buying abroad: one currency from the price to the order, to the cent, with what it is worth at home beside it.

use std::sync::Arc;

use mcom::apply::{self, Wish};
use mcom_sales::{
    carts::{self, CartView},
    checkout::{self, AttemptResult, Submitted},
    orders::{self, Cancel, CancelReason, Order, TransactionsOf},
};
use mcom_schema::{Currency, id::OrderId};
use mcom_tests::till::Till;
use serde_json::{Value, json};

use crate::gift_cards::{balances, issue, with_cards};

const MARKETS: &str = "
markets:
  - { handle: home, name: Germany, primary: true, countries: [DE] }
  - { handle: uk, name: United Kingdom, countries: [GB], currency: GBP, rate: '0.86', rounding: '0.99' }
discounts:
  - { code: OFF, amount: '5.00', minimum: { subtotal: '20.00' } }
";

async fn open() -> Till {
    let till = Till::open().await;
    let cx = till.shop.admin();
    apply::apply(&cx, MARKETS, Wish::default()).await.expect("it is applied").expect("it is in order");
    cx.finish().await;
    till
}

/// A cart of two mugs for 12.50 EUR, for a buyer in this country.
async fn cart(till: &Till, country: &str) -> Arc<CartView> {
    let cart = till.cart(till.goods("12.50", 9).await, 2, "ok").await;
    let identity = serde_json::from_value(json!({ "countryCode": country })).expect("an identity");
    let moved = carts::update_buyer_identity(&till.shop.buyer(), &cart.id.gid(), &identity).await;
    let moved = moved.expect("it is answered").cart.expect("there is a cart");
    till.pay_with(&moved, "ok").await
}

async fn buy(till: &Till, cart: &Arc<CartView>) -> Order {
    let submitted = checkout::submit(&till.shop.buyer(), &cart.id.gid(), "t").await.expect("it is answered");
    let Submitted::Accepted { attempt_id, .. } = submitted else { panic!("{submitted:?}") };
    let attempt = checkout::attempt(&till.shop.buyer(), &attempt_id).await.expect("it is answered");
    let AttemptResult::Success { order_id, .. } = attempt.expect("there is one").result else {
        panic!("no order")
    };
    look(till, order_id).await
}

async fn look(till: &Till, id: OrderId) -> Order {
    orders::get(&till.shop.admin(), id).await.expect("it can be read").expect("it is there")
}

async fn spent(till: &Till) -> i64 {
    till.shop.rows("select spent_minor from customers where tenant_id = $1").await[0].get(0)
}

#[tokio::test]
async fn a_cart_follows_its_buyer_into_their_market() {
    let till = open().await;
    let cart = cart(&till, "GB").await;
    // 10.75 GBP become 10.99; sending costs 5.00 EUR, which are 4.30 GBP.
    let line = &cart.lines[0];
    assert_eq!((line.unit.minor, line.unit.currency), (1099, Currency::GBP));
    assert_eq!(
        (cart.cost.subtotal.minor, cart.cost.shipping.minor, cart.cost.total.minor),
        (2198, 430, 2628)
    );
    let codes = ["OFF".to_owned()];
    let cx = till.shop.buyer();
    let reduced = carts::update_discount_codes(&cx, &cart.id.gid(), &codes).await.expect("it is answered");
    // 20.00 EUR to be had for, 5.00 EUR off: 17.20 and 4.30 GBP.
    let reduced = reduced.cart.expect("there is a cart");
    assert_eq!((reduced.discount_minor(), reduced.cost.total.minor), (430, 2198));
    let identity = serde_json::from_value(json!({ "countryCode": "DE" })).expect("an identity");
    let home = carts::update_buyer_identity(&cx, &cart.id.gid(), &identity).await.expect("it is answered");
    let home = home.cart.expect("there is a cart");
    assert_eq!((home.lines[0].unit.minor, home.cost.total.currency), (1250, Currency::EUR));
    assert_eq!((home.discount_minor(), home.cost.total.minor), (500, 2500));
    // What was agreed to in pounds is no agreement in euros.
    let submitted = checkout::submit(&cx, &cart.id.gid(), "t").await.expect("it is answered");
    let Submitted::Failed { errors, .. } = submitted else { panic!("{submitted:?}") };
    assert_eq!(errors[0].code, "PAYMENTS_UNACCEPTABLE_PAYMENT_AMOUNT");
}

#[tokio::test]
async fn an_order_keeps_what_was_agreed_and_what_it_was_worth_at_home() {
    let till = open().await;
    let placed = buy(&till, &cart(&till, "GB").await).await;
    assert_eq!((placed.total.minor, placed.total.currency), (2628, Currency::GBP));
    assert_eq!(till.provider.balance(), 2628);
    // 26.28 GBP are 30.56 EUR.
    assert_eq!((placed.at_home(placed.total).minor, spent(&till).await), (3056, 3056));
    let asked = "query($id: ID!) { order(id: $id) { currencyCode presentmentCurrencyCode totalPrice
        totalPriceSet { shopMoney { amount currencyCode } presentmentMoney { amount currencyCode } }
        lineItems(first: 1) { nodes { originalUnitPrice originalUnitPriceSet { presentmentMoney { amount } } } }
        transactions { amount amountSet { presentmentMoney { amount currencyCode } } } } }";
    let answer = till.shop.merchant(asked, json!({ "id": placed.id.gid() })).await;
    assert_eq!(answer.body["errors"], Value::Null);
    let expected = json!({
        "currencyCode": "EUR", "presentmentCurrencyCode": "GBP", "totalPrice": "30.56",
        "totalPriceSet": { "shopMoney": { "amount": "30.56", "currencyCode": "EUR" },
            "presentmentMoney": { "amount": "26.28", "currencyCode": "GBP" } },
        "lineItems": { "nodes": [{ "originalUnitPrice": "12.78", "originalUnitPriceSet": { "presentmentMoney": { "amount": "10.99" } } }] },
        "transactions": [{ "amount": "30.56", "amountSet": { "presentmentMoney": { "amount": "26.28", "currencyCode": "GBP" } } }],
    });
    assert_eq!(answer.body["data"]["order"], expected);
}

#[tokio::test]
async fn gift_cards_pay_abroad_what_they_are_worth_and_get_it_back() {
    let till = open().await;
    issue(&till, "abcd-efgh-1234-5678", 1001).await;
    let cart = with_cards(&till, &cart(&till, "GB").await, &["abcdefgh12345678"], "ok").await;
    // 10.01 EUR are 8.61 GBP.
    let card = &cart.gift_cards[0];
    assert_eq!((card.balance.minor, card.taken.minor, card.used.minor), (1001, 1001, 861));
    assert_eq!((card.taken.currency, card.used.currency), (Currency::EUR, Currency::GBP));
    assert_eq!((cart.cost.total.minor, cart.cost.charge.minor), (2628, 1767));
    let placed = buy(&till, &cart).await;
    assert_eq!((balances(&till).await, till.provider.balance()), (vec![0], 1767));
    let moved = till.shop.admin().load::<TransactionsOf>(placed.id).await.expect("they can be read");
    let moved: i64 = moved.unwrap_or_default().iter().map(|it| it.amount.minor).sum();
    assert_eq!(moved, placed.total.minor);
    let wish = Cancel {
        order: placed.id,
        reason: CancelReason::Other,
        refund: true,
        restock: true,
        staff_note: None,
    };
    assert!(orders::cancel(&till.shop.admin(), &wish).await.expect("it can be cancelled").done);
    let cancelled = look(&till, placed.id).await;
    assert_eq!((cancelled.refunded.minor, cancelled.refunded.currency), (2628, Currency::GBP));
    assert_eq!((balances(&till).await, till.provider.balance(), spent(&till).await), (vec![1001], 0, 0));
}
