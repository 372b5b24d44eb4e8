//! From meaning to queries of the library: everything scores by its worth and by nothing else.

use std::ops::Bound;

use tantivy::{
    Term,
    query::{
        BooleanQuery, ConstScoreQuery, DisjunctionMaxQuery, FuzzyTermQuery, InvertedIndexRangeQuery, Occur,
        Query as Condition, TermQuery,
    },
    schema::IndexRecordOption,
};

use super::schema::Fields;
use crate::{
    interpret::{Field, How, Meaning, PAIR, Way},
    query::Scope,
};

/// Products in scope that match, scored if they are typed for.
pub(super) fn condition(fields: &Fields, scope: &Scope, meaning: &Meaning) -> Box<dyn Condition> {
    let mut parts = vec![(Occur::Must, silent(term(Term::from_field_i64(fields.live, 1))))];
    if let Some(collection) = scope.collection {
        parts.push((Occur::Must, silent(term(Term::from_field_i64(fields.collections, collection.0)))));
    }
    if scope.available_only {
        parts.push((Occur::Must, silent(term(Term::from_field_i64(fields.available, 1)))));
    }
    for slot in &meaning.slots {
        let phrases = slot.iter().map(|phrase| {
            let words =
                phrase.iter().map(|ways| best(ways.iter().map(|way| self::way(fields, way)).collect()));
            all(words.collect())
        });
        parts.push((Occur::Must, best(phrases.collect())));
    }
    for pair in &meaning.pairs {
        parts.push((Occur::Should, worth(term(Term::from_field_text(fields.pairs, pair)), PAIR)));
    }
    Box::new(BooleanQuery::new(parts))
}

fn way(fields: &Fields, way: &Way) -> Box<dyn Condition> {
    let field = match way.field {
        Field::Title => fields.title,
        Field::Names => fields.names,
        Field::Body => fields.body,
        Field::TitleWords => fields.title_words,
        Field::NameWords => fields.name_words,
    };
    let exact = Term::from_field_text(field, &way.term);
    let test: Box<dyn Condition> = match way.how {
        How::Equal => term(exact),
        How::Begins => {
            let end = Term::from_field_text(field, &format!("{}{}", way.term, char::MAX));
            Box::new(InvertedIndexRangeQuery::new(Bound::Included(exact), Bound::Excluded(end)))
        }
        How::Near(slips) => Box::new(FuzzyTermQuery::new(exact, slips, true)),
    };
    worth(test, way.worth)
}

fn term(term: Term) -> Box<dyn Condition> {
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

fn worth(test: Box<dyn Condition>, worth: u32) -> Box<dyn Condition> {
    // Scores are whole numbers far below 2^24, which this type holds exactly.
    Box::new(ConstScoreQuery::new(test, worth as f32))
}

fn silent(test: Box<dyn Condition>) -> Box<dyn Condition> {
    worth(test, 0)
}

fn best(mut of: Vec<Box<dyn Condition>>) -> Box<dyn Condition> {
    match (of.len(), of.pop()) {
        (1, Some(only)) => only,
        (_, last) => Box::new(DisjunctionMaxQuery::new(of.into_iter().chain(last).collect())),
    }
}

fn all(mut of: Vec<Box<dyn Condition>>) -> Box<dyn Condition> {
    match (of.len(), of.pop()) {
        (1, Some(only)) => only,
        (_, last) => Box::new(BooleanQuery::intersection(of.into_iter().chain(last).collect())),
    }
}
