//! Buyers who go all the way: from an empty cart to a paid order.

use std::sync::Arc;

use anyhow::{bail, ensure};
use mcom_schema::id::VariantId;
use serde_json::{Value, json};

use super::{Ask, Buyer, result, text, without_errors};
use crate::bench::{
    chance::Chance,
    document::{CHECKOUT, Operation},
    goods::Goods,
};

/// How far the buyer has come.
#[derive(Debug, Clone, PartialEq)]
enum Step {
    Create,
    Address,
    Deliver { group: String, option: String },
    Pay { total: Value },
    Prepare,
    Submit,
    Attempt { id: String },
}

/// Places one order after another.
pub(in crate::bench) struct Checkout {
    goods: Arc<Goods>,
    operations: [Operation; 7],
    /// The card as the payment provider knows it.
    session: String,
    step: Step,
    cart: String,
    orders: u64,
}

impl Checkout {
    /// A buyer in a shop with these goods, with a card that the payment provider has taken down.
    pub fn new(goods: Arc<Goods>, session: String) -> Self {
        let names =
            ["CartCreate", "AddressAdd", "DeliverySelect", "PaymentUpdate", "Prepare", "Submit", "Attempt"];
        let operations = names.map(|name| Operation::of((name, CHECKOUT)));
        Checkout { goods, operations, session, step: Step::Create, cart: String::new(), orders: 0 }
    }

    fn ask(&self, chance: &mut Chance) -> (&'static str, usize, Value) {
        let cart = &self.cart;
        match &self.step {
            Step::Create => {
                let variant = VariantId(self.goods.product(chance).variant).gid();
                let lines = json!([{ "merchandiseId": variant, "quantity": 1 }]);
                let buyer = json!({ "email": format!("{}@example.com", chance.token()) });
                ("checkout_create", 0, json!({ "input": { "lines": lines, "buyerIdentity": buyer } }))
            }
            Step::Address => {
                let address =
                    json!({ "selected": true, "address": { "deliveryAddress": home("countryCode", "DE") } });
                ("checkout_address", 1, json!({ "cartId": cart, "addresses": [address] }))
            }
            Step::Deliver { group, option } => {
                let chosen = json!([{ "deliveryGroupId": group, "deliveryOptionHandle": option }]);
                ("checkout_delivery", 2, json!({ "cartId": cart, "options": chosen }))
            }
            Step::Pay { total } => {
                let method =
                    json!({ "sessionId": self.session, "billingAddress": home("country", "Germany") });
                let payment = json!({ "amount": total, "directPaymentMethod": method });
                ("checkout_payment", 3, json!({ "cartId": cart, "payment": payment }))
            }
            Step::Prepare => ("checkout_prepare", 4, json!({ "cartId": cart })),
            Step::Submit => ("checkout_submit", 5, json!({ "cartId": cart, "attempt": chance.token() })),
            Step::Attempt { id } => ("checkout_attempt", 6, json!({ "attempt": id })),
        }
    }

    fn hear(&mut self, answer: &[u8]) -> anyhow::Result<Step> {
        Ok(match &self.step {
            Step::Create => {
                self.cart = text(&result(answer, "cartCreate")?, "/cart/id")?;
                Step::Address
            }
            Step::Address => {
                let added = result(answer, "cartDeliveryAddressesAdd")?;
                let group = text(&added, "/cart/deliveryGroups/nodes/0/id")?;
                let option = text(&added, "/cart/deliveryGroups/nodes/0/deliveryOptions/0/handle")?;
                Step::Deliver { group, option }
            }
            Step::Deliver { .. } => {
                let chosen = result(answer, "cartSelectedDeliveryOptionsUpdate")?;
                Step::Pay { total: chosen["cart"]["cost"]["totalAmount"].clone() }
            }
            Step::Pay { .. } => {
                result(answer, "cartPaymentUpdate")?;
                Step::Prepare
            }
            Step::Prepare => {
                let prepared = result(answer, "cartPrepareForCompletion")?;
                ensure!(prepared["result"]["__typename"] == "CartStatusReady", "not ready: {prepared}");
                Step::Submit
            }
            Step::Submit => {
                let submitted = result(answer, "cartSubmitForCompletion")?;
                Step::Attempt { id: text(&submitted, "/result/attemptId")? }
            }
            Step::Attempt { id } => {
                let id = id.clone();
                self.attempt(answer, id)?
            }
        })
    }

    fn attempt(&mut self, answer: &[u8], id: String) -> anyhow::Result<Step> {
        without_errors(answer)?;
        let answer: Value = serde_json::from_slice(answer)?;
        let attempt = &answer["data"]["cartCompletionAttempt"];
        match attempt["__typename"].as_str() {
            Some("CartCompletionSuccess") => {
                self.orders += 1;
                Ok(Step::Create)
            }
            Some("CartCompletionProcessing") => Ok(Step::Attempt { id }),
            _ => bail!("no order: {attempt}"),
        }
    }
}

impl Buyer for Checkout {
    fn next(&mut self, chance: &mut Chance) -> Ask {
        let (step, operation, variables) = self.ask(chance);
        Ask { step, body: self.operations[operation].with(&variables) }
    }

    fn heard(&mut self, answer: &[u8]) -> anyhow::Result<()> {
        let next = self.hear(answer);
        self.step = next.as_ref().map_or(Step::Create, Step::clone);
        next.map(|_| ())
    }

    fn orders(&self) -> u64 {
        self.orders
    }

    fn walker(&mut self) -> Option<(&mut dyn Buyer, u64)> {
        let steps = self.operations.len() as u64;
        Some((self, steps))
    }
}

/// An address, whose country goes by this name.
fn home(name: &str, country: &str) -> Value {
    json!({ "firstName": "Ada", "lastName": "Lovelace", "address1": "Weg 1", "city": "Berlin", "zip": "10115", name: country })
}
