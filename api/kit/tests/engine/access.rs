//! Guards on fields, on types and on mutations.

use async_graphql::{Value, value};
use mcom_schema::Scope;

use crate::library::{ask_as, said};

const DENIED: &str = "Access denied for loans field. Required access: `read_customers` access scope.";

#[tokio::test]
async fn a_guarded_field_is_null_without_its_scope() {
    let query = "{ book(id: \"b1\") { title loans } }";
    let answer = ask_as(&[], query, Value::Null).await;
    assert_eq!(answer.data, value!({ "book": { "title": "Moby-Dick", "loans": Value::Null } }));
    assert_eq!(said(&answer), [format!("book.loans: {DENIED}")]);
    assert_eq!(answer.errors[0].extensions.get("code"), Some(&Value::from("ACCESS_DENIED")));
    let answer = ask_as(&[Scope::WriteCustomers], query, Value::Null).await;
    assert_eq!(answer.data, value!({ "book": { "title": "Moby-Dick", "loans": 3 } }));
}

#[tokio::test]
async fn a_guarded_type_is_guarded_by_every_way() {
    let direct = ask_as(&[], "{ ledger { total } }", Value::Null).await;
    assert_eq!(direct.data, value!({ "ledger": Value::Null }));
    let nodes = "{ nodes(ids: [\"l1\", \"n1\"]) { id } }";
    let answer = ask_as(&[], nodes, Value::Null).await;
    assert_eq!(answer.data, value!({ "nodes": [Value::Null, { "id": "n1" }] }));
    assert!(said(&answer)[0].starts_with("nodes.0: Access denied"), "{:?}", said(&answer));
    let answer = ask_as(&[Scope::ReadOrders], nodes, Value::Null).await;
    assert_eq!(answer.data, value!({ "nodes": [{ "id": "ledger" }, { "id": "n1" }] }));
}

#[tokio::test]
async fn a_mutation_does_nothing_without_its_scope() {
    let add = "mutation { bookAdd(input: { title: \"x\" }) { book { title } } }";
    let answer = ask_as(&[Scope::ReadProducts], add, Value::Null).await;
    assert_eq!(answer.data, value!({ "bookAdd": Value::Null }));
    assert!(said(&answer)[0].starts_with("bookAdd: Access denied for bookAdd field."));
}

#[tokio::test]
async fn an_entity_is_guarded_like_its_type() {
    let query = "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Ledger { total } } }";
    let ask = |scopes: &'static [Scope]| {
        ask_as(scopes, query, value!({ "r": [{ "__typename": "Ledger", "id": "ledger" }] }))
    };
    let denied = ask(&[]).await;
    assert_eq!(denied.data, value!({ "_entities": [Value::Null] }));
    assert!(said(&denied)[0].starts_with("_entities.0: Access denied"), "{:?}", said(&denied));
    assert_eq!(ask(&[Scope::ReadOrders]).await.data, value!({ "_entities": [{ "total": 42 }] }));
}
