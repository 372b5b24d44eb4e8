//! Buyers who fill a cart: make it with one line, add another, read it again.

use std::sync::Arc;

use anyhow::ensure;
use mcom_schema::id::VariantId;
use serde_json::json;

use super::{Ask, Buyer, result, text, without_errors};
use crate::bench::{
    chance::Chance,
    client::excerpt,
    document::{CART, Operation},
    goods::Goods,
};

/// What is done next with the cart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Create,
    Add,
    Read,
}

/// Fills one cart after another.
pub(in crate::bench) struct Cart {
    goods: Arc<Goods>,
    create: Operation,
    add: Operation,
    read: Operation,
    step: Step,
    cart: String,
}

impl Cart {
    /// A buyer in a shop with these goods.
    pub fn new(goods: Arc<Goods>) -> Self {
        Cart {
            goods,
            create: Operation::of(("CartCreate", CART)),
            add: Operation::of(("CartLinesAdd", CART)),
            read: Operation::of(("CartRead", CART)),
            step: Step::Create,
            cart: String::new(),
        }
    }

    fn hear(&mut self, answer: &[u8]) -> anyhow::Result<Step> {
        match self.step {
            Step::Create => {
                self.cart = text(&result(answer, "cartCreate")?, "/cart/id")?;
                Ok(Step::Add)
            }
            Step::Add => {
                without_errors(answer)?;
                let added = br#"{"data":{"cartLinesAdd":{"cart":{"#;
                ensure!(answer.starts_with(added), "nothing was added: {}", excerpt(answer));
                Ok(Step::Read)
            }
            Step::Read => {
                without_errors(answer)?;
                ensure!(answer.starts_with(br#"{"data":{"cart":{"#), "no cart: {}", excerpt(answer));
                Ok(Step::Create)
            }
        }
    }
}

impl Buyer for Cart {
    fn next(&mut self, chance: &mut Chance) -> Ask {
        let variant = VariantId(self.goods.product(chance).variant).gid();
        let lines = json!([{ "merchandiseId": variant, "quantity": 1 + chance.below(3) }]);
        match self.step {
            Step::Create => {
                Ask { step: "cart_create", body: self.create.with(&json!({ "input": { "lines": lines } })) }
            }
            Step::Add => {
                Ask { step: "cart_add", body: self.add.with(&json!({ "cartId": self.cart, "lines": lines })) }
            }
            Step::Read => Ask { step: "cart_read", body: self.read.with(&json!({ "cartId": self.cart })) },
        }
    }

    fn heard(&mut self, answer: &[u8]) -> anyhow::Result<()> {
        let next = self.hear(answer);
        self.step = *next.as_ref().unwrap_or(&Step::Create);
        next.map(|_| ())
    }
}
