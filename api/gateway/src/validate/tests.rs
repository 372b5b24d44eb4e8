use super::*;
use crate::document::read;
use crate::limit::Limits;
use serde_json::{Value, json};

const SDL: &str = r#"
schema { query: QueryRoot mutation: Mutation }
type QueryRoot { product(id: ID!): Product find(by: Find, first: Int = 10): [Product!]! thing: Thing node: Node }
type Mutation { save(input: Input!): Product }
interface Node { id: ID! }
type Product implements Node { id: ID! title(length: Int): String! color: Color }
type Card implements Node { id: ID! code: String }
union Thing = Product | Card
enum Color { RED }
input Input { title: String! color: Color tags: [String!] = [] }
input Find @oneOf { id: ID handle: String }
directive @inContext(country: String) on QUERY
"#;

fn errors(query: &str) -> Vec<Value> {
    let schema = Schema::read(SDL).unwrap();
    match read(query, &schema, &Limits::default()) {
        Ok(_) => vec![],
        Err(refused) => refused.errors().iter().map(|e| serde_json::to_value(e).unwrap()).collect(),
    }
}

fn codes(query: &str) -> Vec<String> {
    errors(query).iter().map(|e| e["extensions"]["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn errors_have_the_shape_that_clients_know() {
    assert_eq!(
        errors("query Q { nope }"),
        [json!({
            "message": "Field 'nope' doesn't exist on type 'QueryRoot'",
            "locations": [{ "line": 1, "column": 11 }],
            "path": ["query Q", "nope"],
            "extensions": { "code": "undefinedField", "typeName": "QueryRoot", "fieldName": "nope" },
        })]
    );
    assert_eq!(
        errors("{ product { id } }")[0],
        json!({
            "message": "Field 'product' is missing required arguments: id",
            "locations": [{ "line": 1, "column": 3 }],
            "path": ["query", "product"],
            "extensions": {
                "code": "missingRequiredArguments", "className": "Field", "name": "product", "arguments": "id",
            },
        })
    );
    assert_eq!(
        errors("mutation M { save(input: {color: RED}) { id } }")[0]["extensions"],
        json!({
            "code": "missingRequiredInputObjectAttribute", "argumentName": "title",
            "argumentType": "String!", "inputObjectType": "Input",
        })
    );
}

#[test]
fn every_violation_has_its_code() {
    for (query, code) in [
        ("{ product(id: 1, x: 2) { id } }", "argumentNotAccepted"),
        ("{ product(id: {a: 1}) { id } }", "argumentLiteralsIncompatible"),
        ("{ find(first: \"x\") { id } }", "argumentLiteralsIncompatible"),
        ("{ product(id: 1) }", "selectionMismatch"),
        ("{ product(id: 1) { id { x } } }", "selectionMismatch"),
        ("query ($a: Int) { thing { __typename } }", "variableNotUsed"),
        ("{ product(id: $a) { id } }", "variableNotDefined"),
        ("query ($a: Int) { product(id: $a) { id } }", "variableMismatch"),
        ("query ($a: Product) { product(id: $a) { id } }", "variableRequiresValidType"),
        ("{ product(id: 1) @nope { id } }", "undefinedDirective"),
        ("{ product(id: 1) @inContext(country: \"DE\") { id } }", "directiveCannotBeApplied"),
        ("{ thing { ... on Nope { id } } }", "undefinedType"),
        ("{ thing { ... on Color { id } } }", "fragmentOnNonCompositeType"),
        ("{ product(id: 1) { ... on Card { id } } }", "cannotSpreadFragment"),
        ("{ thing { ...F } }", "useAndDefineFragment"),
        ("{ thing { __typename } } fragment F on Card { id }", "useAndDefineFragment"),
        ("{ thing { ...F } } fragment F on Card { ...F }", "infiniteLoop"),
        ("{ find(by: {id: 1, handle: \"x\"}) { id } }", "invalidOneOfInputObject"),
        ("{ product(id: 1) { a: id a: title } }", "fieldConflict"),
        ("{ product(id: 1) { title title(length: 2) } }", "fieldConflict"),
        ("{ thing { ... on Product { x: title } ... on Card { x: code } } }", "fieldConflict"),
        ("query A { thing { __typename } } query A { thing { __typename } }", "uniquelyNamedOperations"),
        ("subscription { x }", "missing_operation_type"),
        ("{ thing", "PARSE_ERROR"),
    ] {
        assert_eq!(codes(query).first().map(String::as_str), Some(code), "{query}: {:?}", errors(query));
    }
}

#[test]
fn valid_documents_pass() {
    for query in [
        "{ product(id: 1) { id title color } }",
        "query Q($id: ID!, $n: Int = 2) @inContext(country: \"DE\") { product(id: $id) { title(length: $n) } }",
        "query ($n: Int) { find(first: $n, by: {handle: \"x\"}) { id } }",
        "query ($by: Find) { find(by: $by) { id } }",
        "mutation ($t: String!) { save(input: {title: $t, tags: \"a\"}) { id } }",
        "{ thing { ... on Node { id ... on Product { title } } ...F } __typename } fragment F on Card { code }",
        "{ thing { ... on Product { x: id } ... on Card { x: id } } node { id __typename } }",
        "{ a: product(id: 1) { id } a: product(id: 1) { title } }",
        "{ __schema { types { name } } __type(name: \"Product\") { fields { name } } }",
    ] {
        assert_eq!(errors(query), Vec::<Value>::new(), "{query}");
    }
}

#[test]
fn a_syntax_error_names_what_it_met_and_where() {
    let message = errors("{ thing }}")[0]["message"].as_str().unwrap().to_owned();
    assert_eq!(message, "syntax error, unexpected \"}\" at [1, 10]");
    let message = errors("query {\n  thing")[0]["message"].as_str().unwrap().to_owned();
    assert!(message.starts_with("syntax error, unexpected end of file at ["), "{message}");
}

#[test]
fn hostile_documents_are_refused_quickly() {
    let aliases: String = (0..10_000).map(|n| format!("a{n}: thing {{ __typename }} ")).collect();
    let deep = "{ node ".repeat(5_000) + &"}".repeat(5_000);
    let doubling: String =
        (0..60).map(|n| format!("fragment F{n} on Node {{ ...F{m} ...F{m} }} ", m = n + 1)).collect();
    let repeated = "id ".repeat(2_400);
    let circle: String =
        (0..500).map(|n| format!("fragment F{n} on Node {{ ...F{} }} ", (n + 1) % 500)).collect();
    let list = format!("{{ find(by: {}1{}) {{ id }} }}", "[".repeat(20_000), "]".repeat(20_000));
    let schema = Schema::read(SDL).unwrap();
    for (name, query) in [
        ("aliases", format!("{{ {aliases} }}")),
        ("depth", deep),
        (
            "doubling fragments",
            format!("{{ node {{ ...F0 }} }} {doubling} fragment F60 on Node {{ id id id }}"),
        ),
        ("repeated fields", format!("{{ node {{ {repeated} nope }} }}")),
        ("circles", format!("{{ node {{ ...F0 }} }} {circle}")),
        ("nested lists", list),
    ] {
        let start = std::time::Instant::now();
        assert!(read(&query, &schema, &Limits::default()).is_err(), "{name} passed");
        // Unoptimized and on a busy machine; a release build takes a tenth.
        assert!(start.elapsed().as_millis() < 500, "{name} took {:?}", start.elapsed());
    }
}
