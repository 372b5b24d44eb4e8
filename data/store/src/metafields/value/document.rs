//! Values that are JSON objects: links, money, ratings, rich text, and any JSON at all.

use mcom_schema::{Currency, Money, Refusal};
use serde_json::{Value, json};

use super::{
    fault::{invalid, not_among},
    number::Decimal,
    rule::Rules,
    text,
};

/// How deep rich text may be nested.
const DEEPEST: usize = 32;

fn read(text: &str) -> Result<Value, Refusal> {
    serde_json::from_str(text).map_err(|error| invalid(format!("Value is not valid JSON: {error}")))
}

/// Any JSON, without the spaces between its parts.
pub(super) fn json(text: &str) -> Result<String, Refusal> {
    Ok(read(text)?.to_string())
}

/// What a link says and where it leads: `{"text": "Read more", "url": "https://…"}`.
pub(super) fn link(text: &str, rules: Rules<'_>) -> Result<String, Refusal> {
    let told = read(text)?;
    let url = told["url"].as_str().ok_or_else(|| invalid("Value must be a link with text and url"))?;
    let url = text::url(url, rules)?;
    Ok(json!({ "text": told["text"].as_str().unwrap_or_default(), "url": url }).to_string())
}

/// `{"amount": "5.99", "currency_code": "EUR"}`, in the store's currency.
pub(super) fn money(text: &str, currency: Currency) -> Result<String, Refusal> {
    let told = read(text)?;
    let amount = match &told["amount"] {
        Value::String(amount) => amount.clone(),
        Value::Number(amount) => amount.to_string(),
        _ => return Err(invalid("Value must be an amount with a currency_code")),
    };
    if told["currency_code"] != currency.code() {
        return Err(not_among(format!("Value must be in the store's currency, {currency}")));
    }
    let money = Money::parse(&amount, currency)
        .map_err(|_| invalid(format!("«{amount}» is not an amount of {currency}")))?;
    Ok(json!({ "amount": money.decimal(), "currency_code": currency.code() }).to_string())
}

/// `{"value": "4.5", "scale_min": "1.0", "scale_max": "5.0"}`, on the scale of the definition.
pub(super) fn rating(text: &str, rules: Rules<'_>) -> Result<String, Refusal> {
    let told = read(text)?;
    let part = |name: &str| match &told[name] {
        Value::String(text) => Decimal::parse(text),
        Value::Number(number) => Decimal::parse(&number.to_string()),
        _ => None,
    };
    let (Some(value), Some(least), Some(most)) = (part("value"), part("scale_min"), part("scale_max")) else {
        return Err(invalid("Value must be a number with scale_min and scale_max"));
    };
    let differs =
        |name: &str, scale| rules.get(name).and_then(Decimal::parse).is_some_and(|wanted| wanted != scale);
    if differs("scale_min", least) || differs("scale_max", most) {
        return Err(invalid("Value is on another scale than the definition says"));
    }
    if !(least..=most).contains(&value) {
        return Err(not_among(format!("Value must be between {least} and {most}")));
    }
    Ok(format!(r#"{{"scale_min":"{least}","scale_max":"{most}","value":"{value}"}}"#))
}

/// Text with headings, lists and links, as a tree.
pub(super) fn rich_text(text: &str) -> Result<String, Refusal> {
    let told = read(text)?;
    if told["type"] != "root" || !nodes(&told, DEEPEST) {
        return Err(invalid("Value must be rich text: a root with paragraphs, headings, lists and links"));
    }
    Ok(told.to_string())
}

/// Whether the children of a node are what rich text is made of.
fn nodes(of: &Value, deep: usize) -> bool {
    let Some(children) = of["children"].as_array() else { return false };
    let known = |node: &Value| match node["type"].as_str() {
        Some("text") => node["value"].is_string(),
        Some("paragraph" | "list-item") => nodes(node, deep - 1),
        Some("heading") => {
            node["level"].as_u64().is_some_and(|level| (1..=6).contains(&level)) && nodes(node, deep - 1)
        }
        Some("list") => {
            matches!(node["listType"].as_str(), Some("ordered" | "unordered")) && nodes(node, deep - 1)
        }
        Some("link") => node["url"].is_string() && nodes(node, deep - 1),
        _ => false,
    };
    deep > 0 && children.iter().all(known)
}
