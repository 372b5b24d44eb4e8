//! From the `query:` argument of lists of orders to conditions on them.

use chrono::{DateTime, Utc};
use mcom_sales::orders::{Compare, OrderFilter, OrderTerm};
use mcom_schema::{
    Refusal,
    id::{CustomerId, OrderId},
    refuse,
};
use mcom_search::syntax::{self, Build, Comparator, Term};

const BUILD: Build<OrderFilter> =
    Build { all: OrderFilter::All, any: OrderFilter::Any, not: |filter| OrderFilter::Not(Box::new(filter)) };

/// The orders that a query asks for; none if it lets all pass. Dates without a zone are in UTC, `now` is `now`.
///
/// # Errors
/// Refuses queries that are too large.
pub(super) fn filter(query: Option<&str>, now: DateTime<Utc>) -> Result<Option<OrderFilter>, Refusal> {
    let query = syntax::parse(query.unwrap_or_default())
        .map_err(|error| refuse("query", "INVALID", error.to_string()))?;
    Ok(query.translate(&BUILD, &|term| condition(term, now)))
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

    use super::filter;

    fn read(text: &str) -> Option<OrderFilter> {
        filter(Some(text), DateTime::<Utc>::UNIX_EPOCH).expect("not too large")
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
        assert!(filter(Some(&"a ".repeat(300)), DateTime::<Utc>::UNIX_EPOCH).is_err());
    }
}
