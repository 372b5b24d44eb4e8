//! Entities: one batch for each type, nulls and failures at their places.

use async_graphql::{Value, value};

use crate::library::{BATCHES, ask_as, said};

const QUERY: &str = "query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Book { title } ... on Author { name } } }";

#[tokio::test]
async fn mixed_representations_are_loaded_by_type_and_answered_in_order() {
    let representations = value!({ "r": [
        { "__typename": "Author", "id": "a1" },
        { "__typename": "Book", "id": "gone" },
        { "__typename": "Book", "id": "b1" },
        { "__typename": "Author", "id": "a2" },
        { "__typename": "Author", "id": "a3" },
    ]});
    let answer = ask_as(&[], QUERY, representations).await;
    let expected = value!({ "_entities": [
        { "__typename": "Author", "name": "Author a1" },
        Value::Null,
        { "__typename": "Book", "title": "Loaded" },
        { "__typename": "Author", "name": "Author a2" },
        { "__typename": "Author", "name": "Author a3" },
    ]});
    assert_eq!((answer.data, answer.errors), (expected, vec![]));
    assert!(BATCHES.lock().unwrap().contains(&3));
}

#[tokio::test]
async fn a_batch_that_fails_takes_only_its_own_places() {
    let representations = value!({ "r": [
        { "__typename": "Author", "id": "a-bad" },
        { "__typename": "Book", "id": "b1" },
        { "__typename": "Author", "id": "a2" },
        { "__typename": "Note", "id": "n1" },
    ]});
    let answer = ask_as(&[], QUERY, representations).await;
    let expected = value!({ "_entities": [Value::Null, { "__typename": "Book", "title": "Loaded" }, Value::Null, Value::Null] });
    assert_eq!(answer.data, expected);
    let mut said = said(&answer);
    said.sort();
    assert_eq!(said[0], "_entities.0: author not found");
    assert_eq!(said[1], "_entities.2: author not found");
    assert!(said[2].starts_with("_entities.3: "));
}
