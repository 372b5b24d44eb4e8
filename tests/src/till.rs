//! A store with something to sell, and a payment provider that does what a test tells it to.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use futures_util::{FutureExt, future::BoxFuture};
use mcom_catalog::{
    inventory::{self, InventoryQuantityInput, InventorySetQuantitiesInput, LocationList},
    products::{self, ProductInput},
    publications::{self, Publishable},
    variants,
};
use mcom_data::{Cx, page::PageArgs};
use mcom_sales::{
    carts::{self, CartView},
    payments::{Charge, Decline, NoAnswer, Outcome, Provider, Providers, Refund, RefundFailure},
};
use mcom_schema::id::VariantId;
use serde::Serialize;
use serde_json::{Value, json};

use crate::{Database, Shop};

/// A store with a till.
pub struct Till {
    /// The store.
    pub shop: Shop,
    /// Who takes its money.
    pub provider: Arc<Scripted>,
}

impl Till {
    /// A new store whose cards are charged by a provider inside the test.
    pub async fn open() -> Till {
        Till::open_in(Database::shared().await).await
    }

    /// The same in this database.
    pub async fn open_in(database: Database) -> Till {
        let provider = Arc::new(Scripted::default());
        let providers = Providers::with_card(Face(provider.clone()), "http://vault.invalid");
        Till { shop: Shop::open_in_with(database, providers).await, provider }
    }

    /// Another store in the same process.
    pub async fn beside(&self) -> Till {
        Till { shop: self.shop.beside().await, provider: self.provider.clone() }
    }

    /// A published product with one variant of this price in cents, and so many pieces of it.
    pub async fn goods(&self, price: &str, stock: i64) -> VariantId {
        goods(&self.shop.admin(), price, stock).await
    }

    /// A cart with so many pieces, an address, and a payment by this card.
    pub async fn cart(&self, variant: VariantId, quantity: i64, card: &str) -> Arc<CartView> {
        let cx = self.shop.buyer();
        let cart = carts::create(&cx, &input(cart_of(variant, quantity))).await.expect("a cart can be made");
        let cart = cart.cart.unwrap_or_else(|| panic!("{:?}", cart.refusals));
        self.pay_with(&cart, card).await
    }

    /// The same cart, to be paid by another card.
    pub async fn pay_with(&self, cart: &CartView, card: &str) -> Arc<CartView> {
        let cx = self.shop.buyer();
        let mut payment = payment_of(cart.cost.charge.decimal(), card);
        payment["amount"]["currencyCode"] = json!(cart.cost.charge.currency);
        let paid =
            carts::update_payment(&cx, &cart.id.gid(), &input(payment)).await.expect("a cart can be paid");
        paid.cart.unwrap_or_else(|| panic!("{:?}", paid.refusals))
    }

    /// Available, reserved and committed pieces of everything in the store.
    pub async fn stock(&self) -> (i64, i64, i64) {
        let sums = "select coalesce(sum(available), 0)::bigint, coalesce(sum(reserved), 0)::bigint,
            coalesce(sum(committed), 0)::bigint from inventory_levels where tenant_id = $1";
        let rows = self.shop.rows(sums).await;
        (rows[0].get(0), rows[0].get(1), rows[0].get(2))
    }

    /// The one number that this query of the store's rows gives.
    pub async fn count(&self, from: &str) -> i64 {
        self.shop.rows(&format!("select count(*) from {from} where tenant_id = $1")).await[0].get(0)
    }
}

/// A published product with one variant of this price, and so many pieces of it.
pub async fn goods(cx: &Cx, price: &str, stock: i64) -> VariantId {
    let product = ProductInput { title: Some("Mug".to_owned()), ..ProductInput::default() };
    let product = products::create(cx, &product, &[]).await.expect("a product can be made");
    let page = variants::of_product(cx, product, &PageArgs::first(1)).await.expect("it can be read");
    let variant = page.items[0].1.clone();
    let change =
        json!({ "id": variant.row.id().gid(), "price": price, "inventoryItem": { "tracked": true } });
    variants::bulk_update(cx, product, &[input(change)], &[]).await.expect("it can be priced");
    let location = location(cx).await;
    let quantities = vec![InventoryQuantityInput {
        change_from_quantity: None,
        inventory_item_id: variant.inventory_item_id,
        location_id: location,
        quantity: stock,
    }];
    let stock = InventorySetQuantitiesInput {
        name: "available".to_owned(),
        quantities,
        reason: "correction".to_owned(),
        reference_document_uri: None,
    };
    inventory::set_quantities(cx, &stock).await.expect("it can be stocked");
    let channel = publications::list(cx).await.expect("there are channels")[0].id;
    let publish = json!({ "publicationId": channel.gid() });
    publications::publish(cx, Publishable::Product(product), &[input(publish)])
        .await
        .expect("it can be published");
    VariantId(variant.row.id)
}

/// Gives a variant another price.
pub async fn reprice(cx: &Cx, variant: VariantId, price: &str) {
    let found = variants::by_ids(cx, &[variant]).await.expect("it can be read");
    let product = found[0].as_ref().expect("it is there").row.product();
    let change = json!({ "id": variant.gid(), "price": price });
    variants::bulk_update(cx, product, &[input(change)], &[]).await.expect("it can be priced");
}

async fn location(cx: &Cx) -> mcom_schema::id::LocationId {
    let list = LocationList { include_inactive: false, by_id: true, page: PageArgs::first(1) };
    let page = inventory::locations_page(cx, &list).await.expect("there is a location");
    page.items[0].1.id
}

fn input<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).expect("it is an input")
}

/// The input of a cart that goes to Bonn.
pub fn cart_of(variant: VariantId, quantity: i64) -> Value {
    let address =
        json!({ "lastName": "Lovelace", "address1": "1 Mill Rd", "city": "Bonn", "countryCode": "DE" });
    json!({
        "lines": [{ "merchandiseId": variant.gid(), "quantity": quantity }],
        "buyerIdentity": { "email": "ada@example.com" },
        "delivery": { "addresses": [{ "address": { "deliveryAddress": address } }] },
    })
}

/// The input of a payment with this card, or by the manual provider if that is the card's name.
pub fn payment_of(amount: impl Serialize, card: &str) -> Value {
    let amount = json!({ "amount": amount, "currencyCode": "EUR" });
    let billing = json!({ "lastName": "Lovelace", "country": "DE" });
    match card {
        "manual" => json!({ "amount": amount, "sourceIdentifier": "manual" }),
        session => {
            json!({ "amount": amount, "directPaymentMethod": { "sessionId": session, "billingAddress": billing } })
        }
    }
}

/// A provider inside the test. The session says what happens to a charge: `ok`, `declined`, `challenge`, `silent-after`,
/// `silent-before`.
#[derive(Default)]
pub struct Scripted {
    ledger: Mutex<BTreeMap<String, Movement>>,
    silent: AtomicBool,
}

/// A line of the provider's ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    /// How much, in cents.
    pub amount: i64,
    /// What became of it.
    pub outcome: Outcome,
    /// How much of it was given back.
    pub returned: i64,
    /// Keys of the refunds.
    pub refunds: Vec<String>,
}

impl Scripted {
    /// What a process knows of it.
    pub fn face(self: &Arc<Self>) -> impl Provider + use<> {
        Face(self.clone())
    }

    /// From now on it answers nothing, or answers again.
    pub fn fall_silent(&self, silent: bool) {
        self.silent.store(silent, Ordering::SeqCst);
    }

    /// What buyers paid and did not get back, in cents.
    pub fn balance(&self) -> i64 {
        let paid =
            |m: &Movement| if matches!(m.outcome, Outcome::Paid { .. }) { m.amount - m.returned } else { 0 };
        self.ledger().values().map(paid).sum()
    }

    /// How many charges were made and kept.
    pub fn charges(&self) -> usize {
        let kept = |m: &&Movement| matches!(m.outcome, Outcome::Paid { .. }) && m.returned < m.amount;
        self.ledger().values().filter(kept).count()
    }

    /// Every buyer confirms, or refuses.
    pub fn answer_challenges(&self, approve: bool) {
        for movement in self.ledger().values_mut() {
            if matches!(movement.outcome, Outcome::ActionRequired { .. }) {
                movement.outcome = if approve { paid() } else { Outcome::Declined(Decline::Unconfirmed) };
            }
        }
    }

    fn ledger(&self) -> MutexGuard<'_, BTreeMap<String, Movement>> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn speak(&self) -> Result<(), NoAnswer> {
        if self.silent.load(Ordering::SeqCst) {
            Err(NoAnswer("told to be silent".to_owned()))
        } else {
            Ok(())
        }
    }

    fn charge(&self, charge: &Charge<'_>) -> Result<Outcome, NoAnswer> {
        let session = charge.session.unwrap_or_default();
        if session == "silent-before" {
            return Err(NoAnswer("not charged".to_owned()));
        }
        let mut ledger = self.ledger();
        let movement = ledger.entry(charge.key.to_owned()).or_insert_with(|| Movement {
            amount: charge.amount.minor,
            outcome: match session {
                "declined" => Outcome::Declined(Decline::Card),
                "challenge" => Outcome::ActionRequired { url: "http://provider.invalid/confirm".to_owned() },
                _ => paid(),
            },
            returned: 0,
            refunds: vec![],
        });
        self.speak()?;
        if session == "silent-after" {
            return Err(NoAnswer("charged".to_owned()));
        }
        Ok(movement.outcome.clone())
    }

    fn void(&self, key: &str) {
        let never = Movement {
            amount: 0,
            outcome: Outcome::Declined(Decline::Unreachable),
            returned: 0,
            refunds: vec![],
        };
        let mut ledger = self.ledger();
        let movement = ledger.entry(key.to_owned()).or_insert(never);
        movement.returned = movement.amount;
        if !matches!(movement.outcome, Outcome::Paid { .. }) {
            movement.outcome = Outcome::Declined(Decline::Unreachable);
        }
    }

    fn refund(&self, refund: &Refund<'_>) -> Result<String, RefundFailure> {
        let mut ledger = self.ledger();
        let unknown = || RefundFailure::Refused("no such charge".to_owned());
        let movement = ledger.get_mut(refund.charge).ok_or_else(unknown)?;
        if !movement.refunds.iter().any(|key| key == refund.key) {
            movement.refunds.push(refund.key.to_owned());
            movement.returned += refund.amount.minor;
        }
        Ok("returned".to_owned())
    }
}

fn paid() -> Outcome {
    Outcome::Paid { reference: "taken".to_owned() }
}

struct Face(Arc<Scripted>);

impl Provider for Face {
    fn name(&self) -> &'static str {
        "scripted"
    }

    fn charge<'a>(&'a self, charge: &'a Charge<'a>) -> BoxFuture<'a, Result<Outcome, NoAnswer>> {
        async move { self.0.charge(charge) }.boxed()
    }

    fn find<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<Outcome>, NoAnswer>> {
        async move {
            self.0.speak()?;
            Ok(self.0.ledger().get(key).map(|movement| movement.outcome.clone()))
        }
        .boxed()
    }

    fn void<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<(), NoAnswer>> {
        async move {
            self.0.speak()?;
            self.0.void(key);
            Ok(())
        }
        .boxed()
    }

    fn refund<'a>(&'a self, refund: &'a Refund<'a>) -> BoxFuture<'a, Result<String, RefundFailure>> {
        async move {
            self.0.speak()?;
            self.0.refund(refund)
        }
        .boxed()
    }
}
