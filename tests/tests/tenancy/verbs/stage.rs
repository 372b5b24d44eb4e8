//! A store with one of everything.

use std::sync::Arc;

use mcom_catalog::{
    collections::{self, Collection, CollectionInput},
    images::{self, Awaited},
    inventory::{self, LocationList},
    products::{self, ProductInput},
    publications::{self, Publishable},
    variants,
};
use mcom_data::{Cx, page::PageArgs};
use mcom_sales::{
    carts::{self, CartView},
    checkout::{self, AttemptResult, Submitted},
    orders::{self, Fulfill},
};
use mcom_schema::id::{
    CollectionId, CustomerId, InventoryItemId, LocationId, OrderId, ProductId, ProductOptionValueId,
    PublicationId, SellingPlanGroupId, VariantId,
};
use mcom_tests::{Shop, till::Till};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::content::{self, Texts};
use super::deals::{self, Deals};
use super::fields::{self, Fields};
use super::markets::{self, Abroad};
use super::people::{self, People};
use super::plans;
use super::shown::{self, Shown};

/// A word that only the owner uses.
pub(crate) const SECRET: &str = "zebrawood";

/// What the owner's things are called.
pub(crate) struct Names {
    pub(crate) product: ProductId,
    pub(crate) variant: VariantId,
    /// It consists of two of the variant.
    pub(crate) bundle: VariantId,
    /// Not kept yet.
    pub(crate) picture: Awaited,
    pub(crate) option: i64,
    pub(crate) option_value: ProductOptionValueId,
    pub(crate) item: InventoryItemId,
    pub(crate) location: LocationId,
    pub(crate) publication: PublicationId,
    /// Filled by hand.
    pub(crate) collection: CollectionId,
    /// The same, as its owner sees it.
    pub(crate) shown: Arc<Collection>,
    /// Filled by rules.
    pub(crate) by_rules: CollectionId,
    /// Another one, whose members are not true to its rules.
    pub(crate) untrue: CollectionId,
    /// The secret half is in it.
    pub(crate) cart: String,
    pub(crate) line: String,
    pub(crate) group: String,
    /// What is noted down on the cart.
    pub(crate) noted: String,
    /// A cart that can be bought as it is.
    pub(crate) ready: String,
    /// A settled attempt.
    pub(crate) attempt: String,
    /// An attempt that waits for a confirmation which has been given.
    pub(crate) waiting: i64,
    pub(crate) order: OrderId,
    /// The same, as its buyer sees it.
    pub(crate) order_gid: String,
    /// An order of which a part was sent.
    pub(crate) sent: OrderId,
    pub(crate) customer: CustomerId,
    pub(crate) token: i64,
    pub(crate) secret: String,
    /// What the owner wrote.
    pub(crate) texts: Texts,
    /// What the owner added to them, and made up.
    pub(crate) fields: Fields,
    pub(crate) displayed: Shown,
    pub(crate) people: People,
    pub(crate) deals: Deals,
    pub(crate) abroad: Abroad,
    pub(crate) plans: SellingPlanGroupId,
}

impl Names {
    /// The line, as whoever has no key sees it.
    pub(crate) fn line_gid(&self) -> String {
        let token = self.cart.rsplit('/').next().and_then(|id| id.split('?').next()).unwrap();
        format!("gid://shopify/CartLine/{}?cart={token}", self.line)
    }
}

/// Fills the store.
pub(crate) async fn furnish(till: &Till) -> Names {
    let shop = &till.shop;
    let cx = shop.admin();
    settle_in(shop).await;
    let variant = till.goods("12.50", 50).await;
    let (item, location) = stock_of(&cx, variant).await;
    let (product, publication, picture) = shelve(shop).await;
    pair(shop).await;
    let (plans, bundle) = plans::furnish(&cx, product, variant).await;
    let [collection, by_rules, untrue] = collect(shop, product, publication).await;
    let shown = shown_of(&cx, collection).await;
    let (attempt, (order, order_gid), customer) = sell(till, variant).await;
    let sent = send_one(till, variant).await;
    let [option, option_value, waiting, token] = numbers(shop).await;
    let [cart, ready] = two_carts(till, variant).await;
    let people = people::move_in(shop).await;
    let deals = deals::give(&cx, &cart.id.gid()).await;
    note_on(&cx, &cart.id.gid()).await;
    let (texts, fields) = Box::pin(written(&cx)).await;
    let displayed = Box::pin(shown::furnish(&cx)).await;
    let abroad = markets::furnish(&cx, product, variant).await;
    Names {
        product,
        variant,
        bundle,
        picture,
        option,
        option_value: ProductOptionValueId(option_value),
        item,
        location,
        publication,
        collection,
        shown,
        by_rules,
        untrue,
        cart: cart.id.gid(),
        line: cart.lines[0].id.clone(),
        ready: ready.id.gid(),
        group: cart.delivery_groups[0].id.clone(),
        noted: carts::metafields(&cx, &cart.id.gid()).await.unwrap()[0].0.clone(),
        attempt,
        waiting,
        order,
        order_gid,
        sent,
        customer,
        token,
        secret: shop.created.admin_token.as_str().to_owned(),
        texts,
        fields,
        displayed,
        people,
        deals,
        abroad,
        plans,
    }
}

/// The store's product, where it is published, and its picture.
async fn shelve(shop: &Shop) -> (ProductId, PublicationId, Awaited) {
    let cx = shop.admin();
    let product = ProductId(first(shop, "select id from products where tenant_id = $1").await);
    let publication = online_store(&cx).await;
    (product, publication, name_product(&cx, product, publication).await)
}

async fn online_store(cx: &Cx) -> PublicationId {
    publications::list(cx).await.unwrap()[0].id
}

async fn shown_of(cx: &Cx, collection: CollectionId) -> Arc<Collection> {
    collections::live(cx, &[collection]).await.unwrap().pop().flatten().unwrap()
}

async fn two_carts(till: &Till, variant: VariantId) -> [Arc<CartView>; 2] {
    [till.cart(variant, 1, "ok").await, till.cart(variant, 1, "ok").await]
}

/// The number that the statement finds first.
async fn first(shop: &Shop, sql: &str) -> i64 {
    shop.rows(sql).await[0].get(0)
}

/// The store's option and its value, its attempt that waits for the buyer, and its storefront token.
async fn numbers(shop: &Shop) -> [i64; 4] {
    let waiting = "select id from checkouts where tenant_id = $1 and status = 'action_required'";
    let token = "select id from access_tokens where tenant_id = $1 and api = 'storefront'";
    let option = first(shop, "select id from product_options where tenant_id = $1").await;
    let value = first(shop, "select id from product_option_values where tenant_id = $1").await;
    [option, value, first(shop, waiting).await, first(shop, token).await]
}

/// Adds something to a cart of which the contract knows nothing.
async fn note_on(cx: &Cx, cart: &str) {
    let value = json!({ "ownerId": cart, "key": "custom.note", "type": "boolean", "value": "true" });
    carts::set_metafields(cx, &[input(value)]).await.unwrap();
}

/// What a variant is in the warehouse, and where that is.
async fn stock_of(cx: &Cx, variant: VariantId) -> (InventoryItemId, LocationId) {
    let found = variants::by_ids(cx, &[variant]).await.unwrap().pop().flatten().unwrap();
    let list = LocationList { include_inactive: false, by_id: true, page: PageArgs::first(1) };
    let places = inventory::locations_page(cx, &list).await.unwrap();
    (found.inventory_item_id, places.items[0].1.id)
}

/// What the owner writes, and adds to it.
async fn written(cx: &Cx) -> (Texts, Fields) {
    let texts = content::furnish(cx).await;
    let fields = fields::furnish(cx, texts.page).await;
    (texts, fields)
}

/// What no verb sets yet.
async fn settle_in(shop: &Shop) {
    let pickup =
        format!("update locations set pickup_enabled = true, pickup_time = '{SECRET}' where tenant_id = $1");
    shop.rows(&pickup).await;
    let description = format!("update store_settings set description = '{SECRET}' where tenant_id = $1");
    let rate = format!(
        "insert into shipping_rates (tenant_id, handle, title, price_minor, min_subtotal_minor, position)
         values ($1, '{SECRET}', '{SECRET}', 100, 0, 9)"
    );
    for told in [description, rate] {
        shop.rows(&told).await;
    }
}

/// As if all products were bought together.
async fn pair(shop: &Shop) {
    let together = "insert into product_pairs (tenant_id, product_id, other_id, orders)
        select $1, one.id, other.id, 1 from products one join products other on other.id <> one.id
        where one.tenant_id = $1 and other.tenant_id = $1";
    shop.rows(together).await;
}

/// Puts the secret into the product, gives it a picture, and adds one that is like it.
async fn name_product(cx: &Cx, product: ProductId, publication: PublicationId) -> Awaited {
    let words: ProductInput = input(json!({
        "title": SECRET, "handle": SECRET, "vendor": SECRET, "tags": [SECRET], "productType": SECRET,
        "redirectNewHandle": true,
    }));
    let picture = json!({ "originalSource": "https://example.com/mug.jpg", "mediaContentType": "IMAGE" });
    products::update(cx, product, &words, &[input(picture)]).await.unwrap();
    let jug = json!({ "title": "Jug", "productType": SECRET });
    let jug = products::create(cx, &input(jug), &[]).await.unwrap();
    let place = input(json!({ "publicationId": publication.gid() }));
    publications::publish(cx, Publishable::Product(jug), &[place]).await.unwrap();
    images::awaited(cx, ProductId(0)).await.unwrap().remove(&product).unwrap().remove(0)
}

/// A collection filled by hand, one filled by rules, and one that is not what its rules say.
async fn collect(shop: &Shop, product: ProductId, publication: PublicationId) -> [CollectionId; 3] {
    let cx = shop.admin();
    let by_hand = json!({ "title": SECRET, "handle": SECRET, "products": [product.gid()] });
    let rule = json!({ "column": "TITLE", "relation": "EQUALS", "condition": SECRET });
    let by_rules = json!({ "title": "rules", "ruleSet": { "appliedDisjunctively": false, "rules": [rule] } });
    let mut made = [CollectionId(0); 3];
    for (id, wish) in made.iter_mut().zip([by_hand, by_rules.clone(), by_rules]) {
        *id = collections::create(&cx, &input::<CollectionInput>(wish)).await.unwrap();
        let place = input(json!({ "publicationId": publication.gid() }));
        publications::publish(&cx, Publishable::Collection(*id), &[place]).await.unwrap();
    }
    let untrue = made[2];
    let emptied =
        format!("delete from collection_products where tenant_id = $1 and collection_id = {untrue}");
    shop.rows(&emptied).await;
    made
}

/// A paid order, its attempt and its buyer; and another attempt, which waits for its confirmation.
async fn sell(till: &Till, variant: VariantId) -> (String, (OrderId, String), CustomerId) {
    let attempt = submit(till, variant, "ok").await;
    submit(till, variant, "challenge").await;
    till.provider.answer_challenges(true);
    let settled = checkout::attempt(&till.shop.buyer(), &attempt).await.unwrap().unwrap();
    let order = match settled.result {
        AttemptResult::Success { order_id, order_gid, .. } => (order_id, order_gid),
        other => panic!("{other:?}"),
    };
    let customer = orders::get(&till.shop.admin(), order.0).await.unwrap().unwrap().customer.unwrap();
    (attempt, order, customer)
}

/// An order of two pieces, one of which was sent.
async fn send_one(till: &Till, variant: VariantId) -> OrderId {
    let attempt = submit_some(till, variant, (2, "ok")).await;
    let AttemptResult::Success { order_id, .. } =
        checkout::attempt(&till.shop.buyer(), &attempt).await.unwrap().unwrap().result
    else {
        panic!("no order");
    };
    let cx = till.shop.admin();
    let lines = cx.load::<orders::LinesOf>(order_id).await.unwrap().unwrap();
    let wish =
        Fulfill { order: order_id, lines: vec![(lines[0].id, 1)], tracking: orders::Tracking::default() };
    orders::fulfill(&cx, &wish).await.unwrap();
    order_id
}

async fn submit(till: &Till, variant: VariantId, card: &str) -> String {
    submit_some(till, variant, (1, card)).await
}

async fn submit_some(till: &Till, variant: VariantId, (pieces, card): (i64, &str)) -> String {
    let cart = till.cart(variant, pieces, card).await;
    match checkout::submit(&till.shop.buyer(), &cart.id.gid(), "t").await.unwrap() {
        Submitted::Accepted { attempt_id, .. } | Submitted::AlreadyAccepted { attempt_id } => attempt_id,
        Submitted::Failed { errors, .. } => panic!("{errors:?}"),
    }
}

/// An input as clients write it.
pub(crate) fn input<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}
