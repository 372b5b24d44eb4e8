//! Buyers who only look: at products, collections and what a search finds.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use anyhow::ensure;
use serde_json::{Value, json};

use super::{Ask, Buyer, without_errors};
use crate::bench::{
    chance::Chance,
    client::excerpt,
    document::{LISTING, Operation, PRODUCT_PAGE, SEARCH},
    goods::Goods,
};

/// One request in so many is for something that is not there.
const ABSENT: usize = 10;

/// How an answer with a product begins.
const PRODUCT: &str = r#"{"data":{"product":{"#;

/// What the answer has to contain.
struct Expected(&'static [u8]);

impl Expected {
    fn of(there: &'static str, missing: &'static str, absent: bool) -> Self {
        Expected(if absent { missing } else { there }.as_bytes())
    }

    fn check(&self, answer: &[u8]) -> anyhow::Result<()> {
        without_errors(answer)?;
        ensure!(answer.starts_with(self.0), "not what was asked for: {}", excerpt(answer));
        Ok(())
    }
}

/// Opens one product page after another.
pub(in crate::bench) struct ProductPage {
    goods: Arc<Goods>,
    operation: Operation,
    expected: Expected,
}

impl ProductPage {
    /// A buyer in a shop with these goods.
    pub fn new(goods: Arc<Goods>) -> Self {
        ProductPage { goods, operation: Operation::of(PRODUCT_PAGE), expected: Expected(b"") }
    }

    fn ask(&self, handle: &str, selected: &Value) -> Ask {
        let variables = json!({ "handle": handle, "selected": selected, "country": "DE", "language": "EN" });
        Ask { step: "product_page", body: self.operation.with(&variables) }
    }
}

impl Buyer for ProductPage {
    fn next(&mut self, chance: &mut Chance) -> Ask {
        let absent = chance.once_in(ABSENT);
        self.expected = Expected::of(PRODUCT, r#"{"data":{"product":null"#, absent);
        let product = self.goods.product(chance);
        let handle = if absent { format!("{}-gone", product.handle) } else { product.handle.clone() };
        let selected = if chance.once_in(2) {
            json!([{ "name": product.option, "value": product.value }])
        } else {
            json!([])
        };
        self.ask(&handle, &selected)
    }

    fn heard(&mut self, answer: &[u8]) -> anyhow::Result<()> {
        self.expected.check(answer)
    }
}

/// Opens every product page once, the most popular first: what a process knows that has served for a while.
pub(in crate::bench) struct Round {
    page: ProductPage,
    next: Arc<AtomicUsize>,
}

impl Round {
    /// Of those that go round together, one: each page is opened by one of them.
    pub fn new(goods: Arc<Goods>, next: Arc<AtomicUsize>) -> Self {
        Round { page: ProductPage::new(goods), next }
    }
}

impl Buyer for Round {
    fn next(&mut self, _: &mut Chance) -> Ask {
        let product = self.page.goods.at(self.next.fetch_add(1, Ordering::Relaxed));
        self.page.expected = Expected(PRODUCT.as_bytes());
        self.page.ask(&product.handle, &json!([]))
    }

    fn heard(&mut self, answer: &[u8]) -> anyhow::Result<()> {
        self.page.heard(answer)
    }
}

/// Opens the first pages of collections.
pub(in crate::bench) struct Listing {
    goods: Arc<Goods>,
    operation: Operation,
    expected: Expected,
}

impl Listing {
    /// A buyer in a shop with these goods.
    pub fn new(goods: Arc<Goods>) -> Self {
        Listing { goods, operation: Operation::of(LISTING), expected: Expected(b"") }
    }
}

impl Buyer for Listing {
    fn next(&mut self, chance: &mut Chance) -> Ask {
        let absent = chance.once_in(ABSENT);
        self.expected = Expected::of(r#"{"data":{"collection":{"#, r#"{"data":{"collection":null"#, absent);
        let known = self.goods.collection(chance);
        let handle = if absent { format!("{known}-{}", chance.token()) } else { known.to_owned() };
        let sort = ["COLLECTION_DEFAULT", "PRICE", "TITLE", "CREATED"][chance.below(4)];
        let variables = json!({ "handle": handle, "sort": sort, "country": "DE", "language": "EN" });
        Ask { step: "listing", body: self.operation.with(&variables) }
    }

    fn heard(&mut self, answer: &[u8]) -> anyhow::Result<()> {
        self.expected.check(answer)
    }
}

/// Searches for words of product names.
pub(in crate::bench) struct Search {
    goods: Arc<Goods>,
    operation: Operation,
    expected: Expected,
}

impl Search {
    /// A buyer in a shop with these goods.
    pub fn new(goods: Arc<Goods>) -> Self {
        Search { goods, operation: Operation::of(SEARCH), expected: Expected(b"") }
    }
}

impl Buyer for Search {
    fn next(&mut self, chance: &mut Chance) -> Ask {
        let absent = chance.once_in(ABSENT);
        let (found, none) = (r#"{"data":{"search":{"totalCount":"#, r#"{"data":{"search":{"totalCount":0,"#);
        self.expected = Expected::of(found, none, absent);
        let words: Vec<&str> = self.goods.product(chance).title.split_whitespace().collect();
        let wanted = 1 + chance.below(words.len());
        let term =
            if absent { format!("q{}", chance.token()) } else { words[words.len() - wanted..].join(" ") };
        let variables = json!({ "term": term, "country": "DE", "language": "EN" });
        Ask { step: "search", body: self.operation.with(&variables) }
    }

    fn heard(&mut self, answer: &[u8]) -> anyhow::Result<()> {
        self.expected.check(answer)
    }
}
