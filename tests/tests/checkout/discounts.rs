//! Discounts from the cart to the order: what is taken off adds up to the cent, and no code is used more often than it may be.

use std::sync::Arc;

use mcom_sales::{
    carts::{self, CartView},
    checkout::{self, AttemptResult, Submitted},
    discounts::{
        self, CombinesWith, DiscountClass, DiscountDetails, DiscountEffect, DiscountItems, DiscountMinimum,
        DiscountTerms,
    },
    orders::{self, Cancel, CancelReason},
};
use mcom_schema::id::{OrderId, ProductId};
use mcom_tests::{
    shop::opening,
    till::{Till, cart_of},
};
use serde_json::json;

pub(super) const TENTH: DiscountEffect = DiscountEffect::Percentage { hundredths: 1000 };

/// A discount on everything, without conditions.
pub(super) fn on_all(code: Option<&str>, effect: DiscountEffect) -> DiscountDetails {
    DiscountDetails {
        code: code.map(str::to_owned),
        title: code.unwrap_or("Sale").to_owned(),
        terms: DiscountTerms {
            effect,
            items: DiscountItems::All,
            minimum: DiscountMinimum::None,
            combines_with: CombinesWith::default(),
            customers: None,
        },
        starts_at: opening(),
        ends_at: None,
        usage_limit: None,
        once_per_customer: false,
    }
}

async fn give(till: &Till, details: &DiscountDetails) {
    discounts::create(&till.shop.admin(), details).await.expect("a discount can be made");
}

async fn with_codes(till: &Till, cart: &Arc<CartView>, codes: &[&str]) -> (Arc<CartView>, Vec<&'static str>) {
    let codes: Vec<String> = codes.iter().map(|code| (*code).to_owned()).collect();
    let change = carts::update_discount_codes(&till.shop.buyer(), &cart.id.gid(), &codes).await;
    let change = change.expect("it is answered");
    let told = change.warnings.iter().map(|warning| warning.code).collect();
    (change.cart.expect("there is a cart"), told)
}

async fn read(till: &Till, cart: &Arc<CartView>) -> Arc<CartView> {
    carts::read(&till.shop.buyer(), &cart.id.gid()).await.expect("it is answered").expect("it is there")
}

async fn submit(till: &Till, cart: &Arc<CartView>) -> Submitted {
    checkout::submit(&till.shop.buyer(), &cart.id.gid(), "t").await.expect("it is answered")
}

async fn order(till: &Till, cart: &Arc<CartView>) -> OrderId {
    let Submitted::Accepted { attempt_id, .. } = submit(till, cart).await else { panic!("not accepted") };
    let attempt = checkout::attempt(&till.shop.buyer(), &attempt_id).await.expect("it is answered");
    match attempt.expect("there is one").result {
        AttemptResult::Success { order_id, .. } => order_id,
        other => panic!("{other:?}"),
    }
}

/// How often a code is in use: as it counts itself, and as its uses are noted.
pub(super) async fn used(till: &Till) -> (i64, i64) {
    let counted = "select coalesce(sum(used), 0)::bigint from discounts where tenant_id = $1";
    (till.shop.rows(counted).await[0].get(0), till.count("discount_uses").await)
}

/// The sums of a cart are those of its parts.
fn adds_up(cart: &CartView) {
    let off = |class| -> i64 {
        let of_class = cart.discounts.iter().filter(|discount| discount.class == class);
        of_class.map(|discount| discount.total_minor()).sum()
    };
    let lines: i64 = cart.lines.iter().map(|line| line.subtotal.minor).sum();
    assert_eq!(cart.lines.iter().map(|line| line.total.minor).sum::<i64>(), cart.cost.subtotal.minor);
    assert_eq!(cart.cost.subtotal.minor, lines - off(DiscountClass::Product));
    assert_eq!(cart.cost.goods.minor, cart.cost.subtotal.minor - off(DiscountClass::Order));
    let sent = cart.cost.shipping.minor - off(DiscountClass::Shipping);
    assert_eq!(cart.cost.total.minor, cart.cost.goods.minor + sent);
}

#[tokio::test]
async fn a_code_is_found_in_any_case_and_one_that_is_none_is_told() {
    let till = Till::open().await;
    let cart = till.cart(till.goods("12.50", 9).await, 2, "ok").await;
    give(&till, &on_all(Some("Ten"), TENTH)).await;
    let (found, told) = with_codes(&till, &cart, &["tEN", "eleven"]).await;
    assert_eq!((found.cost.goods.minor, told), (2250, vec!["DISCOUNT_NOT_FOUND"]));
    let applicable: Vec<bool> = found.discount_codes.iter().map(|code| code.obstacle.is_none()).collect();
    assert_eq!(applicable, [true, false]);
    assert_eq!(found.discounts[0].code.as_deref(), Some("Ten"));
    adds_up(&found);
    assert_eq!(with_codes(&till, &cart, &[]).await.0.cost, cart.cost);
}

#[tokio::test]
async fn each_condition_that_is_not_met_is_told_by_its_name() {
    let till = Till::open().await;
    let cart = till.cart(till.goods("12.50", 9).await, 2, "ok").await;
    let plain = on_all(Some("plain"), TENTH);
    let terms = plain.terms.clone();
    let minimum = |code: &str, minimum| DiscountDetails {
        terms: DiscountTerms { minimum, ..terms.clone() },
        ..on_all(Some(code), TENTH)
    };
    let elsewhere = DiscountItems::Only { products: vec![ProductId(1)], collections: vec![] };
    let to_france = DiscountEffect::FreeShipping { countries: vec!["FR".to_owned()], max_price_minor: None };
    let later = opening() + chrono::Duration::days(1);
    for details in [
        minimum("RICH", DiscountMinimum::Subtotal { minor: 2501 }),
        minimum("MANY", DiscountMinimum::Quantity { pieces: 3 }),
        DiscountDetails {
            terms: DiscountTerms { items: elsewhere, ..terms.clone() },
            ..on_all(Some("ELSE"), TENTH)
        },
        DiscountDetails { starts_at: later, ..on_all(Some("LATER"), TENTH) },
        on_all(Some("FRANCE"), to_france),
        minimum("FITS", DiscountMinimum::Subtotal { minor: 2500 }),
    ] {
        give(&till, &details).await;
    }
    let codes = ["RICH", "MANY", "ELSE", "LATER", "FRANCE"];
    let (without, told) = with_codes(&till, &cart, &codes).await;
    let expected = [
        "DISCOUNT_PURCHASE_NOT_IN_RANGE",
        "DISCOUNT_QUANTITY_NOT_IN_RANGE",
        "DISCOUNT_NO_ENTITLED_LINE_ITEMS",
        "DISCOUNT_CURRENTLY_INACTIVE",
        "DISCOUNT_NO_ENTITLED_SHIPPING_LINES",
    ];
    assert_eq!((told, without.cost), (expected.to_vec(), cart.cost));
    let (with, told) = with_codes(&till, &cart, &["FITS", "LATER"]).await;
    assert_eq!((with.discounts.len(), told), (1, vec!["DISCOUNT_CURRENTLY_INACTIVE"]));
    till.shop.pass(chrono::Duration::days(1));
    assert_eq!(with_codes(&till, &cart, &["LATER"]).await.1, Vec::<&str>::new());
}

#[tokio::test]
async fn discounts_of_lines_come_before_those_of_the_order_and_sending_is_last() {
    let till = Till::open().await;
    let (mug, bowl) = (till.goods("12.50", 9).await, till.goods("3.33", 9).await);
    let product = till.cart(mug, 1, "ok").await.lines[0].product;
    let beside = CombinesWith { product: true, order: true, shipping: true };
    let all = |details: DiscountDetails| DiscountDetails {
        terms: DiscountTerms { combines_with: beside, ..details.terms },
        ..details
    };
    let items = DiscountItems::Only { products: vec![product], collections: vec![] };
    let half = on_all(None, DiscountEffect::Percentage { hundredths: 5000 });
    give(&till, &all(DiscountDetails { terms: DiscountTerms { items, ..half.terms.clone() }, ..half })).await;
    give(&till, &all(on_all(Some("TWO"), DiscountEffect::Amount { minor: 200, each: false }))).await;
    let anywhere = DiscountEffect::FreeShipping { countries: vec![], max_price_minor: None };
    give(&till, &all(on_all(Some("SENT"), anywhere))).await;
    let mut wanted = cart_of(mug, 1);
    wanted["lines"]
        .as_array_mut()
        .expect("a list")
        .push(json!({ "merchandiseId": bowl.gid(), "quantity": 2 }));
    wanted["discountCodes"] = json!(["two", "sent"]);
    let input = serde_json::from_value(wanted).expect("an input");
    let cart = carts::create(&till.shop.buyer(), &input).await.expect("it is answered").cart.expect("a cart");
    // 6.25 and 6.66 are left of the lines; two euros are spread over them.
    let totals: Vec<i64> = cart.lines.iter().map(|line| line.total.minor).collect();
    assert_eq!((totals, cart.cost.subtotal.minor, cart.cost.goods.minor), (vec![625, 666], 1291, 1091));
    assert!(cart.cost.shipping.minor > 0);
    assert_eq!(cart.cost.total.minor, 1091);
    let two = cart.discounts.iter().find(|it| it.title == "TWO").expect("it applies");
    assert_eq!((two.off_line(0), two.off_line(1)), (97, 103));
    adds_up(&cart);
    let id = order(&till, &till.pay_with(&cart, "ok").await).await;
    let order = orders::get(&till.shop.admin(), id).await.expect("it can be read").expect("it is there");
    assert_eq!(
        (order.subtotal.minor, order.total.minor, order.discount().minor),
        (1091, 1091, 825 + order.shipping.minor)
    );
    assert_eq!(order.discounts.to_vec(), cart.discounts.to_vec());
    assert_eq!(till.provider.balance(), 1091);
}

#[tokio::test]
async fn what_may_not_stand_together_does_not_and_the_buyer_pays_least() {
    let till = Till::open().await;
    let cart = till.cart(till.goods("12.50", 9).await, 2, "ok").await;
    give(&till, &on_all(None, TENTH)).await;
    give(&till, &on_all(Some("ONE"), DiscountEffect::Amount { minor: 100, each: false })).await;
    give(&till, &on_all(Some("FIVE"), DiscountEffect::Amount { minor: 500, each: false })).await;
    assert_eq!(read(&till, &cart).await.cost.goods.minor, 2250);
    let (still, told) = with_codes(&till, &cart, &["one"]).await;
    assert_eq!((still.cost.goods.minor, told), (2250, vec!["DISCOUNT_CODE_NOT_HONOURED"]));
    assert_eq!(with_codes(&till, &cart, &["one", "five"]).await.0.cost.goods.minor, 2000);
}

#[tokio::test]
async fn a_discount_on_a_collection_follows_its_members() {
    let till = Till::open().await;
    let mug = till.goods("12.50", 9).await;
    let cart = till.cart(mug, 1, "ok").await;
    let cx = till.shop.admin();
    let product = cart.lines[0].product;
    let input = serde_json::from_value(json!({ "title": "Sale", "products": [product.gid()] }));
    let collection =
        mcom_catalog::collections::create(&cx, &input.expect("an input")).await.expect("it can be made");
    let items = DiscountItems::Only { products: vec![], collections: vec![collection] };
    let details = on_all(None, TENTH);
    let id = discounts::create(
        &cx,
        &DiscountDetails { terms: DiscountTerms { items, ..details.terms.clone() }, ..details },
    )
    .await;
    assert_eq!(read(&till, &cart).await.cost.subtotal.minor, 1125);
    mcom_catalog::collections::delete(&cx, collection).await.expect("it can be deleted");
    assert_eq!(read(&till, &cart).await.cost.subtotal.minor, 1250);
    discounts::delete(&cx, id.expect("it was made")).await.expect("it can be deleted");
}

#[tokio::test]
async fn of_sixteen_who_want_the_last_use_one_has_it_and_the_others_may_go_on_without() {
    let till = Till::open().await;
    let mug = till.goods("12.50", 50).await;
    give(&till, &DiscountDetails { usage_limit: Some(1), ..on_all(Some("FIRST"), TENTH) }).await;
    let mut carts = vec![];
    for _ in 0..16 {
        let cart = till.cart(mug, 1, "ok").await;
        let (cart, told) = with_codes(&till, &cart, &["FIRST"]).await;
        assert_eq!(told, Vec::<&str>::new());
        carts.push(till.pay_with(&cart, "ok").await);
    }
    let submitted = futures_util::future::join_all(carts.iter().map(|cart| submit(&till, cart))).await;
    let mut lost = vec![];
    for (cart, submitted) in carts.iter().zip(&submitted) {
        if let Submitted::Failed { errors, .. } = submitted {
            let codes: Vec<&str> = errors.iter().map(|error| &*error.code).collect();
            assert_eq!(codes, ["PAYMENTS_UNACCEPTABLE_PAYMENT_AMOUNT"]);
            lost.push(cart);
        }
    }
    assert_eq!((lost.len(), till.count("orders").await, used(&till).await), (15, 1, (1, 1)));
    let again = read(&till, lost[0]).await;
    assert_eq!(
        again.discount_codes[0].obstacle.map(discounts::Obstacle::code),
        Some("DISCOUNT_USAGE_LIMIT_REACHED")
    );
    order(&till, &till.pay_with(&again, "ok").await).await;
    assert_eq!((till.count("orders").await, used(&till).await), (2, (1, 1)));
}

#[tokio::test]
async fn who_had_a_code_once_does_not_have_it_again_until_that_order_is_cancelled() {
    let till = Till::open().await;
    let mug = till.goods("12.50", 50).await;
    give(&till, &DiscountDetails { once_per_customer: true, ..on_all(Some("HELLO"), TENTH) }).await;
    let one = with_codes(&till, &till.cart(mug, 1, "ok").await, &["HELLO"]).await.0;
    let other = with_codes(&till, &till.cart(mug, 1, "ok").await, &["HELLO"]).await.0;
    let (one, other) = (till.pay_with(&one, "ok").await, till.pay_with(&other, "ok").await);
    let id = order(&till, &one).await;
    assert!(matches!(submit(&till, &other).await, Submitted::Failed { .. }));
    let told = read(&till, &other).await.discount_codes[0].obstacle.map(discounts::Obstacle::code);
    assert_eq!((told, used(&till).await), (Some("DISCOUNT_CUSTOMER_USAGE_LIMIT_REACHED"), (1, 1)));
    let wish =
        Cancel { order: id, reason: CancelReason::Other, refund: true, restock: true, staff_note: None };
    orders::cancel(&till.shop.admin(), &wish).await.expect("it can be cancelled");
    assert_eq!(used(&till).await, (0, 0));
    order(&till, &other).await;
    assert_eq!((used(&till).await, till.provider.balance()), ((1, 1), other.cost.total.minor));
}

#[tokio::test]
async fn a_declined_purchase_gives_its_use_back() {
    let till = Till::open().await;
    let mug = till.goods("12.50", 5).await;
    give(&till, &DiscountDetails { usage_limit: Some(1), ..on_all(Some("FIRST"), TENTH) }).await;
    let cart = with_codes(&till, &till.cart(mug, 1, "declined").await, &["FIRST"]).await.0;
    let cart = till.pay_with(&cart, "declined").await;
    submit(&till, &cart).await;
    assert_eq!((used(&till).await, till.count("orders").await), ((0, 0), 0));
    order(&till, &till.pay_with(&cart, "ok").await).await;
    assert_eq!(used(&till).await, (1, 1));
}

#[tokio::test]
async fn carts_without_codes_cost_one_statement_more_only_for_discounts_on_collections() {
    let till = Till::open().await;
    let cart = till.cart(till.goods("12.50", 5).await, 1, "ok").await;
    let statements = async || {
        read(&till, &cart).await;
        let cx = till.shop.buyer();
        carts::read(&cx, &cart.id.gid()).await.expect("it is answered");
        cx.statements()
    };
    let before = statements().await;
    give(&till, &on_all(None, TENTH)).await;
    assert_eq!(statements().await, before);
    let items = DiscountItems::Only { products: vec![], collections: vec![mcom_schema::id::CollectionId(1)] };
    let details = DiscountDetails { title: "Other".to_owned(), ..on_all(None, TENTH) };
    give(&till, &DiscountDetails { terms: DiscountTerms { items, ..details.terms.clone() }, ..details })
        .await;
    assert_eq!(statements().await, before + 1);
}

#[tokio::test]
async fn a_new_discount_is_heeded_at_once() {
    let till = Till::open().await;
    let cart = till.cart(till.goods("12.50", 5).await, 1, "ok").await;
    read(&till, &cart).await;
    assert_eq!(discounts::all(&till.shop.admin()).await.expect("they can be read"), []);
    give(&till, &on_all(None, TENTH)).await;
    assert_eq!(read(&till, &cart).await.cost.goods.minor, 1125);
}

#[tokio::test]
async fn both_faces_tell_what_was_taken_off() {
    let till = Till::open().await;
    let (mug, bowl) = (till.goods("10.00", 9).await, till.goods("5.00", 9).await);
    give(&till, &on_all(Some("TWO"), DiscountEffect::Amount { minor: 200, each: false })).await;
    let mut wanted = cart_of(mug, 1);
    wanted["lines"]
        .as_array_mut()
        .expect("a list")
        .push(json!({ "merchandiseId": bowl.gid(), "quantity": 2 }));
    wanted["discountCodes"] = json!(["two"]);
    let document = "mutation($input: CartInput!) { cartCreate(input: $input) { cart { id
        cost { subtotalAmount { amount } totalAmount { amount } checkoutChargeAmount { amount } } discountCodes { code applicable }
        discountAllocations { __typename discountedAmount { amount } targetType ... on CartCodeDiscountAllocation { code }
            discountApplication { allocationMethod targetSelection value { ... on MoneyV2 { amount } } }
            sourceDiscountApplication { totalAllocatedAmount { amount } } }
        lines(first: 9) { nodes { cost { totalAmount { amount } } discountAllocations { __typename }
            whole: discountAllocations(lineLevelOnly: false) { discountedAmount { amount } } } } } } }";
    let answer = till.shop.storefront(document, json!({ "input": wanted })).await;
    let cart = answer.data("/cartCreate/cart");
    assert_eq!(cart["discountCodes"], json!([{ "code": "two", "applicable": true }]));
    assert_eq!(cart["cost"]["subtotalAmount"], json!({ "amount": "20.0" }));
    assert_eq!(cart["cost"]["checkoutChargeAmount"], cart["cost"]["subtotalAmount"]);
    // A part for each line, as clients count on, and each tells its own amount.
    let part = json!({ "__typename": "CartCodeDiscountAllocation", "code": "TWO", "discountedAmount": { "amount": "1.0" },
        "targetType": "LINE_ITEM", "sourceDiscountApplication": { "totalAllocatedAmount": { "amount": "2.0" } },
        "discountApplication": { "allocationMethod": "ACROSS", "targetSelection": "ALL", "value": { "amount": "1.0" } } });
    assert_eq!(cart["discountAllocations"], json!([part, part]));
    for line in cart["lines"]["nodes"].as_array().expect("a list") {
        assert_eq!(line["discountAllocations"], json!([]));
        assert_eq!(line["whole"], json!([{ "discountedAmount": { "amount": "1.0" } }]));
        assert_eq!(line["cost"]["totalAmount"], json!({ "amount": "10.0" }));
    }
    let id = cart["id"].as_str().expect("an id").to_owned();
    let cart = carts::read(&till.shop.buyer(), &id).await.expect("it is answered").expect("it is there");
    let placed = order(&till, &till.pay_with(&cart, "ok").await).await;
    let document = "query($id: ID!) { order(id: $id) { discountCode discountCodes subtotalPriceSet { shopMoney { amount } }
        totalDiscountsSet { shopMoney { amount } } currentTotalDiscountsSet { shopMoney { amount } } } }";
    let answer = till.shop.merchant(document, json!({ "id": placed.gid() })).await;
    let sum = |amount: &str| json!({ "shopMoney": { "amount": amount } });
    let told = json!({ "discountCode": "TWO", "discountCodes": ["TWO"], "subtotalPriceSet": sum("18.0"),
        "totalDiscountsSet": sum("2.0"), "currentTotalDiscountsSet": sum("2.0") });
    assert_eq!(*answer.data("/order"), told);
}
