//! The best places of one segment, kept in a heap no larger than a page.

use std::collections::BinaryHeap;

use mcom_schema::id::ProductId;
use tantivy::{SegmentReader, columnar::Column};

use super::{
    columns::{Columns, Terms, numbers},
    schema,
};
use crate::{
    engine::Hit,
    order::{Directions, Key, Place, Sort},
    query::Query,
};

/// Where the sort's key is.
enum Source {
    /// The score, with what short titles are preferred by.
    Score(Column<i64>),
    Number(Column<i64>),
    Text(Terms),
}

/// A place as numbers that rise in the direction in which is read.
type Rank = [i64; 3];

/// Collects the first places after the page's beginning.
pub(super) struct Ranking {
    source: Source,
    directions: Directions,
    after: Option<Rank>,
    size: usize,
    heap: BinaryHeap<Rank>,
}

impl Ranking {
    /// One more than the page is kept, which tells whether there are more.
    pub(super) fn of(query: &Query, segment: &SegmentReader) -> tantivy::Result<Self> {
        let source = match query.order.sort {
            Sort::Relevance => Source::Score(numbers(segment, schema::BREVITY)?),
            Sort::Title => Source::Text(Terms::of(segment, schema::TITLE_KEY)?),
            Sort::Vendor => Source::Text(Terms::of(segment, schema::VENDOR_KEY)?),
            Sort::Price => Source::Number(numbers(segment, schema::MIN_PRICE)?),
            Sort::CreatedAt => Source::Number(numbers(segment, schema::CREATED)?),
            Sort::UpdatedAt => Source::Number(numbers(segment, schema::UPDATED)?),
            Sort::Id => Source::Number(numbers(segment, schema::ID)?),
        };
        let directions = query.order.directions(query.page.backward);
        let mut ranking =
            Ranking { source, directions, after: None, size: query.page.size + 1, heap: BinaryHeap::new() };
        ranking.after = query.page.from.as_ref().map(|place| ranking.beginning(place)).transpose()?;
        Ok(ranking)
    }

    pub(super) fn offer(&mut self, columns: &Columns, document: u32, score: f32) {
        let key = match &self.source {
            Source::Score(brevity) if score > 0.0 => {
                score.round() as i64 + brevity.first(document).unwrap_or_default()
            }
            Source::Score(_) => 0,
            Source::Number(column) => column.first(document).unwrap_or_default(),
            // Odd numbers are terms; even ones are left for places between them.
            Source::Text(terms) => terms.ords(document).next().map_or(0, |ord| 2 * ord as i64 + 1),
        };
        let id = columns.id.first(document).unwrap_or_default();
        let rank = self.rank(columns.is_available(document), key, id);
        if self.after.is_some_and(|after| rank <= after) {
            return;
        }
        if self.heap.len() < self.size {
            self.heap.push(rank);
        } else if self.heap.peek().is_some_and(|worst| rank < *worst) {
            self.heap.pop();
            self.heap.push(rank);
        }
    }

    /// The places as they are known outside of the segment.
    pub(super) fn finish(self) -> tantivy::Result<Vec<Hit>> {
        let directions = self.directions;
        let mut ranks: Vec<Rank> = self.heap.into_vec();
        ranks.sort_unstable();
        let numbers = ranks.iter().map(|rank| if directions.key_falls { -rank[1] } else { rank[1] });
        let keys: Vec<Key> = match &self.source {
            Source::Text(terms) => texts(terms, numbers.map(|number| (number / 2) as u64).collect())?,
            Source::Score(_) | Source::Number(_) => numbers.map(Key::Number).collect(),
        };
        let hit = |(rank, key): (&Rank, Key)| {
            let id = if directions.id_falls { -rank[2] } else { rank[2] };
            let available = directions.available.is_none_or(|last_first| (rank[0] == 1) == last_first);
            Hit { id: ProductId(id), place: Place { available, key, id } }
        };
        Ok(ranks.iter().zip(keys).map(hit).collect())
    }

    fn beginning(&self, place: &Place) -> tantivy::Result<Rank> {
        let key = match (&self.source, &place.key) {
            (Source::Text(terms), Key::Text(text)) => match terms.ord(text)? {
                Some(ord) => 2 * ord as i64 + 1,
                None => 2 * terms.lower_bound(text)?.min(i64::MAX as u64 / 4) as i64,
            },
            (_, Key::Number(number)) => *number,
            (_, Key::Text(_)) => 0,
        };
        Ok(self.rank(place.available, key, place.id))
    }

    fn rank(&self, available: bool, key: i64, id: i64) -> Rank {
        let turned = |falls: bool, number: i64| if falls { -number } else { number };
        let available = match self.directions.available {
            Some(last_first) => i64::from(available == last_first),
            None => 0,
        };
        [available, turned(self.directions.key_falls, key), turned(self.directions.id_falls, id)]
    }
}

/// The terms at these places, which are in the order of the ranks.
fn texts(terms: &Terms, ords: Vec<u64>) -> tantivy::Result<Vec<Key>> {
    let mut sorted = ords.clone();
    sorted.sort_unstable();
    sorted.dedup();
    let names = terms.terms(&sorted)?;
    let name =
        |ord: u64| sorted.binary_search(&ord).ok().and_then(|at| names.get(at)).cloned().unwrap_or_default();
    Ok(ords.into_iter().map(|ord| Key::Text(name(ord))).collect())
}
