//! What an index has, product by product: for writes that must not go back, and for whoever compares it with the tables.

use std::collections::BinaryHeap;

use tantivy::{
    DocAddress, DocSet, Searcher, SegmentReader, TERMINATED, Term, columnar::Column,
    schema::IndexRecordOption,
};

use super::{
    columns::numbers,
    schema::{self, Fields},
};
use crate::engine::Stored;

/// The version of the state in which a product is known, be it there or gone.
pub(super) fn version(searcher: &Searcher, fields: &Fields, id: i64) -> tantivy::Result<Option<u64>> {
    match address(searcher, fields, id)? {
        Some(address) => {
            let segment = searcher.segment_reader(address.segment_ord);
            Ok(versions(segment)?.first(address.doc_id))
        }
        None => Ok(None),
    }
}

fn address(searcher: &Searcher, fields: &Fields, id: i64) -> tantivy::Result<Option<DocAddress>> {
    let term = Term::from_field_i64(fields.id, id);
    for (ord, segment) in searcher.segment_readers().iter().enumerate() {
        let index = segment.inverted_index(fields.id)?;
        let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else { continue };
        while postings.doc() != TERMINATED {
            if !segment.is_deleted(postings.doc()) {
                return Ok(Some(DocAddress::new(ord as u32, postings.doc())));
            }
            postings.advance();
        }
    }
    Ok(None)
}

fn versions(segment: &SegmentReader) -> tantivy::Result<Column<u64>> {
    let column = segment.fast_fields().column_opt(schema::VERSION)?;
    Ok(column.unwrap_or_else(|| Column::build_empty_column(segment.max_doc())))
}

/// The products after `after`, by id.
pub(super) fn list(searcher: &Searcher, after: i64, limit: usize) -> tantivy::Result<Vec<Stored>> {
    let mut nearest: BinaryHeap<(i64, u64, i64)> = BinaryHeap::with_capacity(limit + 1);
    for segment in searcher.segment_readers() {
        let (ids, live) = (numbers(segment, schema::ID)?, numbers(segment, schema::LIVE)?);
        let (fingerprints, versions) = (numbers(segment, schema::FINGERPRINT)?, versions(segment)?);
        for document in segment.doc_ids_alive() {
            let Some(id) = ids.first(document).filter(|id| *id > after) else { continue };
            let is_near = nearest.len() < limit || nearest.peek().is_some_and(|last| id < last.0);
            if !is_near || live.first(document) != Some(1) {
                continue;
            }
            let version = versions.first(document).unwrap_or_default();
            nearest.push((id, version, fingerprints.first(document).unwrap_or_default()));
            if nearest.len() > limit {
                nearest.pop();
            }
        }
    }
    let stored = |(id, version, fingerprint)| Stored { id, version, fingerprint };
    Ok(nearest.into_sorted_vec().into_iter().map(stored).collect())
}
