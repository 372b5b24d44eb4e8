//! The documents that buyers send, embedded as request bodies that only lack their variables.

use serde_json::Value;

/// One operation of a document.
#[derive(Debug, Clone)]
pub(super) struct Operation {
    /// The body up to the variables.
    before: String,
}

/// A product's page.
pub(super) const PRODUCT_PAGE: (&str, &str) = ("ProductPage", include_str!("documents/product_page.graphql"));
/// A page of a collection.
pub(super) const LISTING: (&str, &str) = ("Listing", include_str!("documents/listing.graphql"));
/// A search with facets.
pub(super) const SEARCH: (&str, &str) = ("Search", include_str!("documents/search.graphql"));
/// A cart as a drawer shows it; several operations.
pub(super) const CART: &str = include_str!("documents/cart.graphql");
/// From the cart to the order; several operations.
pub(super) const CHECKOUT: &str = include_str!("documents/checkout.graphql");

impl Operation {
    /// The operation `name` of `text`.
    pub fn of((name, text): (&str, &str)) -> Self {
        let (text, name) = (Value::from(text), Value::from(name));
        Operation { before: format!("{{\"query\":{text},\"operationName\":{name},\"variables\":") }
    }

    /// The body with these variables.
    pub fn with(&self, variables: &Value) -> Vec<u8> {
        format!("{}{variables}}}", self.before).into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{LISTING, Operation};

    #[test]
    fn a_body_is_json() {
        let body = Operation::of(LISTING).with(&json!({ "handle": "sale" }));
        let body: Value = serde_json::from_slice(&body).expect("it is JSON");
        assert_eq!(body["variables"]["handle"], "sale");
        assert_eq!(body["query"], LISTING.1);
    }
}
