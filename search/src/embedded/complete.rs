//! Completions: the words of titles that begin with what was typed last, counted over the products that match.

use std::{collections::HashMap, ops::Range};

use tantivy::{
    DocId, Score, SegmentOrdinal, SegmentReader,
    collector::{Collector, SegmentCollector},
};

use super::{columns::Terms, schema};

/// Collects words that begin with this one.
pub(super) struct Completing<'p>(pub(super) &'p str);

pub(super) struct Segment {
    words: Terms,
    range: Range<u64>,
    counts: HashMap<u64, u64>,
}

impl Collector for Completing<'_> {
    type Fruit = HashMap<String, u64>;
    type Child = Segment;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<Segment> {
        let words = Terms::of(segment, schema::TITLE_WORDS)?;
        let begin = words.lower_bound(self.0)?;
        let end = words.lower_bound(&format!("{}{}", self.0, char::MAX))?;
        Ok(Segment { words, range: begin..end, counts: HashMap::new() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(
        &self,
        segments: Vec<tantivy::Result<HashMap<String, u64>>>,
    ) -> tantivy::Result<HashMap<String, u64>> {
        let mut sum: HashMap<String, u64> = HashMap::new();
        for counts in segments {
            for (word, count) in counts? {
                *sum.entry(word).or_default() += count;
            }
        }
        Ok(sum)
    }
}

impl SegmentCollector for Segment {
    type Fruit = tantivy::Result<HashMap<String, u64>>;

    fn collect(&mut self, document: DocId, _: Score) {
        for ord in self.words.ords(document).filter(|ord| self.range.contains(ord)) {
            *self.counts.entry(ord).or_default() += 1;
        }
    }

    fn harvest(self) -> Self::Fruit {
        let mut ords: Vec<u64> = self.counts.keys().copied().collect();
        ords.sort_unstable();
        let words = self.words.terms(&ords)?;
        Ok(words.into_iter().zip(ords).map(|(word, ord)| (word, self.counts[&ord])).collect())
    }
}
