//! From a query to somebody's own conditions.

use chrono::{DateTime, Utc};

use super::{Comparator, Moment, Query, Term};

/// How somebody's conditions are put together.
pub struct Build<T> {
    /// Every one holds.
    pub all: fn(Vec<T>) -> T,
    /// At least one holds.
    pub any: fn(Vec<T>) -> T,
    /// It does not hold.
    pub not: fn(T) -> T,
}

impl Query {
    /// The query as conditions of type `T`; none if it lets everything pass. `term` makes a condition of a term, or
    /// none of one that it does not know or understand: such terms let everything pass, turned round or not.
    pub fn translate<T>(&self, build: &Build<T>, term: &impl Fn(&Term) -> Option<T>) -> Option<T> {
        match self {
            Query::Term(it) => term(it),
            Query::Not(part) => part.translate(build, term).map(build.not),
            Query::All(parts) => {
                let parts: Vec<T> = parts.iter().filter_map(|part| part.translate(build, term)).collect();
                (!parts.is_empty()).then(|| (build.all)(parts))
            }
            Query::Any(parts) => {
                let parts: Option<Vec<T>> = parts.iter().map(|part| part.translate(build, term)).collect();
                parts.map(build.any)
            }
        }
    }
}

impl Term {
    /// The limits that the term sets to an instant, all of which it has to keep; none if the value is no date.
    /// `created_at:2026-03` asks for `>=` the month's start and `<` its end.
    pub fn instants(&self, now: DateTime<Utc>) -> Option<Vec<(Comparator, DateTime<Utc>)>> {
        let Moment { start, end } = Moment::parse(&self.value.text, now)?;
        let instant = start == end;
        Some(match self.comparator {
            Comparator::Equal if instant => vec![(Comparator::Equal, start)],
            Comparator::Equal => vec![(Comparator::AtLeast, start), (Comparator::Below, end)],
            Comparator::Below => vec![(Comparator::Below, start)],
            Comparator::AtMost if instant => vec![(Comparator::AtMost, start)],
            Comparator::AtMost => vec![(Comparator::Below, end)],
            Comparator::Above if instant => vec![(Comparator::Above, start)],
            Comparator::Above => vec![(Comparator::AtLeast, end)],
            Comparator::AtLeast => vec![(Comparator::AtLeast, start)],
        })
    }

    /// The value as a flag: `true` or `false`, in any case.
    pub fn flag(&self) -> Option<bool> {
        match self.value.text.to_ascii_lowercase().as_str() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }
}
