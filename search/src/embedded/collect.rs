//! One pass over all matching products: total, facets and the page.

use tantivy::{
    DocId, Score, SegmentOrdinal, SegmentReader,
    collector::{Collector, SegmentCollector},
};

use super::{
    choice::{Choices, Verdict},
    columns::Columns,
    count::{Counter, Counts},
    rank::Ranking,
};
use crate::{
    engine::{Hit, Hits},
    query::Query,
};

/// Collects what a query asks for.
pub(super) struct Pass<'q>(pub(super) &'q Query);

/// What came of one segment.
#[derive(Default)]
pub(super) struct Found {
    /// How many matched what was typed, whatever was chosen.
    matched: u64,
    total: u64,
    counts: Option<Counts>,
    hits: Vec<Hit>,
}

/// A result, and whether anything at all matched what was typed.
pub(super) struct Outcome {
    pub(super) hits: Hits,
    pub(super) matched: bool,
}

pub(super) struct Segment {
    columns: Columns,
    choices: Choices,
    counter: Option<Counter>,
    ranking: Ranking,
    matched: u64,
    total: u64,
}

impl Collector for Pass<'_> {
    type Fruit = Outcome;
    type Child = Segment;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<Segment> {
        let columns = Columns::of(segment)?;
        Ok(Segment {
            choices: Choices::of(self.0, &columns)?,
            counter: if self.0.facets { Some(Counter::of(self.0, &columns)?) } else { None },
            ranking: Ranking::of(self.0, segment)?,
            columns,
            matched: 0,
            total: 0,
        })
    }

    fn requires_scoring(&self) -> bool {
        self.0.is_scored()
    }

    fn merge_fruits(&self, segments: Vec<tantivy::Result<Found>>) -> tantivy::Result<Outcome> {
        let query = self.0;
        let mut sum = Found::default();
        for found in segments {
            let found = found?;
            sum.matched += found.matched;
            sum.total += found.total;
            sum.hits.extend(found.hits);
            if let Some(counts) = found.counts {
                sum.counts.get_or_insert_default().add(counts);
            }
        }
        let (order, page) = (query.order, &query.page);
        sum.hits.sort_by(|a, b| order.compare(page.backward, &a.place, &b.place));
        let more = sum.hits.len() > page.size;
        sum.hits.truncate(page.size);
        if page.backward {
            sum.hits.reverse();
        }
        let facets = query.facets.then(|| sum.counts.unwrap_or_default().facets(query));
        let hits = Hits { total: sum.total, hits: sum.hits, more, facets };
        Ok(Outcome { hits, matched: sum.matched > 0 })
    }
}

impl SegmentCollector for Segment {
    type Fruit = tantivy::Result<Found>;

    fn collect(&mut self, document: DocId, score: Score) {
        self.matched += 1;
        let verdict = self.choices.judge(&self.columns, document);
        if let Some(counter) = &mut self.counter {
            counter.count(&self.columns, document, verdict);
        }
        if verdict == Verdict::Taken {
            self.total += 1;
            self.ranking.offer(&self.columns, document, score);
        }
    }

    fn harvest(self) -> tantivy::Result<Found> {
        let counts = self.counter.map(|counter| counter.finish(&self.columns)).transpose()?;
        Ok(Found { matched: self.matched, total: self.total, counts, hits: self.ranking.finish()? })
    }
}
