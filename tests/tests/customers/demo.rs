//! The customer whom `mcom demo` brings along, paying by card: whoever tries out a client finds one of everything.

use std::time::Duration;

use mcom::{
    bogus::{self, Bogus},
    demo::shopper::{self, Visit},
};
use mcom_data::Actor;
use mcom_sales::payments::Providers;
use mcom_tests::{Database, Shop, demo, deployment::free_address, root};
use serde_json::{Value, json};

/// The demo store and its provider.
async fn furnished() -> Shop {
    let address = free_address();
    let ledger = root().join(format!("target/tmp/demo-{}.ledger", address.port()));
    tokio::spawn(async move { bogus::run(address, &ledger).await.expect("the provider runs") });
    let bogus = Bogus::new(&format!("http://{address}"), Duration::from_secs(5));
    let vault = bogus.vault_url();
    let providers = Providers::with_card(bogus, &vault);
    let shop = Shop::open_in_with(Database::shared().await, providers).await;
    demo::fill(&shop.admin()).await;
    shop
}

const BOUGHT: &str = "query($token: String!) { customer(customerAccessToken: $token) {
    phone defaultAddress { company province address2 } addresses(first: 5) { nodes { city } }
    orders(first: 9) { nodes { financialStatus cancelReason totalRefunded { amount } customerLocale billingAddress { phone }
        customAttributes { key } shippingDiscountAllocations { allocatedAmount { amount } }
        discountApplications(first: 9) { nodes { __typename } }
        lineItems(first: 9) { nodes { customAttributes { key } discountAllocations { discountApplication { __typename } } } } } } } }";

const CART: &str = "query($id: ID!) { cart(id: $id) {
    note discountCodes { code applicable } discountAllocations { __typename } appliedGiftCards { amountUsed { amount } }
    buyerIdentity { customer { email } preferences { wallet delivery { pickupHandle coordinates { latitude } } }
        deliveryAddressPreferences { ... on MailingAddress { city } } }
    delivery { addresses(selected: true) { address { ... on CartDeliveryAddress { company provinceCode phone } } } }
    deliveryGroups(first: 1) { nodes { discountAllocations { __typename } selectedDeliveryOption { description } } }
    lines(first: 9) { nodes { attributes { key } discountAllocations { __typename } cost { compareAtAmountPerQuantity { amount } }
        sellingPlanAllocation { sellingPlan { name } } ... on CartLine { parentRelationship { parent { quantity } } } } } } }";

fn types(list: &Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().filter_map(|it| it["__typename"].as_str()).collect()
}

#[tokio::test]
async fn she_has_bought_in_every_way_and_comes_back_with_a_cart_that_holds_one_of_everything() {
    let shop = furnished().await;
    let cx = shop.cx(Actor::Operator);
    assert!(Box::pin(shopper::move_in(&cx)).await.expect("she moves in"));
    let orders = shop.rows("select id from orders where tenant_id = $1").await.len();
    let again = shop.cx(Actor::Operator);
    assert!(!Box::pin(shopper::move_in(&again)).await.expect("she is there"));
    assert_eq!(shop.rows("select id from orders where tenant_id = $1").await.len(), orders);

    let Visit { customer_token, cart } = Box::pin(shopper::visit(&again)).await.expect("she comes in");
    let told = shop.storefront(BOUGHT, json!({ "token": customer_token })).await;
    assert!(told.body["errors"].is_null(), "{}", told.body);
    bought(told.data("/customer"));
    let told = shop.storefront(CART, json!({ "id": cart })).await;
    assert!(told.body["errors"].is_null(), "{}", told.body);
    left(told.data("/cart"));
}

fn bought(ada: &Value) {
    assert!(ada["phone"].is_string() && ada["defaultAddress"]["company"].is_string());
    assert_eq!(ada["addresses"]["nodes"].as_array().map(Vec::len), Some(2));
    let orders = &ada["orders"]["nodes"];
    let statuses = [0, 1, 2].map(|place| orders[place]["financialStatus"].as_str().unwrap_or_default());
    assert_eq!(statuses, ["PAID", "REFUNDED", "PENDING"]);
    assert_eq!(orders[1]["cancelReason"], "CUSTOMER");
    assert_ne!(orders[1]["totalRefunded"]["amount"], "0.0");
    let first = &orders[0];
    assert_eq!((&first["customerLocale"], &first["billingAddress"]["phone"]), (&json!("en"), &ada["phone"]));
    let mut applied = types(&first["discountApplications"]["nodes"]);
    applied.sort_unstable();
    let codes = ["DiscountCodeApplication"; 3];
    assert_eq!(applied, [&["AutomaticDiscountApplication"], &codes[..]].concat());
    assert_eq!(first["shippingDiscountAllocations"].as_array().map(Vec::len), Some(1));
    assert_eq!(first["lineItems"]["nodes"][0]["customAttributes"][0]["key"], "care");
}

fn left(cart: &Value) {
    let codes = cart["discountCodes"].as_array().expect("codes");
    assert!(codes.len() == 3 && codes.iter().all(|code| code["applicable"] == true), "{codes:?}");
    assert!(!types(&cart["discountAllocations"]).is_empty());
    assert_ne!(cart["appliedGiftCards"][0]["amountUsed"]["amount"], "0.0");
    let buyer = &cart["buyerIdentity"];
    assert_eq!(buyer["customer"]["email"], shopper::EMAIL);
    assert!(buyer["preferences"]["delivery"]["coordinates"]["latitude"].is_number());
    assert_eq!(buyer["deliveryAddressPreferences"][0]["city"], "Ottawa");
    assert_eq!(cart["delivery"]["addresses"][0]["address"]["provinceCode"], "NW");
    let group = &cart["deliveryGroups"]["nodes"][0];
    assert_eq!(types(&group["discountAllocations"]), ["CartCodeDiscountAllocation"]);
    assert!(group["selectedDeliveryOption"]["description"].is_string());
    let lines = &cart["lines"]["nodes"];
    assert_eq!(types(&lines[0]["discountAllocations"]), ["CartCodeDiscountAllocation"]);
    assert!(lines[0]["cost"]["compareAtAmountPerQuantity"].is_object());
    assert_eq!(types(&lines[1]["discountAllocations"]), ["CartAutomaticDiscountAllocation"]);
    assert!(lines[1]["sellingPlanAllocation"].is_object());
    assert_eq!(lines[2]["parentRelationship"]["parent"]["quantity"], 2);
}
