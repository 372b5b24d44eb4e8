//! How single values of a search term are read, whatever they are compared with.

use mcom_catalog::products::{Compare, Match};
use mcom_schema::Money;
use mcom_search::syntax::{Comparator, Term};

use super::Reading;

/// `value`, compared as the term says.
pub(super) fn compare<T>(by: Comparator, value: T) -> Compare<T> {
    match by {
        Comparator::Equal => Compare::Is(value),
        Comparator::Below => Compare::Below(value),
        Comparator::AtMost => Compare::AtMost(value),
        Comparator::Above => Compare::Above(value),
        Comparator::AtLeast => Compare::AtLeast(value),
    }
}

/// The whole text, or its beginning if the term ends in a star.
pub(super) fn text(term: &Term) -> Match {
    let text = term.value.text.clone();
    if term.value.prefix { Match::Prefix(text) } else { Match::Whole(text) }
}

/// A whole number.
pub(super) fn number(term: &Term) -> Option<Compare<i64>> {
    Some(compare(term.comparator, term.value.text.parse().ok()?))
}

/// An amount in the currency of the store, as minor units.
pub(super) fn amount(term: &Term, reading: &Reading) -> Option<Compare<i64>> {
    let money = Money::parse(&term.value.text, reading.currency).ok()?;
    Some(compare(term.comparator, money.minor))
}

/// Whether a status is asked for that everything has.
pub(super) fn is_everything(term: &Term) -> bool {
    let is_status = term.key.as_ref().is_some_and(|key| key.ends_with("status"));
    is_status && term.value.text.eq_ignore_ascii_case("any")
}
