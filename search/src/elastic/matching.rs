//! From meaning to the cluster's query language: everything scores by its worth and by nothing else.

use mcom_schema::id::StoreId;
use serde_json::{Value, json};

use super::mapping::words_of;
use crate::{
    interpret::{Field, How, Meaning, PAIR, Phrase, Slot, Way},
    query::Scope,
};

/// How many words may be meant by one with slips, at most.
const NEIGHBORS: u32 = 200;

/// Products in scope that match, scored if they are typed for.
pub(super) fn condition(store: StoreId, scope: &Scope, meaning: &Meaning) -> Value {
    let mut filter = vec![json!({ "term": { "live": 1 } })];
    filter.extend(scope.collection.map(|collection| json!({ "term": { "collections": collection.0 } })));
    filter.extend(scope.available_only.then(|| json!({ "term": { "available": 1 } })));
    let own = words_of(store);
    let word = |ways: &Vec<Way>| best(&ways.iter().map(|way| self::way(&own, way)).collect::<Vec<_>>());
    let phrase = |words: &Phrase| all(&words.iter().map(word).collect::<Vec<_>>());
    let slot = |phrases: &Slot| best(&phrases.iter().map(phrase).collect::<Vec<_>>());
    let slots: Vec<Value> = meaning.slots.iter().map(slot).collect();
    let pairs: Vec<Value> =
        meaning.pairs.iter().map(|pair| worth(&json!({ "term": { "pairs": pair } }), PAIR)).collect();
    json!({ "bool": { "filter": filter, "must": slots, "should": pairs } })
}

fn way(own: &str, way: &Way) -> Value {
    let (field, own) = match way.field {
        Field::Title => ("title", ""),
        Field::Names => ("names", ""),
        Field::Body => ("body", ""),
        Field::TitleWords => ("title_words", own),
        Field::NameWords => ("name_words", own),
    };
    let term = format!("{own}{}", way.term);
    let test = match way.how {
        How::Equal => json!({ "term": { field: term } }),
        How::Begins => json!({ "prefix": { field: { "value": term } } }),
        How::Near(slips) => json!({ "fuzzy": { field: {
            "value": term, "fuzziness": slips, "prefix_length": own.chars().count(),
            "max_expansions": NEIGHBORS, "transpositions": true,
        } } }),
    };
    worth(&test, way.worth)
}

fn worth(test: &Value, worth: u32) -> Value {
    json!({ "constant_score": { "filter": test, "boost": worth } })
}

fn best(of: &[Value]) -> Value {
    json!({ "dis_max": { "queries": of, "tie_breaker": 0.0 } })
}

fn all(of: &[Value]) -> Value {
    json!({ "bool": { "must": of } })
}
