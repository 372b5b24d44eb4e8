//! Taxes, selling plans and quantities of a store file, and what the Storefront API says of them.

use mcom::apply::{Action, Wish};
use mcom_catalog::variants;
use mcom_sales::selling_plans;
use mcom_schema::id::VariantId;
use mcom_store::settings;
use mcom_tests::till::{self, Till};
use serde_json::{Value, json};

use crate::{applied, faults};

const FILE: &str = "
taxes:
  includedInPrices: false
  rates:
    - { country: CA, province: QC, title: QST, percentage: 9.975 }
quantities:
  - variant: mug/MUG-1
    increment: 2
    maximum: 20
    priceBreaks: [{ from: 10, price: '9.00' }]
sellingPlans:
  - handle: club
    name: Club
    appName: Clubs
    options: [Every]
    plans:
      - name: Monthly
        description: Comes each month.
        options: [1 month]
        billing: { every: 1, unit: month }
        delivery: { every: 1, unit: month }
        priceAdjustments: [{ percentage: 12.5, orders: 3 }, { amount: '1.00' }]
      - name: Yearly
        options: [1 year]
        billing: { every: 1, unit: year }
        delivery: { every: 3, unit: month }
        priceAdjustments: [{ price: '8.00' }]
    products: [mug]
    required: true
";

/// A store that sells a mug for 10.00.
async fn selling() -> (Till, VariantId) {
    let till = Till::open().await;
    let mug = till::goods(&till.shop.admin(), "10.00", 50).await;
    let found = variants::by_ids(&till.shop.admin(), &[mug]).await.expect("it can be read");
    let product = found[0].as_ref().expect("it is there").row.product();
    let change = json!({ "id": mug.gid(), "inventoryItem": { "sku": "MUG-1" } });
    let change = serde_json::from_value(change).expect("it is an input");
    variants::bulk_update(&till.shop.admin(), product, &[change], &[]).await.expect("it can be named");
    (till, mug)
}

#[tokio::test]
async fn what_is_said_is_applied_once() {
    let (till, mug) = selling().await;
    let first = applied(&till.shop, FILE, Wish::default()).await;
    let names: Vec<&str> = first.changes.iter().map(|change| change.name.as_str()).collect();
    assert_eq!(names, ["taxes", "mug/MUG-1", "club"]);
    let second = applied(&till.shop, FILE, Wish::default()).await;
    assert_eq!((second.changes, second.unchanged), (vec![], 3));
    let settings = settings::get(&till.shop.admin()).await.expect("they can be read");
    assert_eq!((settings.taxes.included, settings.taxes.rates[0].millionths), (false, 99_750));
    let found = variants::by_ids(&till.shop.admin(), &[mug]).await.expect("it can be read");
    let quantities = found[0].as_ref().expect("it is there").row.quantities().expect("they can be read");
    assert_eq!(
        (quantities.rule.minimum, quantities.rule.increment, quantities.rule.maximum),
        (2, 2, Some(20))
    );
    let plans = selling_plans::all(&till.shop.admin()).await.expect("they can be read");
    assert_eq!(plans.groups()[0].details.plans[1].terms.deliveries(), 4);
}

#[tokio::test]
async fn what_differs_is_updated_and_what_is_not_named_ends() {
    let (till, mug) = selling().await;
    applied(&till.shop, FILE, Wish::default()).await;
    let text = FILE.replace("9.975", "10").replace("'9.00'", "'8.50'").replace("name: Club", "name: Circle");
    let done = applied(&till.shop, &text, Wish::default()).await;
    assert!(done.changes.iter().all(|change| change.action == Action::Update));
    assert_eq!(done.changes.len(), 3);
    let none = "quantities: []\nsellingPlans: []";
    assert_eq!(applied(&till.shop, none, Wish::default()).await.unnamed, 2);
    let pruned = applied(&till.shop, none, Wish { prune: true, ..Wish::default() }).await;
    assert_eq!(pruned.changes.len(), 2);
    let plans = selling_plans::all(&till.shop.admin()).await.expect("they can be read");
    assert!(plans.groups().is_empty());
    let found = variants::by_ids(&till.shop.admin(), &[mug]).await.expect("it can be read");
    assert!(found[0].as_ref().expect("it is there").row.quantities().expect("they can be read").is_plain());
}

#[tokio::test]
async fn what_makes_no_sense_is_told_where_it_stands() {
    let (till, _) = selling().await;
    let text = "
taxes:
  rates:
    - { country: Germany, title: USt, percentage: 19 }
quantities:
  - { variant: mug/NONE }
  - { variant: mug/MUG-1, minimum: 3, increment: 2 }
sellingPlans:
  - handle: club
    name: Club
    options: [Every]
    plans:
      - name: Monthly
        options: [1 month]
        priceAdjustments: [{ percentage: 10, amount: '1.00' }]
    products: [nowhere]
";
    let found = faults(&till.shop, text).await;
    let told: Vec<(usize, &str)> = found.iter().map(|fault| (fault.line, fault.path.as_str())).collect();
    let expected = [
        (4, "taxes.rates.0.country"),
        (6, "quantities.0.variant"),
        (7, "quantities.1.minimum"),
        (15, "sellingPlans.0.plans.0.priceAdjustments.0"),
        (16, "sellingPlans.0.products.0"),
    ];
    assert_eq!(told, expected);
}

const PLANS: &str = "{ product(handle: \"mug\") { requiresSellingPlan
    sellingPlanGroups(first: 5) { nodes { appName name options { name values } sellingPlans(first: 5) { nodes {
        id name description recurringDeliveries options { name value }
        billingPolicy { ... on SellingPlanRecurringBillingPolicy { interval intervalCount } }
        deliveryPolicy { ... on SellingPlanRecurringDeliveryPolicy { interval intervalCount } }
        checkoutCharge { type value { ... on SellingPlanCheckoutChargePercentageValue { percentage } } }
        priceAdjustments { orderCount adjustmentValue { __typename
            ... on SellingPlanPercentagePriceAdjustment { adjustmentPercentage }
            ... on SellingPlanFixedAmountPriceAdjustment { adjustmentAmount { amount } }
            ... on SellingPlanFixedPriceAdjustment { price { amount } } } } } } } }
    variants(first: 1) { nodes { id quantityRule { minimum maximum increment }
        quantityPriceBreaks(first: 5) { nodes { minimumQuantity price { amount } } }
        sellingPlanAllocations(first: 5) { nodes { sellingPlan { name } checkoutChargeAmount { amount }
            remainingBalanceChargeAmount { amount }
            priceAdjustments { price { amount } compareAtPrice { amount } perDeliveryPrice { amount } } } } } } } }";

#[tokio::test]
async fn storefronts_read_plans_and_quantities() {
    let (till, _) = selling().await;
    applied(&till.shop, FILE, Wish::default()).await;
    let answer = till.shop.storefront(PLANS, json!({})).await.body;
    let product = &answer["data"]["product"];
    assert_eq!(product["requiresSellingPlan"], true, "{answer}");
    let group = &product["sellingPlanGroups"]["nodes"][0];
    assert_eq!(group["options"], json!([{ "name": "Every", "values": ["1 month", "1 year"] }]));
    let plan = &group["sellingPlans"]["nodes"][0];
    assert_eq!(plan["billingPolicy"], json!({ "interval": "MONTH", "intervalCount": 1 }));
    assert_eq!(plan["checkoutCharge"], json!({ "type": "PERCENTAGE", "value": { "percentage": 100 } }));
    let adjustments: Vec<&Value> = plan["priceAdjustments"].as_array().expect("a list").iter().collect();
    assert_eq!(adjustments[0]["orderCount"], 3);
    assert_eq!(adjustments[0]["adjustmentValue"]["adjustmentPercentage"], 12.5);
    assert_eq!(adjustments[1]["adjustmentValue"]["adjustmentAmount"]["amount"], "1.0");
    let variant = &product["variants"]["nodes"][0];
    assert_eq!(variant["quantityRule"], json!({ "minimum": 2, "maximum": 20, "increment": 2 }));
    let breaks = &variant["quantityPriceBreaks"]["nodes"];
    assert_eq!(*breaks, json!([{ "minimumQuantity": 10, "price": { "amount": "9.0" } }]));
    let yearly = &variant["sellingPlanAllocations"]["nodes"][1];
    let paid = json!({ "price": { "amount": "32.0" }, "compareAtPrice": { "amount": "40.0" },
        "perDeliveryPrice": { "amount": "8.0" } });
    assert_eq!(yearly["priceAdjustments"], json!([paid]));
    assert_eq!(yearly["remainingBalanceChargeAmount"]["amount"], "0.0");
}

const BUY: &str = "mutation($variant: ID!, $plan: ID) {
    cartCreate(input: { lines: [{ merchandiseId: $variant, quantity: 2, sellingPlanId: $plan }] }) {
        userErrors { code field }
        cart { cost { subtotalAmount { amount } totalTaxAmount { amount } totalTaxAmountEstimated totalDutyAmountEstimated }
            lines(first: 1) { nodes { sellingPlanAllocation { sellingPlan { id name description } checkoutChargeAmount { amount }
                priceAdjustments { price { amount } perDeliveryPrice { amount } } } } } } } }";

#[tokio::test]
async fn storefronts_put_plans_into_carts() {
    let (till, mug) = selling().await;
    applied(&till.shop, FILE, Wish::default()).await;
    let plans = selling_plans::all(&till.shop.admin()).await.expect("they can be read");
    let yearly = plans.groups()[0].plans[1];
    let variables = json!({ "variant": mug.gid(), "plan": yearly.gid() });
    let answer = till.shop.storefront(BUY, variables).await.body;
    let cart = &answer["data"]["cartCreate"]["cart"];
    assert_eq!(cart["cost"]["subtotalAmount"]["amount"], "64.0", "{answer}");
    assert_eq!(cart["cost"]["totalTaxAmountEstimated"], true);
    let allocation = &cart["lines"]["nodes"][0]["sellingPlanAllocation"];
    assert_eq!(allocation["sellingPlan"]["name"], "Yearly");
    assert_eq!(allocation["priceAdjustments"][0]["perDeliveryPrice"]["amount"], "8.0");
    let refused = till.shop.storefront(BUY, json!({ "variant": mug.gid() })).await.body;
    let errors = &refused["data"]["cartCreate"]["userErrors"];
    assert_eq!(errors[0]["code"], "VARIANT_REQUIRES_SELLING_PLAN", "{refused}");
}
