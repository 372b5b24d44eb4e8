//! Buyers: what each kind asks next, and whether it got what it came for.

mod browse;
mod cart;
mod checkout;
mod mix;

pub(super) use browse::{Listing, ProductPage, Round, Search};
pub(super) use cart::Cart;
pub(super) use checkout::Checkout;
pub(super) use mix::Mix;

use anyhow::{Context, ensure};
use serde_json::Value;

use super::{chance::Chance, client::excerpt};

/// One request.
pub(super) struct Ask {
    /// What it is called in the figures.
    pub step: &'static str,
    /// Its body.
    pub body: Vec<u8>,
}

/// Somebody who asks one thing after another.
pub(super) trait Buyer: Send {
    /// What is asked next.
    fn next(&mut self, chance: &mut Chance) -> Ask;

    /// Looks at the answer to what was asked last.
    ///
    /// # Errors
    /// If it is not the right one; the buyer then begins anew.
    fn heard(&mut self, answer: &[u8]) -> anyhow::Result<()>;

    /// How many orders were placed so far.
    fn orders(&self) -> u64 {
        0
    }

    /// Who of it goes a way of several steps, and how many these are; nobody, if one request is like the next.
    fn walker(&mut self) -> Option<(&mut dyn Buyer, u64)> {
        None
    }
}

/// Makes sure that an answer has data and no errors. Errors come first in every answer that has some.
fn without_errors(answer: &[u8]) -> anyhow::Result<()> {
    ensure!(answer.starts_with(b"{\"data\":"), "{}", excerpt(answer));
    Ok(())
}

/// What a mutation gave, under the name of its root field.
fn result(answer: &[u8], field: &str) -> anyhow::Result<Value> {
    without_errors(answer)?;
    let mut answer: Value = serde_json::from_slice(answer)?;
    let result = answer["data"][field].take();
    let refused = result["userErrors"].as_array().is_some_and(|errors| !errors.is_empty());
    ensure!(!refused, "{field}: {}", result["userErrors"]);
    Ok(result)
}

fn text(value: &Value, pointer: &str) -> anyhow::Result<String> {
    let found = value.pointer(pointer).and_then(Value::as_str);
    Ok(found.with_context(|| format!("no {pointer} in {value}"))?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{result, without_errors};

    #[test]
    fn errors_and_refusals_are_noticed() {
        assert!(without_errors(br#"{"data":{"shop":null}}"#).is_ok());
        assert!(without_errors(br#"{"errors":[{"message":"no"}],"data":null}"#).is_err());
        assert!(result(br#"{"data":{"do":{"userErrors":[{"code":"INVALID"}]}}}"#, "do").is_err());
        assert!(result(br#"{"data":{"do":{"userErrors":[]}}}"#, "do").is_ok());
    }
}
