//! Arguments: defaults, variables, structs, pages, what is selected.

use async_graphql::{Value, value};

use crate::library::{ask, ask_as, said};

#[tokio::test]
async fn defaults_hold_for_what_is_not_given_and_for_absent_variables() {
    let query = "query ($n: Int, $e: Ending) { book(id: \"b1\") { a: excerpt b: excerpt(length: $n, ending: $e) c: excerpt(ending: NOTHING) } }";
    let answer = ask_as(&[], query, value!({ "e": "NOTHING" })).await;
    assert_eq!(answer.data, value!({ "book": { "a": "Moby-…", "b": "Moby-", "c": "Moby-" } }));
}

#[tokio::test]
async fn a_fault_keeps_its_path_its_code_and_its_neighbours() {
    let answer = ask("{ book(id: \"b1\") { long: excerpt(length: 99) title } }").await;
    assert_eq!(answer.data, value!({ "book": { "long": Value::Null, "title": "Moby-Dick" } }));
    assert_eq!(said(&answer), ["book.long: length must be within the title"]);
    assert_eq!(answer.errors[0].extensions.get("code"), Some(&Value::from("INVALID_FIELD_ARGUMENTS")));
}

#[tokio::test]
async fn pages_follow_their_arguments() {
    let answer = ask("{ book(id: \"b1\") { notes(first: 2) { nodes { id } edges { cursor } pageInfo { hasNextPage endCursor } } } }").await;
    let expected = value!({ "book": { "notes": {
        "nodes": [{ "id": "n1" }, { "id": "n2" }], "edges": [{ "cursor": "c1" }, { "cursor": "c2" }],
        "pageInfo": { "hasNextPage": true, "endCursor": "c2" },
    }}});
    assert_eq!((answer.data, answer.errors), (expected, vec![]));
    let answer = ask("{ book(id: \"b1\") { notes { nodes { id } } } }").await;
    assert_eq!(said(&answer), ["book.notes: you must provide one of first or last"]);
    let answer = ask("{ book(id: \"b1\") { notes(first: 1, by: { ending: DOTS }) { nodes { id } } } }").await;
    assert_eq!(answer.data, value!({ "book": { "notes": { "nodes": [{ "id": "n100" }] } } }));
}

#[tokio::test]
async fn a_count_is_made_when_it_is_selected() {
    let with = ask("{ book(id: \"b1\") { notes(first: 1) { ...count } } } fragment count on NoteConnection { n: totalCount }").await;
    assert_eq!(with.data, value!({ "book": { "notes": { "n": 7 } } }));
}

#[tokio::test]
async fn one_of_inputs_take_one_field() {
    let answer =
        ask("{ book(id: \"b1\") { notes(first: 1, by: { word: \"a\", ending: DOTS }) { nodes { id } } } }")
            .await;
    assert_eq!(answer.errors[0].extensions.get("code"), Some(&Value::from("INVALID_FIELD_ARGUMENTS")));
    assert!(answer.errors[0].message.contains("exactly one field, but 2"), "{}", answer.errors[0].message);
}
