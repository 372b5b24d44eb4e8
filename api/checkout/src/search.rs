//! From the `query:` argument of lists of orders to conditions on them.

use chrono::{DateTime, Utc};
use mcom_sales::orders::{Compare, OrderFilter, OrderTerm};
use mcom_schema::{
    Refusal, SearchRemark,
    id::{CustomerId, OrderId},
    refuse,
};
use mcom_search::syntax::{self, Build, Comparator, Query, Term};

const BUILD: Build<OrderFilter> =
    Build { all: OrderFilter::All, any: OrderFilter::Any, not: |filter| OrderFilter::Not(Box::new(filter)) };

/// What queries of orders can name.
const KEYS: [&str; 12] = [
    "confirmation_number",
    "created_at",
    "customer_id",
    "email",
    "financial_status",
    "fulfillment_status",
    "id",
    "name",
    "processed_at",
    "sku",
    "status",
    "updated_at",
];

/// What a query of orders means: which orders, and what to tell its writer.
pub(super) struct Sought {
    /// None lets all pass.
    pub filter: Option<OrderFilter>,
    /// What was passed over.
    pub remark: Option<SearchRemark>,
}

/// The orders that a query of `field` asks for. Dates without a zone are in UTC, `now` is `now`.
///
/// # Errors
/// Refuses queries that are too large.
pub(super) fn read(field: &'static str, text: Option<&str>, now: DateTime<Utc>) -> Result<Sought, Refusal> {
    let text = text.unwrap_or_default();
    let query: Query = syntax::parse(text).map_err(|error| refuse("query", "INVALID", error.to_string()))?;
    let filter = query.translate(&BUILD, &|term| condition(term, now));
    let reads = |term: &Term| is_everything(term) || condition(term, now).is_some();
    Ok(Sought { filter, remark: query.remark(field, text, &KEYS, reads) })
}

/// Whether a status is asked for that every order has.
fn is_everything(term: &Term) -> bool {
    let is_status = term.key.as_ref().is_some_and(|key| key.ends_with("status"));
    is_status && term.value.text.eq_ignore_ascii_case("any")
}

/// The condition of a term; none if its key is not known or its value makes no sense for the key.
fn condition(term: &Term, now: DateTime<Utc>) -> Option<OrderFilter> {
    let text = || term.value.text.clone();
    let Some(key) = &term.key else { return Some(OrderFilter::Is(OrderTerm::Word(text()))) };
    match key.as_str() {
        "name" => Some(OrderFilter::Is(OrderTerm::Name(text()))),
        "email" => Some(OrderFilter::Is(OrderTerm::Email(text()))),
        "confirmation_number" => Some(OrderFilter::Is(OrderTerm::ConfirmationNumber(text()))),
        "sku" => Some(OrderFilter::Is(OrderTerm::Sku(text()))),
        "id" => any(term, |text| Some(OrderTerm::Id(compare(term.comparator, OrderId::parse(text)?.0)))),
        "customer_id" => any(term, |text| Some(OrderTerm::Customer(CustomerId::parse(text)?.0))),
        "financial_status" => any(term, |text| Some(OrderTerm::FinancialStatus(text.to_ascii_uppercase()))),
        "fulfillment_status" => any(term, fulfillment),
        "status" => any(term, status),
        "created_at" | "processed_at" => instants(term, now, OrderTerm::CreatedAt),
        "updated_at" => instants(term, now, OrderTerm::UpdatedAt),
        _ => None,
    }
}

/// The published keys call what was sent `shipped`.
fn fulfillment(text: &str) -> Option<OrderTerm> {
    let name = match text.to_ascii_lowercase().as_str() {
        "unshipped" | "unfulfilled" => "UNFULFILLED",
        "partial" | "partially_fulfilled" => "PARTIALLY_FULFILLED",
        "shipped" | "fulfilled" => "FULFILLED",
        _ => return None,
    };
    Some(OrderTerm::FulfillmentStatus(name.to_owned()))
}

fn status(text: &str) -> Option<OrderTerm> {
    match text.to_ascii_lowercase().as_str() {
        "open" | "not_cancelled" => Some(OrderTerm::Cancelled(false)),
        "cancelled" => Some(OrderTerm::Cancelled(true)),
        _ => None,
    }
}

/// One of the values of a list; none if one of them makes no sense.
fn any(term: &Term, read: impl Fn(&str) -> Option<OrderTerm>) -> Option<OrderFilter> {
    let choices: Option<Vec<OrderFilter>> =
        term.value.choices().into_iter().map(|text| read(text).map(OrderFilter::Is)).collect();
    choices.filter(|choices| !choices.is_empty()).map(OrderFilter::Any)
}

fn instants(
    term: &Term,
    now: DateTime<Utc>,
    make: fn(Compare<DateTime<Utc>>) -> OrderTerm,
) -> Option<OrderFilter> {
    let limits = term.instants(now)?;
    Some(OrderFilter::All(
        limits.into_iter().map(|(by, at)| OrderFilter::Is(make(compare(by, at)))).collect(),
    ))
}

fn compare<T>(by: Comparator, value: T) -> Compare<T> {
    match by {
        Comparator::Equal => Compare::Is(value),
        Comparator::Below => Compare::Below(value),
        Comparator::AtMost => Compare::AtMost(value),
        Comparator::Above => Compare::Above(value),
        Comparator::AtLeast => Compare::AtLeast(value),
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use mcom_sales::orders::{Compare, OrderFilter, OrderTerm};

    use super::{KEYS, Sought, read as read_query};

    fn read(text: &str) -> Option<OrderFilter> {
        sought(text).filter
    }

    fn sought(text: &str) -> Sought {
        read_query("orders", Some(text), DateTime::<Utc>::UNIX_EPOCH).expect("not too large")
    }

    #[test]
    fn every_key_is_understood_and_others_are_told() {
        let all = "confirmation_number:a created_at:2026 customer_id:1 email:a financial_status:any
            fulfillment_status:shipped id:1 name:a processed_at:2026 sku:a status:open updated_at:2026";
        assert_eq!(all.split_whitespace().count(), KEYS.len());
        assert_eq!(sought(all).remark, None);
        let told = sought("weather:fine fulfillment_status:lost").remark.expect("two terms mean nothing");
        assert_eq!(told.warnings.len(), 2);
    }

    #[test]
    fn terms_become_conditions() {
        let paid = OrderFilter::Any(vec![OrderFilter::Is(OrderTerm::FinancialStatus("PAID".into()))]);
        assert_eq!(read("financial_status:paid"), Some(paid.clone()));
        let named = OrderFilter::Is(OrderTerm::Name("#1001".into()));
        assert_eq!(read("name:#1001 financial_status:paid"), Some(OrderFilter::All(vec![named, paid])));
        let at = "2026-01-01T00:00:00Z".parse().expect("an instant");
        let since = OrderFilter::All(vec![OrderFilter::Is(OrderTerm::UpdatedAt(Compare::AtLeast(at)))]);
        assert_eq!(read("updated_at:>=2026-01-01"), Some(since));
    }

    #[test]
    fn what_is_not_known_filters_nothing() {
        for text in ["", "weather:fine", "status:any", "id:x", "created_at:soon"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert!(read_query("orders", Some(&"a ".repeat(300)), DateTime::<Utc>::UNIX_EPOCH).is_err());
    }
}
