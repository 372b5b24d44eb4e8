//! The choices of a query, read for one segment: each dimension either takes a product or turns it down.

use super::columns::{Columns, Terms};
use crate::{
    document::PART,
    query::{Dimension, Filter, Query},
};

/// Which dimensions turned a product down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// None: it is in the result.
    Taken,
    /// Only this one: it counts for the facet of that dimension, which ignores its own choices.
    Lacks(usize),
    /// Several: it counts for nothing.
    Out,
}

enum Test {
    Available(Vec<i64>),
    Price(Vec<(i64, i64)>),
    Vendor(Vec<u64>),
    ProductType(Vec<u64>),
    Tag(Vec<u64>),
    Option(Vec<u64>),
}

/// The choices by dimension.
pub(super) struct Choices(Vec<Test>);

impl Choices {
    pub(super) fn of(query: &Query, columns: &Columns) -> tantivy::Result<Self> {
        let tests = query.by_dimension().into_iter().map(|(dimension, filters)| {
            Ok(match dimension {
                Dimension::Available => Test::Available(filters.into_iter().filter_map(wanted).collect()),
                Dimension::Price => Test::Price(filters.into_iter().filter_map(bounds).collect()),
                Dimension::Vendor => Test::Vendor(ords(&columns.vendor, &filters)?),
                Dimension::ProductType => Test::ProductType(ords(&columns.product_type, &filters)?),
                Dimension::Tag => Test::Tag(ords(&columns.tags, &filters)?),
                Dimension::Option(_) => Test::Option(ords(&columns.options, &filters)?),
            })
        });
        Ok(Choices(tests.collect::<tantivy::Result<_>>()?))
    }

    pub(super) fn judge(&self, columns: &Columns, document: u32) -> Verdict {
        let mut lacks = None;
        for (index, test) in self.0.iter().enumerate() {
            if test.takes(columns, document) {
                continue;
            }
            if lacks.is_some() {
                return Verdict::Out;
            }
            lacks = Some(index);
        }
        lacks.map_or(Verdict::Taken, Verdict::Lacks)
    }
}

impl Test {
    fn takes(&self, columns: &Columns, document: u32) -> bool {
        let any = |terms: &Terms, wanted: &[u64]| terms.ords(document).any(|ord| wanted.contains(&ord));
        match self {
            Test::Available(wanted) => {
                wanted.contains(&columns.available.first(document).unwrap_or_default())
            }
            Test::Price(bounds) => columns
                .prices
                .values_for_doc(document)
                .any(|price| bounds.iter().any(|(min, max)| (*min..=*max).contains(&price))),
            Test::Vendor(wanted) => any(&columns.vendor, wanted),
            Test::ProductType(wanted) => any(&columns.product_type, wanted),
            Test::Tag(wanted) => any(&columns.tags, wanted),
            Test::Option(wanted) => any(&columns.options, wanted),
        }
    }
}

fn wanted(filter: &Filter) -> Option<i64> {
    if let Filter::Available(wanted) = filter { Some(i64::from(*wanted)) } else { None }
}

fn bounds(filter: &Filter) -> Option<(i64, i64)> {
    let Filter::Price { min, max } = filter else { return None };
    Some((min.unwrap_or(i64::MIN), max.unwrap_or(i64::MAX)))
}

/// Places of the chosen terms; those that no product of the segment has are left out, and match none.
fn ords(terms: &Terms, filters: &[&Filter]) -> tantivy::Result<Vec<u64>> {
    let mut ords = vec![];
    for filter in filters {
        let ord = match filter {
            Filter::Vendor(term) | Filter::ProductType(term) | Filter::Tag(term) => terms.ord(term)?,
            Filter::Option { name, value } => terms.ord(&format!("{name}{PART}{value}"))?,
            Filter::Available(_) | Filter::Price { .. } => None,
        };
        ords.extend(ord);
    }
    Ok(ords)
}
