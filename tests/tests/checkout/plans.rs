//! Lines that are not bought once and piece by piece: by a plan, in the numbers that are sold, at the price of a break.

use std::sync::Arc;

use mcom_catalog::variants::{self, PriceBreak, Quantities, QuantityRule};
use mcom_sales::{
    carts::{self, CartChange, CartInput, CartLineInput, CartLineUpdateInput, CartView},
    checkout::{self, AttemptResult, Prepared, Submitted},
    orders::LinesOf,
    selling_plans::{
        self, Adjustment, GroupDetails, Interval, IntervalUnit, PlanDetails, PlanTerms, PriceAdjustment,
    },
};
use mcom_schema::id::{ProductId, SellingPlanId, VariantId};
use mcom_tests::till::Till;
use serde_json::json;

async fn product_of(till: &Till, variant: VariantId) -> ProductId {
    let found = variants::by_ids(&till.shop.admin(), &[variant]).await.expect("it can be read");
    found[0].as_ref().expect("it is there").row.product()
}

fn every(count: i64) -> Option<Interval> {
    Some(Interval { unit: IntervalUnit::Month, count })
}

fn plan(name: &str, billing: i64, hundredths: i64) -> PlanDetails {
    let adjustments = vec![PriceAdjustment { value: Adjustment::Percentage { hundredths }, orders: None }];
    let options = vec![name.to_owned()];
    let terms = PlanTerms { options, billing: every(billing), delivery: every(1), adjustments };
    PlanDetails { name: name.to_owned(), description: None, terms }
}

/// Two plans by which a product is sold, for a tenth less: paid each month, or three months ahead.
async fn subscribe(till: &Till, variant: VariantId, required: bool) -> Vec<SellingPlanId> {
    let details = GroupDetails {
        handle: "club".to_owned(),
        name: "Club".to_owned(),
        app_name: None,
        options: vec!["How often".to_owned()],
        plans: vec![plan("Monthly", 1, 1000), plan("Ahead", 3, 1000)],
        products: vec![(product_of(till, variant).await, required)],
        variants: vec![],
    };
    selling_plans::put(&till.shop.admin(), &details).await.expect("they can be made");
    let all = selling_plans::all(&till.shop.admin()).await.expect("they can be read");
    all.groups()[0].plans.clone()
}

fn line(variant: VariantId, quantity: i64, plan: Option<SellingPlanId>) -> CartLineInput {
    let input = json!({ "merchandiseId": variant.gid(), "quantity": quantity,
        "sellingPlanId": plan.map(|plan| plan.gid()) });
    serde_json::from_value(input).expect("it is a line")
}

async fn empty(till: &Till) -> Arc<CartView> {
    let made = carts::create(&till.shop.buyer(), &CartInput::default()).await.expect("a cart can be made");
    made.cart.expect("there is a cart")
}

async fn add(till: &Till, cart: &CartView, line: CartLineInput) -> CartChange {
    carts::add_lines(&till.shop.buyer(), &cart.id.gid(), &[line]).await.expect("it is answered")
}

fn told(change: &CartChange) -> Vec<&str> {
    change.refusals.iter().map(|refusal| &*refusal.code).collect()
}

fn lines(change: &CartChange) -> Vec<(i64, i64)> {
    let cart = change.cart.as_ref().expect("there is a cart");
    cart.lines.iter().map(|line| (line.quantity, line.unit.minor)).collect()
}

#[tokio::test]
async fn a_line_costs_what_its_plan_says_and_stays_apart_from_others() {
    let till = Till::open().await;
    let mug = till.goods("10.00", 20).await;
    let plans = subscribe(&till, mug, false).await;
    let cart = empty(&till).await;
    add(&till, &cart, line(mug, 1, None)).await;
    add(&till, &cart, line(mug, 1, Some(plans[0]))).await;
    add(&till, &cart, line(mug, 1, Some(plans[1]))).await;
    let change = add(&till, &cart, line(mug, 2, Some(plans[0]))).await;
    assert_eq!(lines(&change), [(1, 1000), (3, 900), (1, 2700)]);
    let view = change.cart.expect("there is a cart");
    assert_eq!(view.cost.subtotal.minor, 1000 + 2700 + 2700);
    let once = CartLineUpdateInput {
        id: Some(view.line_gid(&view.lines[1])),
        selling_plan_id: Some(None),
        ..CartLineUpdateInput::default()
    };
    let cx = till.shop.buyer();
    let change = carts::update_lines(&cx, &cart.id.gid(), &[once]).await.expect("it is answered");
    assert_eq!(lines(&change), [(4, 1000), (1, 2700)]);
}

#[tokio::test]
async fn only_plans_by_which_a_thing_is_sold_are_taken_and_some_things_need_one() {
    let till = Till::open().await;
    let (mug, bowl) = (till.goods("10.00", 20).await, till.goods("20.00", 20).await);
    let plans = subscribe(&till, mug, true).await;
    let cart = empty(&till).await;
    assert_eq!(told(&add(&till, &cart, line(mug, 1, None)).await), ["VARIANT_REQUIRES_SELLING_PLAN"]);
    let wrong = add(&till, &cart, line(bowl, 1, Some(plans[0]))).await;
    assert_eq!((told(&wrong), lines(&wrong)), (vec!["SELLING_PLAN_NOT_APPLICABLE"], vec![]));
    let unknown = add(&till, &cart, line(mug, 1, Some(SellingPlanId(999_999)))).await;
    assert_eq!(told(&unknown), ["SELLING_PLAN_NOT_APPLICABLE"]);
    assert_eq!(lines(&add(&till, &cart, line(mug, 1, Some(plans[0]))).await), [(1, 900)]);
}

#[tokio::test]
async fn what_is_no_longer_sold_so_keeps_a_cart_from_being_bought() {
    let till = Till::open().await;
    let mug = till.goods("10.00", 20).await;
    let plans = subscribe(&till, mug, false).await;
    let cart = till.cart(mug, 1, "ok").await;
    add(&till, &cart, line(mug, 1, Some(plans[0]))).await;
    let all = selling_plans::all(&till.shop.admin()).await.expect("they can be read");
    selling_plans::delete(&till.shop.admin(), all.groups()[0].id).await.expect("it can be deleted");
    let prepared = checkout::prepare(&till.shop.buyer(), &cart.id.gid()).await.expect("it is answered");
    let Prepared::NotReady(view, missing) = prepared else { panic!("it is not sold any more") };
    assert_eq!((view.lines.len(), view.dropped.len()), (1, 1));
    assert_eq!(missing[0].code, "MERCHANDISE_PRODUCT_NOT_PUBLISHED");
}

#[tokio::test]
async fn an_order_keeps_the_plan_and_its_price() {
    let till = Till::open().await;
    let mug = till.goods("10.00", 20).await;
    let plans = subscribe(&till, mug, true).await;
    let cart = empty(&till).await;
    add(&till, &cart, line(mug, 2, Some(plans[0]))).await;
    let mut input = mcom_tests::till::cart_of(mug, 1);
    input["lines"] = json!([{ "merchandiseId": mug.gid(), "quantity": 2, "sellingPlanId": plans[0].gid() }]);
    let input = serde_json::from_value(input).expect("it is an input");
    let cart = carts::create(&till.shop.buyer(), &input).await.expect("it is answered").cart;
    let cart = till.pay_with(&cart.expect("there is a cart"), "ok").await;
    let submitted = checkout::submit(&till.shop.buyer(), &cart.id.gid(), "t").await.expect("it is answered");
    let Submitted::Accepted { attempt_id, .. } = submitted else { panic!("{submitted:?}") };
    let attempt = checkout::attempt(&till.shop.buyer(), &attempt_id).await.expect("it is answered");
    let AttemptResult::Success { order_id, .. } = attempt.expect("there is one").result else {
        panic!("no order")
    };
    let lines = till.shop.admin().load::<LinesOf>(order_id).await.expect("they can be read");
    let line = &lines.expect("there are some")[0];
    let plan = line.selling_plan.clone().expect("it is kept");
    assert_eq!((plan.id, &*plan.name, line.unit_price_minor), (plans[0], "Monthly", 900));
}

#[tokio::test]
async fn plans_that_keep_their_names_keep_their_ids() {
    let till = Till::open().await;
    let mug = till.goods("10.00", 20).await;
    let before = subscribe(&till, mug, false).await;
    let all = selling_plans::all(&till.shop.admin()).await.expect("they can be read");
    let mut details = all.groups()[0].details.clone();
    details.plans = vec![plan("Ahead", 3, 2000), plan("Yearly", 12, 3000)];
    selling_plans::put(&till.shop.admin(), &details).await.expect("they can be changed");
    let all = selling_plans::all(&till.shop.admin()).await.expect("they can be read");
    assert_eq!((all.groups().len(), &all.groups()[0].details), (1, &details));
    assert_eq!(all.groups()[0].plans[0], before[1]);
    assert!(all.place(before[0]).is_none());
}

/// Pieces of this variant are sold by four, 8 to 40 of them, for less from 12 and from 24 on.
async fn by_four(till: &Till, variant: VariantId) {
    let rule = QuantityRule { minimum: 8, maximum: Some(40), increment: 4 };
    let breaks = vec![PriceBreak { from: 12, price_minor: 900 }, PriceBreak { from: 24, price_minor: 800 }];
    let wanted = [(variant, Quantities { rule, breaks })];
    let product = product_of(till, variant).await;
    variants::set_quantities(&till.shop.admin(), product, &wanted).await.expect("they can be set");
}

#[tokio::test]
async fn pieces_are_sold_in_the_numbers_that_the_merchant_says_at_the_price_of_the_break() {
    let till = Till::open().await;
    let mug = till.goods("10.00", 100).await;
    by_four(&till, mug).await;
    let cart = empty(&till).await;
    assert_eq!(told(&add(&till, &cart, line(mug, 4, None)).await), ["MINIMUM_NOT_MET"]);
    assert_eq!(told(&add(&till, &cart, line(mug, 44, None)).await), ["MAXIMUM_EXCEEDED"]);
    assert_eq!(told(&add(&till, &cart, line(mug, 9, None)).await), ["INVALID_INCREMENT"]);
    assert_eq!(lines(&add(&till, &cart, line(mug, 8, None)).await), [(8, 1000)]);
    assert_eq!(lines(&add(&till, &cart, line(mug, 4, None)).await), [(12, 900)]);
    let more = add(&till, &cart, line(mug, 12, None)).await;
    assert_eq!(lines(&more), [(24, 800)]);
    assert_eq!(more.cart.expect("there is a cart").cost.subtotal.minor, 24 * 800);
    assert_eq!(told(&add(&till, &cart, line(mug, 20, None)).await), ["MAXIMUM_EXCEEDED"]);
}

#[tokio::test]
async fn what_is_left_is_cut_to_a_number_that_is_sold() {
    let till = Till::open().await;
    let (mug, bowl) = (till.goods("10.00", 18).await, till.goods("10.00", 7).await);
    by_four(&till, mug).await;
    by_four(&till, bowl).await;
    let cart = empty(&till).await;
    let cut = add(&till, &cart, line(mug, 24, None)).await;
    assert_eq!((lines(&cut), cut.warnings[0].code), (vec![(16, 900)], "MERCHANDISE_NOT_ENOUGH_STOCK"));
    let none = add(&till, &cart, line(bowl, 8, None)).await;
    assert_eq!(lines(&none), [(16, 900)]);
    assert!(none.warnings.iter().any(|warning| warning.code == "MERCHANDISE_OUT_OF_STOCK"));
}

#[tokio::test]
async fn a_cart_that_breaks_a_newer_rule_is_not_bought() {
    let till = Till::open().await;
    let mug = till.goods("10.00", 100).await;
    let cart = till.cart(mug, 3, "ok").await;
    by_four(&till, mug).await;
    let prepared = checkout::prepare(&till.shop.buyer(), &cart.id.gid()).await.expect("it is answered");
    let Prepared::NotReady(_, missing) = prepared else { panic!("3 are not sold at once") };
    assert!(missing.iter().any(|reason| reason.code == "MERCHANDISE_NOT_APPLICABLE"), "{missing:?}");
}
