//! What typed text means: which terms a product must have, what else counts as well, and how much each way of matching is worth.
//!
//! Scores are sums of small whole numbers that depend on where and how closely a word matches, and on nothing else: not on how
//! frequent it is, and not on how an index happens to be cut into parts. All typed words must match, so that frequency has
//! little left to say; in return every engine gives the same score, and a page's end is found again after the index has changed.

use std::sync::Arc;

use crate::{
    analysis::{Analyzer, words},
    query::Text,
};

/// Where a term is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Field {
    Title,
    Names,
    Body,
    TitleWords,
    NameWords,
}

/// How a term is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    Equal,
    Begins,
    /// With at most so many letters added, left out, changed or swapped with their neighbor.
    Near(u8),
}

/// One way in which a word may match, and its worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Way {
    pub(crate) field: Field,
    pub(crate) how: How,
    pub(crate) term: String,
    pub(crate) worth: u32,
}

/// Words that must all match; each counts with the best of its ways.
pub(crate) type Phrase = Vec<Vec<Way>>;

/// Phrases of which one must match; the best one counts.
pub(crate) type Slot = Vec<Phrase>;

/// What a text means.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Meaning {
    /// All must match.
    pub(crate) slots: Vec<Slot>,
    /// Stems side by side; each that stands so in the title as well is worth [`PAIR`].
    pub(crate) pairs: Vec<String>,
}

/// Worth of two words that stand side by side in the title too.
pub(crate) const PAIR: u32 = 30;

/// Groups of phrases that mean the same in a store.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Synonyms(Arc<Vec<Vec<String>>>);

impl Synonyms {
    /// From groups such as `["sofa", "couch", "settee"]`; a phrase may have several words.
    pub fn new(groups: impl Into<Arc<Vec<Vec<String>>>>) -> Self {
        Synonyms(groups.into())
    }
}

/// A group in terms: words and stems of each phrase.
struct Same(Vec<Vec<(String, String)>>);

/// Reads a text. `slips` says whether words may also match with slips of the pen.
pub(crate) fn interpret(text: &Text, slips: bool) -> Meaning {
    let analyzer = Analyzer::of(&text.language);
    let read = |text: &str| -> Vec<(String, String)> {
        words(text)
            .into_iter()
            .map(|word| (analyzer.stem(&word), word))
            .map(|(stem, word)| (word, stem))
            .collect()
    };
    let typed = read(&text.words);
    let same: Vec<Same> =
        text.synonyms.0.iter().map(|group| Same(group.iter().map(|phrase| read(phrase)).collect())).collect();
    let mut slots = vec![];
    let mut at = 0;
    while at < typed.len() {
        let found = same.iter().filter_map(|same| Some((same.matching(&typed[at..])?, same)));
        let (length, others) = match found.max_by_key(|(length, _)| *length) {
            Some((length, same)) => (length, same.others(&typed[at..at + length])),
            None => (1, vec![]),
        };
        let end = at + length;
        slots.push(slot(&typed[at..end], others, text.prefix && end == typed.len(), slips));
        at = end;
    }
    let pairs = typed.windows(2).map(|pair| format!("{} {}", pair[0].1, pair[1].1)).collect();
    Meaning { slots, pairs }
}

impl Same {
    /// How many of the words at the beginning of `typed` are a phrase of the group.
    fn matching(&self, typed: &[(String, String)]) -> Option<usize> {
        let begins = |phrase: &&Vec<(String, String)>| {
            !phrase.is_empty()
                && phrase.len() <= typed.len()
                && phrase.iter().zip(typed).all(|((_, a), (_, b))| a == b)
        };
        self.0.iter().filter(begins).map(Vec::len).max()
    }

    fn others(&self, typed: &[(String, String)]) -> Vec<&Vec<(String, String)>> {
        let stems =
            |phrase: &[(String, String)]| phrase.iter().map(|(_, stem)| stem.clone()).collect::<Vec<_>>();
        self.0.iter().filter(|phrase| !phrase.is_empty() && stems(phrase) != stems(typed)).collect()
    }
}

fn slot(typed: &[(String, String)], others: Vec<&Vec<(String, String)>>, prefix: bool, slips: bool) -> Slot {
    let own = typed.iter().enumerate().map(|(index, (word, stem))| {
        let mut ways = whole(word, stem);
        if prefix && index + 1 == typed.len() {
            ways.extend(begun(word));
        }
        if slips {
            ways.extend(near(word));
        }
        ways
    });
    let mut slot = vec![own.collect()];
    slot.extend(others.into_iter().map(|phrase| {
        // Four fifths of what was typed, whichever of the two has more words.
        let percent = 80 * typed.len() / phrase.len();
        phrase.iter().map(|(_, stem)| formed(stem, percent as u32)).collect::<Phrase>()
    }));
    slot
}

/// The word as it is, or in another form.
fn whole(word: &str, stem: &str) -> Vec<Way> {
    let exact = Way { field: Field::TitleWords, how: How::Equal, term: word.to_owned(), worth: 120 };
    [exact].into_iter().chain(formed(stem, 100)).collect()
}

/// The word in any form, for so much of its full worth.
fn formed(stem: &str, percent: u32) -> Vec<Way> {
    let way = |field, worth: u32| Way {
        field,
        how: How::Equal,
        term: stem.to_owned(),
        worth: worth * percent / 100,
    };
    vec![way(Field::Title, 100), way(Field::Names, 60), way(Field::Body, 20)]
}

fn begun(word: &str) -> [Way; 2] {
    let way = |field, worth| Way { field, how: How::Begins, term: word.to_owned(), worth };
    [way(Field::TitleWords, 70), way(Field::NameWords, 45)]
}

/// Short words have too many neighbors to be corrected.
fn near(word: &str) -> Vec<Way> {
    let way = |field, slips, worth| Way { field, how: How::Near(slips), term: word.to_owned(), worth };
    let one = [way(Field::TitleWords, 1, 50), way(Field::NameWords, 1, 30)];
    let two = [way(Field::TitleWords, 2, 35), way(Field::NameWords, 2, 15)];
    match word.chars().count() {
        0..4 => vec![],
        4..8 => one.into(),
        _ => one.into_iter().chain(two).collect(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Field, How, Synonyms, interpret};
    use crate::query::Text;

    fn text(words: &str, prefix: bool) -> Text {
        let groups = vec![vec!["sneaker".to_owned(), "running shoe".to_owned()]];
        let synonyms = Arc::new(Synonyms::new(groups));
        Text { words: words.to_owned(), language: "en".to_owned(), prefix, synonyms }
    }

    #[test]
    fn every_word_is_a_slot_and_only_the_last_may_be_begun() {
        let meaning = interpret(&text("Blue mu", true), false);
        assert_eq!(meaning.slots.len(), 2);
        assert_eq!(meaning.pairs, ["blue mu"]);
        let begins = |slot: usize| meaning.slots[slot][0][0].iter().any(|way| way.how == How::Begins);
        assert!(!begins(0) && begins(1));
    }

    #[test]
    fn a_synonym_of_several_words_stands_for_one_and_the_other_way_round() {
        let meaning = interpret(&text("red sneakers", false), false);
        assert_eq!(meaning.slots[1].len(), 2);
        assert_eq!(meaning.slots[1][1].len(), 2);
        let meaning = interpret(&text("running shoes red", false), false);
        assert_eq!(meaning.slots.len(), 2);
        assert_eq!((meaning.slots[0][0].len(), meaning.slots[0][1].len()), (2, 1));
    }

    #[test]
    fn slips_are_forgiven_by_the_length_of_the_word() {
        let most = |word: &str| {
            let meaning = interpret(&text(word, false), true);
            let slips = meaning.slots[0][0][0].iter().filter_map(|way| match way.how {
                How::Near(slips) => Some(slips),
                _ => None,
            });
            slips.max()
        };
        assert_eq!((most("mug"), most("shrit"), most("snekaers")), (None, Some(1), Some(2)));
    }

    #[test]
    fn a_match_in_the_title_is_worth_most() {
        let meaning = interpret(&text("mug", true), true);
        let worth = |field| meaning.slots[0][0][0].iter().find(|way| way.field == field).map(|way| way.worth);
        assert!(worth(Field::TitleWords) > worth(Field::Title));
        assert!(worth(Field::Title) > worth(Field::Names) && worth(Field::Names) > worth(Field::Body));
    }
}
