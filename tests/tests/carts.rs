//! Carts: merging, availability, keys that keep others out, and many changes at once.
#![expect(clippy::expect_used, reason = "a test that cannot be set up has failed")]

use std::sync::Arc;

use mcom_data::Cx;
use mcom_sales::carts::{self, CartChange, CartInput, CartLineInput, CartLineUpdateInput, CartView};
use mcom_schema::id::VariantId;
use mcom_tests::till::Till;
use serde_json::{Value, json};

fn lines(value: Value) -> Vec<CartLineInput> {
    serde_json::from_value(value).expect("they are lines")
}

fn of(variant: VariantId, quantity: i64) -> Vec<CartLineInput> {
    lines(json!([{ "merchandiseId": variant.gid(), "quantity": quantity }]))
}

async fn empty(cx: &Cx) -> Arc<CartView> {
    let made = carts::create(cx, &CartInput::default()).await.expect("a cart can be made");
    made.cart.expect("there is a cart")
}

async fn add(till: &Till, cart: &CartView, lines: &[CartLineInput]) -> CartChange {
    carts::add_lines(&till.shop.buyer(), &cart.id.gid(), lines).await.expect("it is answered")
}

fn quantities(change: &CartChange) -> Vec<i64> {
    let cart = change.cart.as_ref().expect("there is a cart");
    cart.lines.iter().map(|line| line.quantity).collect()
}

fn codes(change: &CartChange) -> (Vec<&str>, Vec<&str>) {
    let refusals = change.refusals.iter().map(|refusal| &*refusal.code).collect();
    (refusals, change.warnings.iter().map(|warning| warning.code).collect())
}

#[tokio::test]
async fn equal_lines_are_merged_and_different_attributes_keep_lines_apart() {
    let till = Till::open().await;
    let mug = till.goods("12.50", 10).await;
    let cart = empty(&till.shop.buyer()).await;
    add(&till, &cart, &of(mug, 1)).await;
    let merged = add(&till, &cart, &of(mug, 2)).await;
    assert_eq!(quantities(&merged), [3]);
    let engraved = [json!({ "key": "engraving", "value": "Ada" })];
    let engraved = lines(json!([{ "merchandiseId": mug.gid(), "quantity": 1, "attributes": engraved }]));
    let apart = add(&till, &cart, &engraved).await;
    assert_eq!(quantities(&apart), [3, 1]);
    let view = apart.cart.expect("there is a cart");
    assert_eq!(view.cost.subtotal.minor, 4 * 1250);
    let update = CartLineUpdateInput {
        id: Some(view.line_gid(&view.lines[1])),
        attributes: Some(vec![]),
        ..CartLineUpdateInput::default()
    };
    let joined =
        carts::update_lines(&till.shop.buyer(), &cart.id.gid(), &[update]).await.expect("it is answered");
    assert_eq!(quantities(&joined), [4]);
}

#[tokio::test]
async fn no_more_is_added_than_there_is_and_the_buyer_is_told() {
    let till = Till::open().await;
    let (mug, none) = (till.goods("12.50", 2).await, till.goods("3.00", 0).await);
    let cart = empty(&till.shop.buyer()).await;
    let short = add(&till, &cart, &of(mug, 5)).await;
    assert_eq!(
        (quantities(&short), codes(&short)),
        (vec![2], (vec![], vec!["MERCHANDISE_NOT_ENOUGH_STOCK"]))
    );
    let out = add(&till, &cart, &of(none, 1)).await;
    assert_eq!(quantities(&out), [2]);
    assert_eq!(codes(&out).1, ["MERCHANDISE_NOT_ENOUGH_STOCK", "MERCHANDISE_OUT_OF_STOCK"]);
    let note =
        carts::update_note(&till.shop.buyer(), &cart.id.gid(), "Thanks").await.expect("it is answered");
    assert_eq!(codes(&note).1, ["MERCHANDISE_NOT_ENOUGH_STOCK", "MERCHANDISE_OUT_OF_STOCK"]);
}

#[tokio::test]
async fn what_cannot_be_done_is_refused_in_the_contracts_words() {
    let till = Till::open().await;
    let mug = till.goods("12.50", 2).await;
    let cx = till.shop.buyer();
    let cart = empty(&cx).await;
    let unknown = add(&till, &cart, &of(VariantId(1 << 40), 1)).await;
    assert_eq!(
        (unknown.refusals[0].field.join("."), unknown.cart),
        ("lines.0.merchandiseId".to_owned(), None)
    );
    let stale = carts::remove_lines(&cx, &cart.id.gid(), &["gid://shopify/CartLine/none".to_owned()]).await;
    let stale = stale.expect("it is answered");
    assert_eq!(codes(&stale).0, ["INVALID_MERCHANDISE_LINE"]);
    assert!(stale.cart.is_some());
    let long = carts::update_note(&cx, &cart.id.gid(), &"x".repeat(5001)).await.expect("it is answered");
    assert_eq!(codes(&long).0, ["NOTE_TOO_LONG"]);
    let missing =
        carts::add_lines(&cx, "gid://shopify/Cart/none?key=none", &of(mug, 1)).await.expect("it is answered");
    assert_eq!(missing.refusals[0].field, ["cartId"]);
}

#[tokio::test]
async fn without_the_key_the_buyer_stays_hidden_and_the_cart_unchanged() {
    let till = Till::open().await;
    let mug = till.goods("12.50", 2).await;
    let cart = till.cart(mug, 1, "ok").await;
    let stranger = carts::CartId { key: Some("wrong".to_owned()), ..cart.id.clone() };
    let seen =
        carts::read(&till.shop.buyer(), &stranger.gid()).await.expect("it is answered").expect("it is there");
    assert_eq!((seen.lines.len(), &seen.identity.email, seen.addresses.len()), (1, &None, 0));
    assert!(seen.id.key.is_none() && seen.delivery_groups.is_empty());
    let refused =
        carts::update_note(&till.shop.buyer(), &stranger.gid(), "mine").await.expect("it is answered");
    assert_eq!(refused.refusals[0].field, ["cartId"]);
}

#[tokio::test]
async fn fifty_changes_at_once_lose_nothing() {
    let till = Till::open().await;
    let mug = till.goods("12.50", 1000).await;
    let cart = empty(&till.shop.buyer()).await;
    let one = of(mug, 1);
    let changes = futures_util::future::join_all((0..50).map(|_| add(&till, &cart, &one))).await;
    assert!(changes.iter().all(|change| change.refusals.is_empty()));
    let read =
        carts::read(&till.shop.buyer(), &cart.id.gid()).await.expect("it is answered").expect("it is there");
    assert_eq!((read.lines.len(), read.lines[0].quantity), (1, 50));
}

#[tokio::test]
async fn reading_takes_four_statements_and_adding_six_at_most() {
    let till = Till::open().await;
    let mug = till.goods("12.50", 1000).await;
    let cart = till.cart(mug, 1, "ok").await;
    let cx = till.shop.buyer();
    carts::read(&cx, &cart.id.gid()).await.expect("it is answered");
    assert!(cx.statements() <= 4, "{}", cx.statements());
    let cx = till.shop.buyer();
    carts::add_lines(&cx, &cart.id.gid(), &of(mug, 1)).await.expect("it is answered");
    assert!(cx.statements() <= 6, "{}", cx.statements());
}

#[tokio::test]
async fn a_buyer_brings_preferences_and_addresses_which_others_replace() {
    let till = Till::open().await;
    let mug = till.goods("12.50", 9).await;
    let near = json!({ "latitude": 50.7, "longitude": 7.1, "countryCode": "DE" });
    let delivery = json!({ "coordinates": near, "deliveryMethod": ["PICK_UP"], "pickupHandle": ["bonn"] });
    let preferences = json!({ "wallet": ["ACME"], "delivery": delivery });
    let living_in = |city: &str| {
        let address = json!({ "lastName": "Lovelace", "city": city, "country": "Germany" });
        json!([{ "deliveryAddress": address }])
    };
    let input = json!({ "lines": [{ "merchandiseId": mug.gid() }],
        "buyerIdentity": { "preferences": preferences, "deliveryAddressPreferences": living_in("Bonn") } });
    let shown = "buyerIdentity { preferences { wallet delivery { deliveryMethod pickupHandle
            coordinates { latitude longitude countryCode } } }
        deliveryAddressPreferences { ... on MailingAddress { city countryCodeV2 latitude } } }
        deliveryGroups(first: 9) { nodes { deliveryAddress { city } } } delivery { addresses { selected } }";
    let create = format!("mutation($i: CartInput!) {{ cartCreate(input: $i) {{ cart {{ id {shown} }} }} }}");
    let made = till.shop.storefront(&create, json!({ "i": input })).await;
    let cart = made.data("/cartCreate/cart");
    assert_eq!(cart["buyerIdentity"]["preferences"], preferences);
    let bonn = json!([{ "city": "Bonn", "countryCodeV2": "DE", "latitude": null }]);
    assert_eq!(cart["buyerIdentity"]["deliveryAddressPreferences"], bonn);
    assert_eq!(cart["deliveryGroups"]["nodes"], json!([{ "deliveryAddress": { "city": "Bonn" } }]));
    let update = format!(
        "mutation($id: ID!, $who: CartBuyerIdentityInput!) {{
            cartBuyerIdentityUpdate(cartId: $id, buyerIdentity: $who) {{ cart {{ {shown} }} }} }}"
    );
    let who = json!({ "deliveryAddressPreferences": living_in("Ulm") });
    let moved = till.shop.storefront(&update, json!({ "id": cart["id"], "who": who })).await;
    let cart = moved.data("/cartBuyerIdentityUpdate/cart");
    assert_eq!(cart["deliveryGroups"]["nodes"], json!([{ "deliveryAddress": { "city": "Ulm" } }]));
    assert_eq!(cart["delivery"]["addresses"], json!([{ "selected": true }]));
    assert_eq!(cart["buyerIdentity"]["preferences"], preferences);
}

#[tokio::test]
async fn a_guests_cart_that_becomes_a_customers_takes_in_what_they_put_in_elsewhere() {
    let till = Till::open().await;
    let (mug, pot) = (till.goods("12.50", 9).await, till.goods("30.00", 9).await);
    let login = "mutation($i: CustomerCreateInput!, $l: CustomerAccessTokenCreateInput!) {
        customerCreate(input: $i) { customer { id } }
        customerAccessTokenCreate(input: $l) { customerAccessToken { accessToken } } }";
    let who = json!({ "email": "ada@example.com", "password": "correct horse" });
    let told = till.shop.storefront(login, json!({ "i": who, "l": who })).await;
    let token = told.data("/customerAccessTokenCreate/customerAccessToken/accessToken").clone();
    let signed_in: mcom_sales::carts::CartBuyerIdentityInput =
        serde_json::from_value(json!({ "customerAccessToken": token })).expect("it is an input");
    let sign_in = async |cart: &CartView| {
        let done = carts::update_buyer_identity(&till.shop.buyer(), &cart.id.gid(), &signed_in).await;
        quantities(&done.expect("it is answered"))
    };
    let first = empty(&till.shop.buyer()).await;
    add(&till, &first, &[of(mug, 2), of(pot, 1)].concat()).await;
    assert_eq!(sign_in(&first).await, [2, 1]);

    let second = empty(&till.shop.buyer()).await;
    add(&till, &second, &of(pot, 3)).await;
    assert_eq!(sign_in(&second).await, [4, 2]);
    assert_eq!(sign_in(&second).await, [4, 2], "it is taken in once");
    let read = carts::read(&till.shop.buyer(), &first.id.gid()).await.expect("it is answered");
    assert_eq!(read.map(|cart| cart.lines.len()), Some(2), "the other one stays as it was");

    let third = empty(&till.shop.buyer()).await;
    assert_eq!(sign_in(&third).await, [4, 2], "what was taken in already is not taken in from its old place");
}
