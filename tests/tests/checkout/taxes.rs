//! Taxes: what is added to a total or contained in it adds up to the cent, and the order keeps what was agreed.

use std::sync::Arc;

use mcom_sales::{
    carts::{self, CartView},
    checkout::{self, AttemptResult, Submitted},
    discounts::{self, DiscountEffect},
    orders::{self, Order, TaxesOf},
};
use mcom_schema::id::OrderId;
use mcom_store::taxes::{self, TaxRate, TaxSettings};
use mcom_tests::till::Till;
use serde_json::json;

use super::discounts::on_all;

fn rate(country: &str, province: Option<&str>, title: &str, millionths: i64) -> TaxRate {
    let (country, province) = (country.to_owned(), province.map(str::to_owned));
    TaxRate { country, province, title: title.to_owned(), millionths }
}

/// A store that charges 19 % in Germany, and 5 % and 9.975 % in Quebec.
async fn charging(included: bool) -> Till {
    let till = Till::open().await;
    let rates = vec![
        rate("DE", None, "USt", 190_000),
        rate("CA", None, "GST", 50_000),
        rate("CA", Some("QC"), "QST", 99_750),
    ];
    let settings = TaxSettings { included, shipping: true, rates };
    taxes::set(&till.shop.admin(), &settings).await.expect("they can be set");
    till
}

async fn order(till: &Till, cart: &Arc<CartView>) -> Order {
    let submitted = checkout::submit(&till.shop.buyer(), &cart.id.gid(), "t").await.expect("it is answered");
    let Submitted::Accepted { attempt_id, .. } = submitted else { panic!("{submitted:?}") };
    let attempt = checkout::attempt(&till.shop.buyer(), &attempt_id).await.expect("it is answered");
    let AttemptResult::Success { order_id, .. } = attempt.expect("there is one").result else {
        panic!("no order")
    };
    orders::get(&till.shop.admin(), order_id).await.expect("it can be read").expect("it is there")
}

async fn taxes_of(till: &Till, order: OrderId) -> (bool, i64, Vec<(String, i64)>) {
    let found = till.shop.admin().load::<TaxesOf>(order).await.expect("they can be read");
    let found = found.expect("there are some");
    let by_tax = found.by_tax().into_iter().map(|tax| (tax.title, tax.minor)).collect();
    (found.included, found.total_minor, by_tax)
}

#[tokio::test]
async fn taxes_that_prices_contain_change_no_total() {
    let till = charging(true).await;
    let cart = till.cart(till.goods("11.90", 9).await, 2, "ok").await;
    let shipping = cart.cost.shipping.minor;
    assert_eq!(cart.cost.total.minor, 2380 + shipping);
    let expected =
        (2380.0 * 19.0 / 119.0f64).round() as i64 + (shipping as f64 * 19.0 / 119.0).round() as i64;
    assert_eq!(cart.cost.tax.map(|tax| tax.minor), Some(expected));
    let order = order(&till, &cart).await;
    assert_eq!(order.total, cart.cost.total);
    assert_eq!(taxes_of(&till, order.id).await, (true, expected, vec![("USt".to_owned(), expected)]));
}

#[tokio::test]
async fn taxes_that_prices_do_not_contain_are_added_and_paid() {
    let till = charging(false).await;
    let cart = till.cart(till.goods("12.50", 9).await, 3, "ok").await;
    let shipping = cart.cost.shipping.minor;
    let tax = cart.cost.tax.expect("it is known").minor;
    assert_eq!(tax, 713 + (shipping as f64 * 0.19).round() as i64);
    assert_eq!(cart.cost.total.minor, 3750 + shipping + tax);
    let order = order(&till, &cart).await;
    assert_eq!((order.subtotal.minor, order.total), (3750, cart.cost.total));
    assert_eq!(taxes_of(&till, order.id).await.1, tax);
    assert_eq!(till.provider.balance(), order.total.minor);
}

#[tokio::test]
async fn nothing_is_taxed_before_it_is_known_where_it_goes_and_country_and_province_both_tax() {
    let till = charging(false).await;
    let mug = till.goods("100.00", 9).await;
    let input = json!({ "lines": [{ "merchandiseId": mug.gid(), "quantity": 1 }] });
    let input = serde_json::from_value(input).expect("it is an input");
    let cx = till.shop.buyer();
    let cart = carts::create(&cx, &input).await.expect("it is answered").cart.expect("there is a cart");
    assert_eq!((cart.cost.tax, cart.cost.total.minor, cart.cost.estimated), (None, 10_000, true));
    let address = json!([{ "address": { "deliveryAddress": {
        "lastName": "Roy", "address1": "1 Rue", "city": "Laval", "countryCode": "CA", "provinceCode": "QC", "zip": "H7N 1A1",
    } } }]);
    let addresses: Vec<_> = serde_json::from_value(address).expect("they are addresses");
    let sent = carts::add_delivery_addresses(&till.shop.buyer(), &cart.id.gid(), &addresses).await;
    let sent = sent.expect("it is answered").cart.expect("there is a cart");
    let told = sent.taxes.clone().expect("they are known").lines[0].clone();
    let told: Vec<(&str, i64)> = told.iter().map(|tax| (tax.title.as_str(), tax.minor)).collect();
    assert_eq!(told, [("GST", 500), ("QST", 998)]);
}

#[tokio::test]
async fn what_discounts_take_off_is_not_taxed() {
    let till = charging(false).await;
    let cart = till.cart(till.goods("50.00", 9).await, 2, "ok").await;
    let before = cart.cost.tax.expect("it is known").minor;
    let tenth = on_all(Some("TENTH"), DiscountEffect::Percentage { hundredths: 1000 });
    discounts::create(&till.shop.admin(), &tenth).await.expect("it can be given");
    let codes = ["TENTH".to_owned()];
    let less = carts::update_discount_codes(&till.shop.buyer(), &cart.id.gid(), &codes).await;
    let less = less.expect("it is answered").cart.expect("there is a cart");
    assert_eq!(less.cost.goods.minor, 9000);
    assert_eq!(less.cost.tax.expect("it is known").minor, before - 190);
}
