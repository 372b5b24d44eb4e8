//! Mutations: payloads, refusals, errors.

use async_graphql::{Value, value};
use mcom_schema::Scope;

use crate::library::{ask_as, said};

async fn add(title: &str) -> mcom_kit::Answer {
    let query = "mutation ($input: BookInput!) { bookAdd(input: $input) { book { title pages } userErrors { field message code } } }";
    ask_as(&[Scope::WriteProducts], query, value!({ "input": { "title": title } })).await
}

#[tokio::test]
async fn a_payload_shows_what_was_made_with_defaults_of_the_input() {
    let answer = add("Emma").await;
    let expected = value!({ "bookAdd": { "book": { "title": "Emma", "pages": 100 }, "userErrors": [] } });
    assert_eq!((answer.data, answer.errors), (expected, vec![]));
}

#[tokio::test]
async fn a_refusal_becomes_user_errors() {
    let answer = add("").await;
    let expected = value!({ "bookAdd": { "book": Value::Null, "userErrors": [
        { "field": ["input", "title"], "message": "Title can't be blank", "code": "BLANK" },
    ]}});
    assert_eq!((answer.data, answer.errors), (expected, vec![]));
}

#[tokio::test]
async fn any_other_error_is_told_at_the_top() {
    let answer = add("lost").await;
    assert_eq!(answer.data, value!({ "bookAdd": Value::Null }));
    assert_eq!(said(&answer), ["bookAdd: The shelf was changed by somebody else in the meantime"]);
    assert_eq!(answer.errors[0].extensions.get("retryable"), Some(&Value::from(true)));
}
