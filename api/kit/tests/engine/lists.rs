//! Records, lists with nulls, abstract types.

use async_graphql::{Value, value};

use crate::library::{ask, engine, said};

#[tokio::test]
async fn records_answer_by_path_and_by_function() {
    let answer = ask(
        "{ book(id: \"b1\") { id title pages addedAt tags price { amount currencyCode } author { name } } }",
    )
    .await;
    assert_eq!(answer.errors, []);
    let expected = value!({ "book": {
        "id": "b1", "title": "Moby-Dick", "pages": 635, "addedAt": "2026-03-01T10:00:00Z", "tags": ["paper"],
        "price": { "amount": "12.5", "currencyCode": "EUR" }, "author": { "name": "Author a1" },
    }});
    assert_eq!(answer.data, expected);
}

#[tokio::test]
async fn nulls_keep_their_places_in_lists_of_objects() {
    let answer = ask("{ book(id: \"b1\") { chapters { title } } }").await;
    let expected = value!({ "book": { "chapters": [Value::Null, { "title": "One" }, Value::Null, { "title": "Two" }] } });
    assert_eq!((answer.data, answer.errors), (expected, vec![]));
}

#[tokio::test]
async fn nulls_keep_their_places_in_lists_of_lists() {
    let answer = ask("{ shelves { id } }").await;
    let expected =
        value!({ "shelves": [[Value::Null, { "id": "n1" }], [{ "id": "n2" }, Value::Null, { "id": "n3" }]] });
    assert_eq!((answer.data, answer.errors), (expected, vec![]));
}

#[tokio::test]
async fn errors_behind_a_null_point_at_the_final_place() {
    let answer = ask("{ nodes(ids: [\"?\", \"b1\"]) { id ... on Book { broken } } }").await;
    assert_eq!(answer.data, value!({ "nodes": [Value::Null, { "id": "b1", "broken": Value::Null }] }));
    assert_eq!(said(&answer).len(), 1);
    assert!(said(&answer)[0].starts_with("nodes.1.broken: Something went wrong"), "{:?}", said(&answer));
    assert_eq!(answer.errors[0].extensions.get("code"), Some(&Value::from("INTERNAL_SERVER_ERROR")));
}

#[tokio::test]
async fn fragments_on_unions_and_interfaces_match() {
    let query = "{ search { __typename ...found ... on Node { id } } } fragment found on Found { ... on Book { title } ... on Note { text } }";
    let answer = ask(query).await;
    let expected = value!({ "search": [
        { "__typename": "Book", "title": "Moby-Dick", "id": "b1" },
        { "__typename": "Note", "text": "remember", "id": "n1" },
    ]});
    assert_eq!((answer.data, answer.errors), (expected, vec![]));
}

#[tokio::test]
async fn fields_that_answered_are_alive() {
    let engine = engine();
    assert!(engine.alive().seen().is_empty());
    let cx = mcom_kit::Cx::offline(mcom_data::Actor::Anonymous);
    let op = mcom_kit::Subgraph::prepare(&engine, "{ book(id: \"b1\") { title } }").unwrap();
    let call = mcom_kit::Call { op: &op, variables: async_graphql::Variables::default(), cx: &cx };
    mcom_kit::Subgraph::call(&engine, call).await;
    assert_eq!(engine.alive().seen(), ["Book.title", "QueryRoot.book"]);
    assert!(engine.alive().dead().contains(&"Book.pages"));
}
