//! The library: texts of a store, few enough to be looked at one by one. They match and score as products do in the engines.

mod near;

use crate::{
    document::{Document, Prepared},
    interpret::{Field, How, Meaning, PAIR, Way, interpret},
    query::Text,
};

/// Texts in terms.
#[derive(Debug, Default)]
pub struct Library(Vec<Prepared>);

/// A text that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// The number that its document had.
    pub id: i64,
    /// How well it matches, to be compared with the keys of hits that are sorted by relevance.
    pub score: i64,
}

impl Library {
    /// Analyses documents; what they say of prices and stock does not matter.
    pub fn of(documents: impl IntoIterator<Item = Document>) -> Self {
        Library(documents.into_iter().map(|document| Prepared::of(&document)).collect())
    }

    /// What matches, the best first, equal ones by number. Without anything typed that is everything. `slips` says whether slips of
    /// the pen are forgiven if nothing matches as it was typed.
    pub fn find(&self, text: Option<&Text>, slips: bool) -> Vec<Found> {
        let found = self.matching(text, false);
        let mut found = if found.is_empty() && slips { self.matching(text, true) } else { found };
        found.sort_by_key(|found| (-found.score, found.id));
        found
    }

    fn matching(&self, text: Option<&Text>, slips: bool) -> Vec<Found> {
        let meaning = text.map(|text| interpret(text, slips)).unwrap_or_default();
        let found = |prepared: &Prepared| Some(Found { id: prepared.id, score: score(&meaning, prepared)? });
        self.0.iter().filter_map(found).collect()
    }
}

/// Whether a document matches what was typed, perhaps with slips of the pen.
pub fn matches(document: &Document, text: &Text) -> bool {
    let prepared = Prepared::of(document);
    [false, true].into_iter().any(|slips| score(&interpret(text, slips), &prepared).is_some())
}

/// What a match is worth; none if it is none.
fn score(meaning: &Meaning, prepared: &Prepared) -> Option<i64> {
    if meaning.slots.is_empty() {
        return Some(0);
    }
    let mut sum = 0;
    for slot in &meaning.slots {
        let phrases = slot.iter().filter_map(|phrase| {
            let words = phrase.iter().map(|ways| best(ways, prepared));
            words.sum::<Option<u32>>()
        });
        sum += phrases.max()?;
    }
    let pairs = meaning.pairs.iter().filter(|pair| prepared.pairs.contains(*pair)).count();
    Some(i64::from(sum) + i64::from(PAIR) * pairs as i64 + prepared.brevity)
}

fn best(ways: &[Way], prepared: &Prepared) -> Option<u32> {
    ways.iter().filter(|way| holds(way, prepared)).map(|way| way.worth).max()
}

fn holds(way: &Way, prepared: &Prepared) -> bool {
    let terms = match way.field {
        Field::Title => &prepared.title,
        Field::Names => &prepared.names,
        Field::Body => &prepared.body,
        Field::TitleWords => &prepared.title_words,
        Field::NameWords => &prepared.name_words,
    };
    match way.how {
        How::Equal => terms.contains(&way.term),
        How::Begins => {
            let next = terms.range(way.term.clone()..).next();
            next.is_some_and(|term| term.starts_with(&way.term))
        }
        How::Near(slips) => terms.iter().any(|term| near::within(term, &way.term, usize::from(slips))),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use mcom_schema::id::ProductId;

    use super::{Library, matches};
    use crate::{Document, Synonyms, Text};

    fn text(id: i64, title: &str, author: &str, body: &str) -> Document {
        Document {
            id: ProductId(id),
            language: "EN".into(),
            title: title.into(),
            description: body.into(),
            vendor: author.into(),
            product_type: String::new(),
            tags: vec![],
            options: vec![],
            facts: vec![],
            codes: vec![],
            collections: vec![],
            prices: vec![],
            available: true,
            created_at: 0,
            updated_at: 0,
        }
    }

    fn typed(words: &str) -> Text {
        let synonyms = Arc::new(Synonyms::new(vec![vec!["sofa".to_owned(), "couch".to_owned()]]));
        Text { words: words.into(), language: "EN".into(), prefix: true, synonyms }
    }

    fn found(words: &str, slips: bool) -> Vec<i64> {
        let library = Library::of([
            text(1, "How linen is made", "Ada Visser", "Flax is pulled and lies in the dew."),
            text(2, "A year of honey", "Tom Berger", "Bees, linen cloths and a couch."),
            text(3, "Linen", "", ""),
        ]);
        library.find(Some(&typed(words)), slips).into_iter().map(|found| found.id).collect()
    }

    #[test]
    fn titles_come_first_and_short_ones_before_long_ones() {
        assert_eq!(found("linen", true), [3, 1, 2]);
        assert_eq!(found("visser flax", true), [1]);
        assert_eq!(found("hon", true), [2]);
        assert_eq!(found("sofas", true), [2]);
        assert_eq!(found("steel", true), [0; 0]);
    }

    #[test]
    fn slips_are_forgiven_only_where_nothing_matches_as_typed() {
        assert_eq!(found("lnien", true), [3, 1]);
        assert_eq!(found("lnien", false), [0; 0]);
    }

    #[test]
    fn without_words_everything_is_found() {
        let library = Library::of([text(2, "b", "", ""), text(1, "a", "", "")]);
        let found: Vec<_> = library.find(None, true).iter().map(|found| (found.id, found.score)).collect();
        assert_eq!(found, [(1, 0), (2, 0)]);
    }

    #[test]
    fn one_document_can_be_held_against_what_was_typed() {
        assert!(matches(&text(1, "Linen shirt", "", ""), &typed("shrit")));
        assert!(!matches(&text(1, "Linen shirt", "", ""), &typed("honey")));
    }
}
