//! Gift cards pay first: what is taken from them, what the provider is asked for, and what goes back always add up.

use std::sync::Arc;

use mcom_sales::{
    carts::{self, CartView},
    checkout::{self, AttemptResult, Submitted},
    gift_cards::{self, GiftCardCode, GiftCardInput},
    orders::{self, Cancel, CancelReason, Order, TransactionsOf},
};
use mcom_schema::{
    Currency, Money,
    id::{GiftCardId, OrderId},
};
use mcom_tests::till::Till;

const CODE: &str = "abcd-efgh-1234-5678";
const OTHER: &str = "ZZZZ9999";

pub(super) async fn issue(till: &Till, code: &str, minor: i64) -> GiftCardId {
    let code = GiftCardCode::parse(code).expect("it is a code");
    let input = GiftCardInput { enabled: true, ..GiftCardInput::default() };
    let value = Money::new(minor, Currency::EUR);
    gift_cards::issue(&till.shop.admin(), &code, value, &input).await.expect("a card can be issued")
}

/// The cart when it is also paid with these cards, and the provider with the rest.
pub(super) async fn with_cards(
    till: &Till,
    cart: &Arc<CartView>,
    codes: &[&str],
    card: &str,
) -> Arc<CartView> {
    let codes: Vec<String> = codes.iter().map(|code| (*code).to_owned()).collect();
    let change = carts::update_gift_card_codes(&till.shop.buyer(), &cart.id.gid(), &codes).await;
    let change = change.expect("it is answered");
    assert_eq!(change.refusals, []);
    till.pay_with(&change.cart.expect("there is a cart"), card).await
}

async fn submit(till: &Till, cart: &Arc<CartView>) -> Submitted {
    checkout::submit(&till.shop.buyer(), &cart.id.gid(), "t").await.expect("it is answered")
}

async fn order(till: &Till, cart: &Arc<CartView>) -> Order {
    let Submitted::Accepted { attempt_id, .. } = submit(till, cart).await else { panic!("not accepted") };
    let attempt = checkout::attempt(&till.shop.buyer(), &attempt_id).await.expect("it is answered");
    let AttemptResult::Success { order_id, .. } = attempt.expect("there is one").result else {
        panic!("no order")
    };
    look(till, order_id).await
}

async fn look(till: &Till, id: OrderId) -> Order {
    orders::get(&till.shop.admin(), id).await.expect("it can be read").expect("it is there")
}

async fn cancel(till: &Till, order: OrderId) {
    let wish = Cancel { order, reason: CancelReason::Other, refund: true, restock: true, staff_note: None };
    assert!(orders::cancel(&till.shop.admin(), &wish).await.expect("it can be cancelled").done);
}

/// What is on the store's cards, each by its balance and by the sum of its ledger.
pub(super) async fn balances(till: &Till) -> Vec<i64> {
    let books = "select g.balance_minor, (select coalesce(sum(e.amount_minor), 0)::bigint from gift_card_entries e
        where e.tenant_id = g.tenant_id and e.gift_card_id = g.id) from gift_cards g where g.tenant_id = $1 order by g.id";
    let rows = till.shop.rows(books).await;
    let balances: Vec<(i64, i64)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    balances
        .into_iter()
        .map(|(balance, ledger)| {
            assert_eq!(balance, ledger);
            balance
        })
        .collect()
}

async fn movements(till: &Till, order: OrderId) -> Vec<(String, String, String, i64)> {
    let cx = till.shop.admin();
    let moved = cx.load::<TransactionsOf>(order).await.expect("they can be read").unwrap_or_default();
    moved.iter().map(|it| (it.kind.clone(), it.status.clone(), it.gateway.clone(), it.amount.minor)).collect()
}

#[tokio::test]
async fn cards_pay_first_the_provider_the_rest_and_all_of_it_goes_back() {
    let till = Till::open().await;
    let cart = till.cart(till.goods("12.50", 9).await, 2, "ok").await;
    let total = cart.cost.total.minor;
    issue(&till, CODE, 1000).await;
    issue(&till, OTHER, 500).await;
    let cart = with_cards(&till, &cart, &["ABCD EFGH 1234 5678", OTHER], "ok").await;
    let shown: Vec<_> = cart
        .gift_cards
        .iter()
        .map(|card| (card.last_characters.as_str(), card.balance.minor, card.used.minor))
        .collect();
    assert_eq!(shown, [("5678", 1000, 1000), ("9999", 500, 500)]);
    assert_eq!((cart.cost.total.minor, cart.cost.charge.minor), (total, total - 1500));
    let placed = order(&till, &cart).await;
    assert_eq!((placed.total.minor, placed.financial_status.as_str()), (total, "PAID"));
    assert_eq!((till.provider.balance(), balances(&till).await), (total - 1500, vec![0, 0]));
    let sales: i64 = movements(&till, placed.id).await.iter().map(|it| it.3).sum();
    assert_eq!(sales, total);
    cancel(&till, placed.id).await;
    let cancelled = look(&till, placed.id).await;
    assert_eq!((cancelled.refunded.minor, cancelled.financial_status.as_str()), (total, "REFUNDED"));
    assert_eq!((till.provider.balance(), balances(&till).await), (0, vec![1000, 500]));
    let spent = till.shop.rows("select spent_minor from customers where tenant_id = $1").await;
    assert_eq!(spent[0].get::<_, i64>(0), 0);
}

#[tokio::test]
async fn what_cards_pay_in_full_is_charged_nowhere() {
    let till = Till::open().await;
    let cart = till.cart(till.goods("12.50", 9).await, 1, "ok").await;
    issue(&till, CODE, 100_000).await;
    let cart = with_cards(&till, &cart, &[CODE], "ok").await;
    assert_eq!(cart.cost.charge.minor, 0);
    let placed = order(&till, &cart).await;
    let total = placed.total.minor;
    assert_eq!((till.provider.charges(), placed.financial_status.as_str()), (0, "PAID"));
    let sale = ("SALE".to_owned(), "SUCCESS".to_owned(), "gift_card".to_owned(), total);
    assert_eq!(
        (movements(&till, placed.id).await, balances(&till).await),
        (vec![sale], vec![100_000 - total])
    );
    cancel(&till, placed.id).await;
    let cancelled = look(&till, placed.id).await;
    assert_eq!((cancelled.refunded.minor, cancelled.financial_status.as_str()), (total, "REFUNDED"));
    assert_eq!(balances(&till).await, [100_000]);
}

#[tokio::test]
async fn two_who_spend_one_card_at_once_never_spend_more_than_is_on_it() {
    let till = Till::open().await;
    let mug = till.goods("12.50", 9).await;
    issue(&till, CODE, 2000).await;
    let one = with_cards(&till, &till.cart(mug, 1, "ok").await, &[CODE], "ok").await;
    let other = with_cards(&till, &till.cart(mug, 1, "ok").await, &[CODE], "ok").await;
    let (a, b) = futures_util::future::join(submit(&till, &one), submit(&till, &other)).await;
    let failed: Vec<&Submitted> =
        [&a, &b].into_iter().filter(|it| matches!(it, Submitted::Failed { .. })).collect();
    let [Submitted::Failed { errors, .. }] = failed.as_slice() else { panic!("{a:?} {b:?}") };
    assert_eq!(errors[0].code, "PAYMENTS_UNACCEPTABLE_PAYMENT_AMOUNT");
    let left = 2000 - one.cost.total.minor;
    assert_eq!((balances(&till).await, till.count("orders").await), (vec![left], 1));
    // Whoever was late pays with what is left.
    let late = if matches!(a, Submitted::Failed { .. }) { one } else { other };
    let late =
        carts::read(&till.shop.buyer(), &late.id.gid()).await.expect("it is answered").expect("it is there");
    assert_eq!(late.gift_cards[0].used.minor, left);
    order(&till, &till.pay_with(&late, "ok").await).await;
    assert_eq!((balances(&till).await, till.count("orders").await), (vec![0], 2));
}

#[tokio::test]
async fn a_declined_purchase_gives_the_card_its_money_back_once() {
    let till = Till::open().await;
    let cart = till.cart(till.goods("12.50", 9).await, 1, "ok").await;
    issue(&till, CODE, 500).await;
    let cart = with_cards(&till, &cart, &[CODE], "declined").await;
    submit(&till, &cart).await;
    assert_eq!((balances(&till).await, till.count("orders").await), (vec![500], 0));
    order(&till, &till.pay_with(&cart, "ok").await).await;
    assert_eq!(balances(&till).await, [0]);
}

#[tokio::test]
async fn cards_are_named_by_their_codes_and_taken_off_by_their_ids() {
    let till = Till::open().await;
    let cart = till.cart(till.goods("12.50", 9).await, 1, "ok").await;
    let locked = issue(&till, OTHER, 500).await;
    issue(&till, CODE, 500).await;
    let none = GiftCardInput::default();
    gift_cards::update(&till.shop.admin(), locked, &none).await.expect("it can be locked");
    let (cx, id) = (till.shop.buyer(), cart.id.gid());
    for code in [OTHER, "unknown1", ""] {
        let refused = carts::add_gift_card_codes(&cx, &id, &[CODE.to_owned(), code.to_owned()]).await;
        let refused = refused.expect("it is answered");
        assert_eq!(refused.refusals[0].field, ["giftCardCodes", "1"], "{code}");
        assert_eq!(refused.cart.expect("there is a cart").gift_cards, []);
    }
    let added = carts::add_gift_card_codes(&cx, &id, &[CODE.to_owned()]).await.expect("it is answered");
    let paid = added.cart.expect("there is a cart");
    let applied = paid.gift_card_gid(&paid.gift_cards[0]);
    let stranger = carts::CartId { key: None, ..cart.id.clone() };
    let seen = carts::read(&cx, &stranger.gid()).await.expect("it is answered").expect("it is there");
    assert_eq!(seen.gift_cards, []);
    let removed =
        carts::remove_gift_cards(&cx, &id, std::slice::from_ref(&applied)).await.expect("it is answered");
    assert_eq!(removed.cart.expect("there is a cart").gift_cards, []);
    let again = carts::remove_gift_cards(&cx, &id, &[applied]).await.expect("it is answered");
    assert_eq!(again.refusals[0].field, ["appliedGiftCardIds", "0"]);
}

#[tokio::test]
async fn what_cards_do_not_pay_cannot_be_paid_later() {
    let till = Till::open().await;
    let cart = till.cart(till.goods("12.50", 9).await, 1, "ok").await;
    issue(&till, CODE, 500).await;
    let cart = with_cards(&till, &cart, &[CODE], "manual").await;
    let Submitted::Failed { errors, .. } = submit(&till, &cart).await else { panic!("accepted") };
    assert_eq!((&*errors[0].code, balances(&till).await), ("PAYMENTS_METHOD_UNAVAILABLE", vec![500]));
}
