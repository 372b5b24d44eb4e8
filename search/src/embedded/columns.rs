//! The columns of one segment: what filters, facets and sorts read instead of documents.

use std::ops::Bound;

use tantivy::{
    SegmentReader,
    columnar::{Column, StrColumn},
};

use super::schema;

/// Terms of one column: the place of each in the column's dictionary, and the dictionary.
pub(super) struct Terms(Option<StrColumn>);

/// What is known of the products of a segment.
pub(super) struct Columns {
    pub(super) id: Column<i64>,
    pub(super) available: Column<i64>,
    pub(super) prices: Column<i64>,
    pub(super) vendor: Terms,
    pub(super) product_type: Terms,
    pub(super) tags: Terms,
    pub(super) options: Terms,
}

/// A column of numbers; empty if the segment has none.
pub(super) fn numbers(segment: &SegmentReader, name: &str) -> tantivy::Result<Column<i64>> {
    let column = segment.fast_fields().column_opt(name)?;
    Ok(column.unwrap_or_else(|| Column::build_empty_column(segment.max_doc())))
}

impl Columns {
    pub(super) fn of(segment: &SegmentReader) -> tantivy::Result<Self> {
        Ok(Columns {
            id: numbers(segment, schema::ID)?,
            available: numbers(segment, schema::AVAILABLE)?,
            prices: numbers(segment, schema::PRICES)?,
            vendor: Terms::of(segment, schema::VENDOR)?,
            product_type: Terms::of(segment, schema::PRODUCT_TYPE)?,
            tags: Terms::of(segment, schema::TAGS)?,
            options: Terms::of(segment, schema::OPTIONS)?,
        })
    }

    pub(super) fn is_available(&self, document: u32) -> bool {
        self.available.first(document) == Some(1)
    }
}

impl Terms {
    pub(super) fn of(segment: &SegmentReader, name: &str) -> tantivy::Result<Self> {
        Ok(Terms(segment.fast_fields().str(name)?))
    }

    /// How many different terms there are.
    pub(super) fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |column| column.num_terms())
    }

    /// The places of a document's terms.
    pub(super) fn ords(&self, document: u32) -> impl Iterator<Item = u64> + '_ {
        self.0.iter().flat_map(move |column| column.term_ords(document))
    }

    /// The place of a term, if it is there.
    pub(super) fn ord(&self, term: &str) -> tantivy::Result<Option<u64>> {
        Ok(match &self.0 {
            Some(column) => column.dictionary().term_ord(term)?,
            None => None,
        })
    }

    /// The first place whose term is not below `term`.
    pub(super) fn lower_bound(&self, term: &str) -> tantivy::Result<u64> {
        let Some(column) = &self.0 else { return Ok(0) };
        match column.dictionary().term_bounds_to_ord(Bound::Included(term), Bound::Unbounded)?.0 {
            Bound::Included(ord) | Bound::Excluded(ord) => Ok(ord),
            Bound::Unbounded => Ok(0),
        }
    }

    /// The terms at these places, which rise.
    pub(super) fn terms(&self, ords: &[u64]) -> tantivy::Result<Vec<String>> {
        let mut terms = Vec::with_capacity(ords.len());
        if let (Some(column), false) = (&self.0, ords.is_empty()) {
            let read = |term: &[u8]| terms.push(String::from_utf8_lossy(term).into_owned());
            column.dictionary().sorted_ords_to_term_cb(ords, read)?;
        }
        Ok(terms)
    }
}
