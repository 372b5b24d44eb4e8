//! From the `query:` argument of the list of products to conditions on them.

use chrono::{DateTime, Utc};
use mcom_catalog::products::{Compare, Filter, Match, ProductTerm};
use mcom_kit::{Cx, Error};
use mcom_schema::{Exchange, Money, refuse};
use mcom_search::syntax::{self, Build, Comparator, Term};
use mcom_store::markets::Localization;

/// What queries of products can name.
const KEYS: [&str; 9] = [
    "available_for_sale",
    "created_at",
    "product_type",
    "tag",
    "tag_not",
    "title",
    "updated_at",
    "variants.price",
    "vendor",
];

const BUILD: Build<Filter> =
    Build { all: Filter::All, any: Filter::Any, not: |filter| Filter::Not(Box::new(filter)) };

/// What the values of terms are read with.
struct Reading {
    now: DateTime<Utc>,
    exchange: Exchange,
}

/// The products that a query asks for; all if there is none. What of it was passed over is told beside the answer.
///
/// # Errors
/// Refuses queries that are too large; those of reading the store's settings.
pub(super) async fn filter(cx: &Cx, text: Option<&str>) -> Result<Option<Filter>, Error> {
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return Ok(None) };
    let query = syntax::parse(text).map_err(|error| refuse("query", "INVALID", error.to_string()))?;
    let reading = Reading { now: cx.now(), exchange: Localization::of(cx).await?.market.exchange };
    cx.remark(query.remark("products", text, &KEYS, |term| condition(term, &reading).is_some()));
    Ok(query.translate(&BUILD, &|term| condition(term, &reading)))
}

/// The condition of a term; none if its key is not known or its value makes no sense for the key.
fn condition(term: &Term, reading: &Reading) -> Option<Filter> {
    let text = || term.value.text.clone();
    let is = match term.key.as_deref() {
        None => ProductTerm::Word(text()),
        Some("title") => ProductTerm::Title(phrase(term)),
        Some("vendor") => ProductTerm::Vendor(phrase(term)),
        Some("product_type") => ProductTerm::ProductType(phrase(term)),
        Some("tag") => ProductTerm::Tag(text()),
        Some("tag_not") => return Some(Filter::Not(Box::new(Filter::Is(ProductTerm::Tag(text()))))),
        Some("available_for_sale") => ProductTerm::ForSale(term.flag()?),
        Some("variants.price") => {
            let amount = Money::parse(&term.value.text, reading.exchange.to).ok()?;
            return Some(priced(term.comparator, amount.minor, &reading.exchange));
        }
        Some("created_at") => return instants(term, reading.now, ProductTerm::CreatedAt),
        Some("updated_at") => return instants(term, reading.now, ProductTerm::UpdatedAt),
        Some(_) => return None,
    };
    Some(Filter::Is(is))
}

/// Prices are meant as the buyer sees them; the tables know those of the store.
fn priced(by: Comparator, minor: i64, exchange: &Exchange) -> Filter {
    let is = |compare| Filter::Is(ProductTerm::Price(compare));
    let (lowest, highest) = (exchange.lowest_for(minor), exchange.highest_for(minor));
    match by {
        Comparator::Equal if lowest == highest => is(Compare::Is(lowest)),
        Comparator::Equal => Filter::All(vec![is(Compare::AtLeast(lowest)), is(Compare::AtMost(highest))]),
        Comparator::Below => is(Compare::Below(lowest)),
        Comparator::AtMost => is(Compare::AtMost(highest)),
        Comparator::Above => is(Compare::Above(highest)),
        Comparator::AtLeast => is(Compare::AtLeast(lowest)),
    }
}

fn instants(
    term: &Term,
    now: DateTime<Utc>,
    make: fn(Compare<DateTime<Utc>>) -> ProductTerm,
) -> Option<Filter> {
    let limits = term.instants(now)?;
    Some(Filter::All(limits.into_iter().map(|(by, at)| Filter::Is(make(compare(by, at)))).collect()))
}

fn phrase(term: &Term) -> Match {
    let text = term.value.text.clone();
    if term.value.prefix { Match::Prefix(text) } else { Match::Whole(text) }
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
    use chrono::DateTime;
    use mcom_schema::{Currency, Exchange};
    use mcom_search::syntax;

    use super::{KEYS, Reading, condition};

    #[test]
    fn every_key_is_understood_and_no_other() {
        let all =
            "available_for_sale:true created_at:2026 product_type:a tag:a tag_not:a title:a updated_at:2026
            variants.price:>1 vendor:a";
        let query = syntax::parse(all).expect("not too large");
        let reading = Reading { now: DateTime::UNIX_EPOCH, exchange: Exchange::none(Currency::EUR) };
        let reads = |term: &syntax::Term| condition(term, &reading).is_some();
        assert_eq!(query.terms().len(), KEYS.len());
        assert_eq!(query.remark("products", all, &KEYS, reads), None);
        let other = syntax::parse("color:red variants.price:cheap word").expect("not too large");
        let told = other.remark("products", "", &KEYS, reads).expect("two terms mean nothing");
        assert_eq!(told.warnings.len(), 2);
    }
}
