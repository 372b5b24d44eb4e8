//! Every field is asked for on a store that has one of everything: none fails, and none is dead but those listed here with a reason.
#![expect(clippy::expect_used, reason = "a test that cannot be set up has failed")]

mod deep;
mod silent;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use mcom_catalog::{
    files,
    images::{self, StoredFile},
    products::{self, AdminProductSort, ProductList},
    variants,
};
use mcom_data::{Cx, page::PageArgs};
use mcom_sales::{
    carts, checkout, customers,
    discounts::{
        self, CombinesWith, DiscountDetails, DiscountEffect, DiscountItems, DiscountMinimum, DiscountTerms,
    },
    gift_cards::{self, GiftCardCode, GiftCardInput},
    orders::{self, Fulfill, Parcel, Tracking},
};
use mcom_schema::{
    Currency, Money,
    id::{OrderId, ProductId, VariantId},
};
use mcom_tests::{
    Answer, Database, Shop, demo,
    generate::{INTROSPECTION, Schema},
    till::Till,
};
use serde_json::{Value, json};

use crate::{
    deep::{DEEP, OF_THINGS},
    silent::SILENT,
};

/// How deep a root field is followed: as deep as its document may be large.
fn depth(field: &str) -> usize {
    match field {
        "node" | "nodes" => 1,
        "cart" => 3,
        "customer" | "metaobject" => 3,
        _ => 2,
    }
}

/// A store with the demo catalog, an open cart, a paid order and a cancelled one.
async fn full() -> (Till, Vec<(&'static str, String)>) {
    let database = Database::own().await;
    // Thousands of questions would be refused for their number.
    let unlimited = "update plans set requests_per_second = 10000000, request_burst = 100000000";
    database.superuser().await.batch_execute(unlimited).await.expect("plans can be changed");
    let till = Till::open_in(database).await;
    let cx = till.shop.admin();
    demo::fill(&cx).await;
    dress(&till.shop, &cx).await;
    let mug = till.goods("12.50", 9).await;
    give(&cx).await;
    order_two(&till, mug).await;
    let attempt =
        till.shop.rows("select attempt_id from checkouts where tenant_id = $1 order by id limit 1").await;
    let token = sign_in(&till.shop).await;
    for _ in 0..2 {
        buy_all(&till, &mug.gid(), &token).await;
    }
    cancel_newest(&till.shop).await;
    send_one(&till.shop, &cx).await;
    let cart = generous_cart(&till.shop, &mug.gid(), &token).await;
    mcom_workers::index::rebuild(&cx, &mut |_| {}).await.expect("it can be indexed");
    let mut names = vec![
        ("Menu.handle", "main-menu".to_owned()),
        ("type", "maker".to_owned()),
        ("Cart", cart),
        ("attemptId", attempt[0].get(0)),
        ("customerAccessToken", token),
        ("typed", "mug".to_owned()),
        ("typed", "linen".to_owned()),
    ];
    names.extend(of_texts(&till.shop, &cx).await);
    (till, names)
}

/// Gives the catalog what its file does not tell.
async fn dress(shop: &Shop, cx: &Cx) {
    measure(cx).await;
    fetch_some(cx).await;
    name_a_collection(shop).await;
}

/// Metafields and files of the demo store.
async fn of_texts(shop: &Shop, cx: &Cx) -> Vec<(&'static str, String)> {
    let metafields = metafields(shop).await.into_iter().map(|id| ("Metafield", id));
    let files = files::all(cx).await.expect("files");
    let files = files.iter().map(|file| (file.details.content.type_name(), file.gid()));
    metafields.chain(files).collect()
}

/// Metafields of the demo store: one that is described, one that refers to something, and one that refers to several things.
async fn metafields(shop: &Shop) -> Vec<String> {
    let some =
        "select id from metafields where tenant_id = $1 and namespace = 'details' and product_id is not null
        and key in ('care', 'goes_with', 'similar')";
    let rows = shop.rows(some).await;
    rows.iter().map(|row| format!("gid://shopify/Metafield/{}", row.get::<_, i64>(0))).collect()
}

/// A gift card, and a discount of each kind: by itself and by code, of lines, of the order and of sending it.
async fn give(cx: &Cx) {
    let beside = CombinesWith { product: true, order: true, shipping: true };
    let anywhere = DiscountEffect::FreeShipping { countries: vec![], max_price_minor: None };
    let given = [
        (None, DiscountEffect::Percentage { hundredths: 100 }),
        (Some("EACH"), DiscountEffect::Amount { minor: 10, each: true }),
        (Some("SENT"), anywhere),
    ];
    for (code, effect) in given {
        let (items, minimum) = (DiscountItems::All, DiscountMinimum::None);
        let details = DiscountDetails {
            code: code.map(str::to_owned),
            title: "Sale".to_owned(),
            terms: DiscountTerms { effect, items, minimum, combines_with: beside, customers: None },
            starts_at: cx.now(),
            ends_at: None,
            usage_limit: None,
            once_per_customer: false,
        };
        discounts::create(cx, &details).await.expect("a discount can be made");
    }
    let code = GiftCardCode::parse(GIFT_CARD).expect("a code");
    let open = GiftCardInput { enabled: true, ..GiftCardInput::default() };
    gift_cards::issue(cx, &code, Money::new(100, Currency::EUR), &open).await.expect("it can be issued");
}

const GIFT_CARD: &str = "LIVE-LIVE-LIVE";

/// As if the pictures of the first products were fetched.
async fn fetch_some(cx: &Cx) {
    let file = StoredFile {
        hash: "ab".repeat(32),
        content_type: "image/jpeg".to_owned(),
        bytes: 7,
        width: Some(600),
        height: Some(800),
        thumbhash: Some("1QcSHQRnh493V4dIh4eXh1h4kJUI".to_owned()),
    };
    let awaited = images::awaited(cx, ProductId(0)).await.expect("they can be read");
    for (product, pictures) in awaited.into_iter().take(3) {
        let kept: Vec<_> = pictures.into_iter().map(|picture| (picture, file.clone())).collect();
        images::attach(cx, product, &kept).await.expect("they can be shown");
    }
}

/// Makes an order that is kept and one that is cancelled.
async fn order_two(till: &Till, mug: VariantId) {
    for token in ["kept", "cancelled"] {
        let cart = till.cart(mug, 2, "ok").await.id.gid();
        checkout::submit(&till.shop.buyer(), &cart, token).await.expect("it can be ordered");
    }
    cancel_newest(&till.shop).await;
}

/// Names a collection by what is typed into the search.
async fn name_a_collection(shop: &Shop) {
    let first = "{ collections(first: 1) { nodes { id } } }";
    let id = shop.merchant(first, json!({})).await.data("/collections/nodes/0/id").clone();
    let rename =
        "mutation($input: CollectionInput!) { collectionUpdate(input: $input) { userErrors { message } } }";
    let renamed = shop.merchant(rename, json!({ "input": { "id": id, "title": "Mugs and more" } })).await;
    assert_eq!(*renamed.data("/collectionUpdate/userErrors"), json!([]));
}

/// Says of a product of the demo catalog how much is in a piece, which a file cannot say.
async fn measure(cx: &Cx) {
    let first = ProductList { sort: AdminProductSort::Id, filter: None, page: PageArgs::first(1) };
    let (_, product) = products::page(cx, &first).await.expect("products can be read").items.remove(0);
    let variants = variants::of_product(cx, product.row.id(), &PageArgs::first(250)).await;
    let measure = json!({ "quantityValue": 250, "quantityUnit": "G", "referenceUnit": "KG" });
    let measured = |(_, variant): &(String, Arc<variants::Variant>)| {
        let change = json!({ "id": variant.row.id().gid(), "unitPriceMeasurement": measure });
        serde_json::from_value(change).expect("an input")
    };
    let changes: Vec<_> = variants.expect("it has variants").items.iter().map(measured).collect();
    variants::bulk_update(cx, product.row.id(), &changes, &[]).await.expect("they can be measured");
}

/// A customer of whom everything is known: what they got when they signed in.
async fn sign_in(shop: &Shop) -> String {
    let cx = shop.buyer();
    let account = json!({ "email": "grace@example.com", "password": "compiler", "firstName": "Grace", "lastName": "Hopper",
        "phone": "+492281" });
    customers::create(&cx, &input(account)).await.expect("an account can be opened");
    let login = json!({ "email": "grace@example.com", "password": "compiler" });
    let token = customers::sign_in(&cx, &input(login)).await.expect("she can sign in").secret;
    let address = json!({ "firstName": "Grace", "lastName": "Hopper", "company": "Mill", "address1": "1 Mill Rd", "address2": "Left",
        "zip": "53111", "city": "Bonn", "province": "NW", "country": "Germany", "phone": "+49 228 1" });
    customers::create_address(&cx, &token, &input(address)).await.expect("it can be kept");
    token
}

/// Buys a cart in which nothing is left blank.
async fn buy_all(till: &Till, merchandise: &str, token: &str) {
    let cx = till.shop.buyer();
    let id = generous_cart(&till.shop, merchandise, token).await;
    let cart = carts::read(&cx, &id).await.expect("it can be read").expect("it is there");
    till.pay_with(&cart, "ok").await;
    checkout::submit(&cx, &id, "t").await.expect("it can be ordered");
}

fn input<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).expect("an input")
}

async fn cancel_newest(shop: &Shop) {
    let newest = "{ orders(first: 1, reverse: true) { nodes { id } } }";
    let id = shop.merchant(newest, json!({})).await.data("/orders/nodes/0/id").clone();
    let document = "mutation($id: ID!) { orderCancel(orderId: $id, reason: CUSTOMER, restock: true, refund: true, staffNote: \"x\") {
        orderCancelUserErrors { message } } }";
    shop.merchant(document, json!({ "id": id })).await.data("/orderCancel");
}

/// Sends what a customer bought and did not cancel.
async fn send_one(shop: &Shop, cx: &Cx) {
    let kept = "select max(id) from orders where tenant_id = $1 and cancelled_at is null and customer_id is not null";
    let order = OrderId(shop.rows(kept).await[0].get(0));
    let parcel = Parcel { number: Some("7".to_owned()), url: Some("https://parcels.example/7".to_owned()) };
    let tracking = Tracking { company: Some("Pigeon Post".to_owned()), parcels: vec![parcel] };
    orders::fulfill(cx, &Fulfill { order, lines: vec![], tracking }).await.expect("it can be sent");
}

/// An open cart in which nothing is left blank.
async fn generous_cart(shop: &Shop, merchandise: &str, token: &str) -> String {
    let document =
        "mutation($i: CartInput!) { cartCreate(input: $i) { cart { id } userErrors { message } } }";
    let address = json!({ "firstName": "Ada", "lastName": "Lovelace", "company": "Mill", "address1": "1 Mill Rd", "address2": "Left",
        "zip": "53111", "city": "Bonn", "provinceCode": "NW", "countryCode": "DE", "phone": "+49 228 1" });
    let attributes = json!([{ "key": "gift", "value": "yes" }]);
    let bundle = "select max(variant_id) from variant_components where tenant_id = $1";
    let bundle = VariantId(shop.rows(bundle).await[0].get(0));
    let near = json!({ "latitude": 50.7, "longitude": 7.1, "countryCode": "DE" });
    let delivery = json!({ "coordinates": near, "deliveryMethod": ["SHIPPING"], "pickupHandle": ["bonn"] });
    let preferences = json!({ "wallet": ["ACME"], "delivery": delivery });
    let input = json!({ "note": "Ring twice", "discountCodes": ["EACH", "SENT"], "giftCardCodes": [GIFT_CARD], "attributes": attributes,
        "metafields": [{ "key": "custom.gift_wrap", "type": "boolean", "value": "true" }],
        "lines": [{ "merchandiseId": merchandise, "quantity": 1, "attributes": attributes },
            { "merchandiseId": merchandise, "parent": { "merchandiseId": merchandise } },
            { "merchandiseId": bundle.gid(), "attributes": attributes }],
        "buyerIdentity": { "email": "ada@example.com", "phone": "+492281", "countryCode": "DE", "customerAccessToken": token, "preferences": preferences,
            "deliveryAddressPreferences": [{ "deliveryAddress": { "lastName": "Lovelace", "country": "DE" } }] },
        "delivery": { "addresses": [{ "selected": true, "address": { "deliveryAddress": address } }] } });
    let made = shop.storefront(document, json!({ "i": input })).await;
    made.data("/cartCreate/cart/id").as_str().expect("a cart").to_owned()
}

/// What was found on the way: ids by type, and handles.
#[derive(Default)]
struct Found {
    names: BTreeMap<String, BTreeSet<String>>,
    alive: BTreeSet<String>,
}

impl Found {
    /// Notes an answer; `root` is the type of its outermost object.
    fn note(&mut self, root: &str, data: &Value) {
        let fields = data.as_object().into_iter().flatten();
        let given = fields.filter(|(_, value)| !value.is_null());
        self.alive.extend(given.map(|(name, _)| format!("{root}.{name}")));
        self.walk(data);
    }

    fn walk(&mut self, value: &Value) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.walk(item)),
            Value::Object(fields) => {
                let of = fields.get("__typename").and_then(Value::as_str).unwrap_or_default().to_owned();
                for (key, value) in fields {
                    // Members of abstract types answer under names of their own.
                    let name = key.rsplit('_').next().unwrap_or(key);
                    let is_nothing = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
                    if !of.is_empty() && !is_nothing {
                        self.alive.insert(format!("{of}.{name}"));
                    }
                    if let (true, Some(text)) = (matches!(name, "id" | "handle"), value.as_str()) {
                        let kind = if name == "id" { of.clone() } else { format!("{of}.handle") };
                        self.names.entry(kind).or_default().insert(text.to_owned());
                    }
                    self.walk(value);
                }
            }
            _ => {}
        }
    }
}

async fn walk(shop: &Shop, schema: &Schema, given: &[(&str, String)], is_admin: bool) -> Found {
    let mut found = Found::default();
    for (kind, name) in given {
        found.names.entry((*kind).to_owned()).or_default().insert(name.clone());
    }
    // The second round knows the names that the first one found.
    for _ in 0..2 {
        for field in schema.queries() {
            let document = schema.document(field, depth(&field.name));
            let known: Vec<(String, String)> = found
                .names
                .iter()
                .flat_map(|(kind, names)| names.iter().take(3).map(move |name| (kind.clone(), name.clone())))
                .collect();
            let mut questions = vec![schema.variables(field, &mut |_, _| None)];
            for (kind, name) in &known {
                let fits = |argument: &str, leaf: &str| match kind.as_str() {
                    kind if kind.ends_with(".handle") => argument == "handle",
                    "attemptId" | "customerAccessToken" | "type" => argument == kind,
                    "typed" => argument == "query",
                    _ => leaf == "ID",
                };
                let question =
                    schema.variables(field, &mut |argument, leaf| fits(argument, leaf).then(|| json!(name)));
                if !questions.contains(&question) {
                    questions.push(question);
                }
            }
            for variables in questions {
                let answer: Answer = match is_admin {
                    true => shop.merchant(&document, variables).await,
                    false => shop.storefront(&document, variables).await,
                };
                let text = answer.body.to_string();
                assert!(!text.contains("INTERNAL_SERVER_ERROR"), "{document}: {text}");
                found.note("QueryRoot", &answer.body["data"]);
            }
        }
    }
    found
}

async fn ask_deeper(shop: &Shop, found: &mut Found) {
    for document in DEEP {
        let answer = shop.storefront(document, json!({})).await;
        assert!(answer.body.get("errors").is_none(), "{document}: {}", answer.body);
        found.note("QueryRoot", &answer.body["data"]);
    }
    for (kind, document) in OF_THINGS {
        for id in found.names.get(kind).cloned().unwrap_or_default() {
            let answer = shop.storefront(document, json!({ "id": id })).await;
            found.note("QueryRoot", &answer.body["data"]);
        }
    }
}

/// Things of every type that has global ids are found by the ids that they were shown under.
async fn reopen(shop: &Shop, schema: &Schema, found: &Found) {
    let ask = "query($id: ID!) { node(id: $id) { __typename id } }";
    let mut lost = vec![];
    for kind in schema.members("Node") {
        let mut is_found = false;
        for id in found.names.get(kind).into_iter().flatten() {
            let answer = shop.storefront(ask, json!({ "id": id })).await;
            is_found = *answer.data("/node") == json!({ "__typename": kind, "id": id });
            if is_found {
                break;
            }
        }
        if !is_found {
            lost.push(kind);
        }
    }
    assert!(lost.is_empty(), "not found by the ids that they were shown under: {lost:?}");
}

#[tokio::test]
async fn no_field_is_dead() {
    let (till, given) = full().await;
    let mut dead = vec![];
    for is_admin in [false, true] {
        let asked = match is_admin {
            true => till.shop.merchant(INTROSPECTION, json!({})).await,
            false => till.shop.storefront(INTROSPECTION, json!({})).await,
        };
        let schema = Schema::read(&asked);
        let mut found = walk(&till.shop, &schema, &given, is_admin).await;
        if !is_admin {
            ask_deeper(&till.shop, &mut found).await;
            reopen(&till.shop, &schema, &found).await;
        }
        let api = if is_admin { "admin" } else { "storefront" };
        dead.extend(
            schema
                .readable()
                .into_iter()
                .filter(|name| !found.alive.contains(name))
                .map(|name| format!("{api} {name}")),
        );
    }
    let listed: BTreeSet<&str> = SILENT.iter().flat_map(|(_, names)| *names).copied().collect();
    let dead: BTreeSet<&str> = dead.iter().map(String::as_str).collect();
    let forgotten: Vec<_> = dead.difference(&listed).collect();
    assert!(forgotten.is_empty(), "dead fields: {forgotten:#?}");
    let alive: Vec<_> = listed.difference(&dead).collect();
    assert!(alive.is_empty(), "no longer dead, so they leave the list: {alive:#?}");
}
