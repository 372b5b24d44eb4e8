//! Counting facets in one pass: what is taken counts for all of them, what one dimension turned down counts for that one.

use std::collections::HashMap;

use super::{
    choice::Verdict,
    columns::{Columns, Terms},
};
use crate::{
    document::PART,
    facet::{self, Facets, MOST_VALUES, PriceSpan},
    query::{Dimension, Query},
};

/// Counts of one segment.
pub(super) struct Counter {
    dimensions: Vec<Dimension>,
    availability: [u64; 2],
    price: Option<PriceSpan>,
    vendors: Vec<u32>,
    product_types: Vec<u32>,
    tags: Vec<u32>,
    options: Vec<u32>,
    /// For each chosen option the places of its terms, as a range: they have the option's name in front.
    chosen: Vec<(usize, std::ops::Range<u64>)>,
}

impl Counter {
    pub(super) fn of(query: &Query, columns: &Columns) -> tantivy::Result<Self> {
        let dimensions: Vec<Dimension> = query.by_dimension().into_iter().map(|(of, _)| of).collect();
        let mut chosen = vec![];
        for (index, dimension) in dimensions.iter().enumerate() {
            if let Dimension::Option(name) = dimension {
                let begin = columns.options.lower_bound(&format!("{name}{PART}"))?;
                let end = columns.options.lower_bound(&format!("{name}{PART}{}", char::MAX))?;
                chosen.push((index, begin..end));
            }
        }
        Ok(Counter {
            dimensions,
            availability: [0; 2],
            price: None,
            vendors: vec![0; columns.vendor.len()],
            product_types: vec![0; columns.product_type.len()],
            tags: vec![0; columns.tags.len()],
            options: vec![0; columns.options.len()],
            chosen,
        })
    }

    pub(super) fn count(&mut self, columns: &Columns, document: u32, verdict: Verdict) {
        let lacks = match verdict {
            Verdict::Taken => return self.count_everywhere(columns, document),
            Verdict::Lacks(index) => index,
            Verdict::Out => return,
        };
        match &self.dimensions[lacks] {
            Dimension::Available => self.availability(columns, document),
            Dimension::Price => self.price(columns, document),
            Dimension::Vendor => add(&mut self.vendors, &columns.vendor, document),
            Dimension::ProductType => add(&mut self.product_types, &columns.product_type, document),
            Dimension::Tag => add(&mut self.tags, &columns.tags, document),
            Dimension::Option(_) => self.option(columns, document, lacks),
        }
    }

    fn count_everywhere(&mut self, columns: &Columns, document: u32) {
        self.availability(columns, document);
        self.price(columns, document);
        add(&mut self.vendors, &columns.vendor, document);
        add(&mut self.product_types, &columns.product_type, document);
        add(&mut self.tags, &columns.tags, document);
        add(&mut self.options, &columns.options, document);
    }

    fn availability(&mut self, columns: &Columns, document: u32) {
        self.availability[usize::from(columns.is_available(document))] += 1;
    }

    fn price(&mut self, columns: &Columns, document: u32) {
        let span = self.price.get_or_insert(PriceSpan { min: i64::MAX, max: i64::MIN, count: 0 });
        span.count += 1;
        for price in columns.prices.values_for_doc(document) {
            span.min = span.min.min(price);
            span.max = span.max.max(price);
        }
    }

    fn option(&mut self, columns: &Columns, document: u32, index: usize) {
        let Some((_, range)) = self.chosen.iter().find(|(of, _)| *of == index) else { return };
        for ord in columns.options.ords(document).filter(|ord| range.contains(ord)) {
            self.options[ord as usize] += 1;
        }
    }

    /// The counts by term, for the sum over all segments.
    pub(super) fn finish(self, columns: &Columns) -> tantivy::Result<Counts> {
        Ok(Counts {
            availability: self.availability,
            price: self.price,
            vendors: named(&columns.vendor, &self.vendors)?,
            product_types: named(&columns.product_type, &self.product_types)?,
            tags: named(&columns.tags, &self.tags)?,
            options: named(&columns.options, &self.options)?,
        })
    }
}

fn add(counts: &mut [u32], terms: &Terms, document: u32) {
    for ord in terms.ords(document) {
        counts[ord as usize] += 1;
    }
}

fn named(terms: &Terms, counts: &[u32]) -> tantivy::Result<HashMap<String, u64>> {
    let seen: Vec<u64> =
        counts.iter().zip(0..).filter(|(count, _)| **count > 0).map(|(_, ord)| ord).collect();
    let names = terms.terms(&seen)?;
    Ok(names.into_iter().zip(&seen).map(|(name, ord)| (name, u64::from(counts[*ord as usize]))).collect())
}

/// Counts by term.
#[derive(Default)]
pub(super) struct Counts {
    availability: [u64; 2],
    price: Option<PriceSpan>,
    vendors: HashMap<String, u64>,
    product_types: HashMap<String, u64>,
    tags: HashMap<String, u64>,
    options: HashMap<String, u64>,
}

impl Counts {
    pub(super) fn add(&mut self, other: Counts) {
        for (sum, more) in self.availability.iter_mut().zip(other.availability) {
            *sum += more;
        }
        self.price = match (self.price, other.price) {
            (Some(a), Some(b)) => {
                Some(PriceSpan { min: a.min.min(b.min), max: a.max.max(b.max), count: a.count + b.count })
            }
            (a, b) => a.or(b),
        };
        let pairs = [
            (&mut self.vendors, other.vendors),
            (&mut self.product_types, other.product_types),
            (&mut self.tags, other.tags),
            (&mut self.options, other.options),
        ];
        for (sums, more) in pairs {
            if sums.is_empty() {
                *sums = more;
            } else {
                more.into_iter().for_each(|(term, count)| *sums.entry(term).or_default() += count);
            }
        }
    }

    pub(super) fn facets(self, query: &Query) -> Facets {
        let chosen: Vec<String> = query
            .by_dimension()
            .into_iter()
            .filter_map(|(dimension, _)| match dimension {
                Dimension::Option(name) => Some(name),
                _ => None,
            })
            .collect();
        Facets {
            available: self.availability[1],
            unavailable: self.availability[0],
            price: self.price.unwrap_or_default(),
            vendors: facet::most(self.vendors, MOST_VALUES),
            product_types: facet::most(self.product_types, MOST_VALUES),
            tags: facet::most(self.tags, MOST_VALUES),
            options: facet::options(self.options, &chosen),
        }
    }
}
