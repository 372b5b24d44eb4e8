//! From a cart to a paid order, or back to nothing: every step twice is once, a failure at any step leaves nothing behind.

use std::{collections::BTreeSet, sync::Arc};

use chrono::Duration;
use mcom_catalog::products;
use mcom_data::{Error, page::PageArgs};
use mcom_sales::{
    carts,
    checkout::{self, AttemptResult, Prepared, Submitted},
    orders::{self, Cancel, CancelReason, OrderList, OrderSort},
};
use mcom_schema::id::ProductId;
use mcom_tests::till::Till;

async fn submit(till: &Till, cart: &Arc<carts::CartView>, token: &str) -> Submitted {
    checkout::submit(&till.shop.buyer(), &cart.id.gid(), token).await.expect("it is answered")
}

fn attempt_id(submitted: &Submitted) -> String {
    match submitted {
        Submitted::Accepted { attempt_id, .. } | Submitted::AlreadyAccepted { attempt_id } => {
            attempt_id.clone()
        }
        Submitted::Failed { errors, .. } => panic!("{errors:?}"),
    }
}

async fn result(till: &Till, submitted: &Submitted) -> AttemptResult {
    let attempt =
        checkout::attempt(&till.shop.buyer(), &attempt_id(submitted)).await.expect("it is answered");
    attempt.expect("there is such an attempt").result
}

fn codes(result: &AttemptResult) -> Vec<&str> {
    match result {
        AttemptResult::Failed { errors } => errors.iter().map(|error| &*error.code).collect(),
        other => panic!("{other:?}"),
    }
}

/// Nothing is held, nothing waits, and every piece is where it began.
async fn nothing_is_left(till: &Till, stock: i64) {
    assert_eq!(till.stock().await, (stock, 0, 0));
    assert_eq!(till.count("orders").await, 0);
    assert_eq!(till.provider.balance(), 0);
    assert_eq!(till.shop.jobs().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_paid_order_has_its_lines_its_money_its_stock_and_its_events() {
    let till = Till::open().await;
    let mug = till.goods("12.50", 5).await;
    let cart = till.cart(mug, 2, "ok").await;
    let prepared = checkout::prepare(&till.shop.buyer(), &cart.id.gid()).await.expect("it is answered");
    assert!(matches!(prepared, Prepared::Ready(_)), "{prepared:?}");
    let submitted = submit(&till, &cart, "t").await;
    let AttemptResult::Success { order_id, .. } = result(&till, &submitted).await else { panic!("no order") };
    let order =
        orders::get(&till.shop.admin(), order_id).await.expect("it can be read").expect("it is there");
    assert_eq!((order.name.as_str(), order.financial_status.as_str()), ("#1001", "PAID"));
    assert_eq!(order.subtotal.minor, 2500);
    assert_eq!(order.total.minor, order.subtotal.minor + order.shipping.minor);
    assert_eq!(order.total, cart.cost.total);
    assert_eq!(till.provider.balance(), order.total.minor);
    assert_eq!(till.stock().await, (3, 0, 2));
    assert_eq!(till.shop.jobs().await, Vec::<String>::new());
    let topics: Vec<String> = till.shop.events().await.into_iter().map(|event| event.topic).collect();
    assert!(topics.ends_with(&["orders/create".to_owned(), "orders/paid".to_owned()]), "{topics:?}");
    assert!(carts::read(&till.shop.buyer(), &cart.id.gid()).await.expect("it is answered").is_none());
}

#[tokio::test]
async fn whatever_is_retried_there_is_one_order_per_cart() {
    let till = Till::open().await;
    let mug = till.goods("12.50", 50).await;
    let cart = till.cart(mug, 1, "ok").await;
    let tries = (0..16).map(|i| {
        let token = if i % 2 == 0 { "same" } else { "other" };
        submit(&till, &cart, token)
    });
    let submitted = futures_util::future::join_all(tries).await;
    let ids: BTreeSet<String> = submitted.iter().map(attempt_id).collect();
    assert_eq!(ids.len(), 1);
    assert!(matches!(submit(&till, &cart, "same").await, Submitted::AlreadyAccepted { .. }));
    assert_eq!((till.count("orders").await, till.provider.charges()), (1, 1));
    assert_eq!(till.stock().await, (49, 0, 1));
}

#[tokio::test]
async fn a_declined_card_leaves_nothing_and_the_same_token_may_try_again() {
    let till = Till::open().await;
    let mug = till.goods("12.50", 1).await;
    let cart = till.cart(mug, 1, "declined").await;
    let declined = submit(&till, &cart, "t").await;
    assert_eq!(codes(&result(&till, &declined).await), ["PAYMENT_CARD_DECLINED"]);
    nothing_is_left(&till, 1).await;
    till.pay_with(&cart, "ok").await;
    let paid = submit(&till, &cart, "t").await;
    assert_ne!(attempt_id(&declined), attempt_id(&paid));
    assert!(matches!(result(&till, &paid).await, AttemptResult::Success { .. }));
    assert_eq!(codes(&result(&till, &declined).await), ["PAYMENT_CARD_DECLINED"]);
}

#[tokio::test]
async fn silence_after_charging_becomes_an_order_and_silence_before_leaves_nothing() {
    let till = Till::open().await;
    let mug = till.goods("12.50", 2).await;
    let lost = till.cart(mug, 1, "silent-before").await;
    let submitted = submit(&till, &lost, "t").await;
    assert_eq!(codes(&result(&till, &submitted).await), ["PAYMENT_TRANSIENT_ERROR"]);
    nothing_is_left(&till, 2).await;
    let charged = till.cart(mug, 1, "silent-after").await;
    let submitted = submit(&till, &charged, "t").await;
    assert!(matches!(result(&till, &submitted).await, AttemptResult::Success { .. }));
    assert_eq!(till.provider.charges(), 1);
}

#[tokio::test]
async fn a_provider_that_is_gone_holds_the_stock_until_it_can_be_asked() {
    let till = Till::open().await;
    let mug = till.goods("12.50", 1).await;
    let cart = till.cart(mug, 1, "ok").await;
    till.provider.fall_silent(true);
    let submitted = submit(&till, &cart, "t").await;
    assert!(matches!(result(&till, &submitted).await, AttemptResult::Processing { .. }));
    // The charge was made; only nobody knows. The reservation may not be freed.
    till.shop.pass(Duration::hours(2));
    till.shop.run_jobs().await;
    assert_eq!(till.stock().await, (0, 1, 0));
    till.provider.fall_silent(false);
    till.shop.pass(Duration::hours(2));
    till.shop.run_jobs().await;
    // Too late for an order: the money goes back before the stock does.
    assert_eq!(codes(&result(&till, &submitted).await), ["ERROR"]);
    nothing_is_left(&till, 1).await;
}

#[tokio::test]
async fn a_worker_finishes_what_a_process_left() {
    let till = Till::open().await;
    let mug = till.goods("12.50", 1).await;
    let cart = till.cart(mug, 1, "ok").await;
    till.provider.fall_silent(true);
    let submitted = submit(&till, &cart, "t").await;
    till.provider.fall_silent(false);
    till.shop.pass(Duration::minutes(2));
    till.shop.run_jobs().await;
    till.shop.run_jobs().await;
    assert!(matches!(result(&till, &submitted).await, AttemptResult::Success { .. }));
    assert_eq!((till.provider.charges(), till.stock().await), (1, (0, 0, 1)));
    assert_eq!(till.shop.jobs().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_confirmed_payment_becomes_an_order_and_an_unconfirmed_one_expires() {
    let till = Till::open().await;
    let mug = till.goods("12.50", 2).await;
    let confirmed = submit(&till, &till.cart(mug, 1, "challenge").await, "t").await;
    assert!(matches!(result(&till, &confirmed).await, AttemptResult::ActionRequired { url: Some(_) }));
    assert_eq!(till.stock().await, (1, 1, 0));
    till.provider.answer_challenges(true);
    assert!(matches!(result(&till, &confirmed).await, AttemptResult::Success { .. }));
    let lapsed = submit(&till, &till.cart(mug, 1, "challenge").await, "t").await;
    assert_eq!(till.shop.jobs().await, ["expire_reservations"]);
    till.shop.pass(Duration::minutes(16));
    till.shop.run_jobs().await;
    assert_eq!(codes(&result(&till, &lapsed).await), ["PAYMENT_ERROR"]);
    assert_eq!(till.stock().await, (1, 0, 1));
    till.provider.answer_challenges(true);
    assert_eq!(till.provider.charges(), 1);
    let refused = submit(&till, &till.cart(mug, 1, "challenge").await, "t").await;
    till.provider.answer_challenges(false);
    assert_eq!(codes(&result(&till, &refused).await), ["PAYMENT_ERROR"]);
    assert_eq!(till.shop.jobs().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_paid_order_that_cannot_be_written_is_given_back() {
    let till = Till::open().await;
    let mug = till.goods("12.50", 2).await;
    let cart = till.cart(mug, 1, "ok").await;
    till.provider.fall_silent(true);
    let submitted = submit(&till, &cart, "t").await;
    // Meanwhile the cart became an order in some other way.
    let rival = submit(&till, &till.cart(mug, 1, "declined").await, "t").await;
    let rival = format!(
        "insert into orders (tenant_id, number, name, confirmation_number, checkout_id, cart_token, currency, subtotal_minor,
            shipping_minor, total_minor, financial_status, fulfillment_status, processed_at, created_at, updated_at)
         select tenant_id, 1, '#1', 'RIVAL', id, '{}', 'EUR', 0, 0, 0, 'PAID', 'UNFULFILLED', now(), now(), now()
         from checkouts where attempt_id = '{}' and tenant_id = $1 returning 1",
        cart.id.token,
        attempt_id(&rival)
    );
    assert_eq!(till.shop.rows(&rival).await.len(), 1);
    till.provider.fall_silent(false);
    till.shop.pass(Duration::minutes(2));
    till.shop.run_jobs().await;
    assert_eq!(codes(&result(&till, &submitted).await), ["ERROR"]);
    assert_eq!((till.provider.balance(), till.stock().await), (0, (2, 0, 0)));
    assert_eq!(till.shop.jobs().await, Vec::<String>::new());
}

#[tokio::test]
async fn goods_deleted_while_the_buyer_pays_are_still_sold() {
    let till = Till::open().await;
    let mug = till.goods("12.50", 2).await;
    let submitted = submit(&till, &till.cart(mug, 1, "challenge").await, "t").await;
    let product = till.shop.rows("select id from products where tenant_id = $1").await[0].get(0);
    products::delete(&till.shop.admin(), ProductId(product)).await.expect("it can be deleted");
    till.provider.answer_challenges(true);
    let AttemptResult::Success { order_id, .. } = result(&till, &submitted).await else { panic!("no order") };
    let lines = till.shop.admin().load::<orders::LinesOf>(order_id).await.expect("they can be read");
    let line = lines.expect("there are lines")[0].clone();
    assert_eq!((line.product, line.variant, line.title.as_str()), (None, None, "Mug"));
}

#[tokio::test]
async fn what_is_missing_is_told_before_anything_is_reserved() {
    let till = Till::open().await;
    let mug = till.goods("12.50", 2).await;
    let first = till.cart(mug, 2, "ok").await;
    let second = till.cart(mug, 2, "ok").await;
    submit(&till, &first, "t").await;
    let Submitted::Failed { errors, .. } = submit(&till, &second, "t").await else { panic!("oversold") };
    assert_eq!(errors[0].code, "MERCHANDISE_OUT_OF_STOCK");
    let empty = carts::create(&till.shop.buyer(), &Default::default()).await.expect("it is answered");
    let empty = empty.cart.expect("there is a cart");
    let Submitted::Failed { errors, .. } = submit(&till, &empty, "t").await else { panic!("sold nothing") };
    assert_eq!(
        errors.iter().map(|e| &*e.code).collect::<Vec<_>>(),
        ["ERROR", "BUYER_IDENTITY_EMAIL_REQUIRED"]
    );
    let stranger = carts::CartId { key: None, ..second.id.clone() };
    let refused = checkout::submit(&till.shop.buyer(), &stranger.gid(), "t").await;
    assert!(matches!(refused, Err(Error::Refused(_))), "{refused:?}");
}

#[tokio::test]
async fn a_cancelled_order_gives_back_its_money_and_its_stock_once() {
    let till = Till::open().await;
    let mug = till.goods("12.50", 3).await;
    let submitted = submit(&till, &till.cart(mug, 2, "ok").await, "t").await;
    let AttemptResult::Success { order_id, .. } = result(&till, &submitted).await else { panic!("no order") };
    let wish = Cancel {
        order: order_id,
        reason: CancelReason::Customer,
        refund: true,
        restock: true,
        staff_note: None,
    };
    till.provider.fall_silent(true);
    let cancelled = orders::cancel(&till.shop.admin(), &wish).await.expect("it is cancelled");
    assert!(!cancelled.done);
    assert!(orders::cancel(&till.shop.admin(), &wish).await.is_err());
    till.provider.fall_silent(false);
    till.shop.pass(Duration::minutes(5));
    till.shop.run_jobs().await;
    orders::finish_cancel(&till.shop.admin(), order_id).await.expect("a second time changes nothing");
    assert_eq!((till.provider.balance(), till.stock().await), (0, (3, 0, 0)));
    let order =
        orders::get(&till.shop.admin(), order_id).await.expect("it can be read").expect("it is there");
    assert_eq!((order.financial_status.as_str(), order.refunded), ("REFUNDED", order.total));
    assert_eq!(till.shop.jobs().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_manual_order_waits_for_its_money_and_is_voided_when_cancelled() {
    let till = Till::open().await;
    let mug = till.goods("12.50", 3).await;
    let submitted = submit(&till, &till.cart(mug, 1, "manual").await, "t").await;
    let AttemptResult::Success { order_id, .. } = result(&till, &submitted).await else { panic!("no order") };
    let list = OrderList { sort: OrderSort::default(), filter: None, page: PageArgs::first(5) };
    let page = orders::page(&till.shop.admin(), &list).await.expect("it can be read");
    assert_eq!(page.items[0].1.financial_status, "PENDING");
    let wish = Cancel {
        order: order_id,
        reason: CancelReason::Other,
        refund: true,
        restock: false,
        staff_note: None,
    };
    assert!(orders::cancel(&till.shop.admin(), &wish).await.expect("it is cancelled").done);
    let order =
        orders::get(&till.shop.admin(), order_id).await.expect("it can be read").expect("it is there");
    assert_eq!(order.financial_status, "VOIDED");
    assert_eq!(till.stock().await, (2, 0, 0));
}

#[tokio::test]
async fn of_many_buyers_at_once_as_many_get_one_as_there_are() {
    let till = Till::open().await;
    for stock in [1, 10] {
        let mug = till.goods("12.50", stock).await;
        let mut carts = vec![];
        for i in 0..24 {
            carts.push(till.cart(mug, 1, if i % 3 == 0 { "silent-after" } else { "ok" }).await);
        }
        let before = till.provider.charges() as i64;
        futures_util::future::join_all(carts.iter().map(|cart| submit(&till, cart, "t"))).await;
        assert_eq!(till.provider.charges() as i64 - before, stock);
    }
    assert_eq!((till.count("orders").await, till.stock().await), (11, (0, 0, 11)));
}
