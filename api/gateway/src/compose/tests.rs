//! Subgraphs become one schema: assembled, composed, and refused when they do not fit.

use super::{SdlFile, assemble, compose};

fn file(name: &str, text: &str) -> SdlFile {
    SdlFile { name: name.to_owned(), text: text.to_owned() }
}

const SHARED: &str = r#"
interface Node { id: ID! }
type Money @shareable { amount: Decimal! }
"A number." scalar Decimal @specifiedBy(url: "https://example.com/decimal")
type Unused { x: Int }
"#;

fn two() -> (String, String) {
    let shared = [file("shared", SHARED)];
    let catalog = [
        file(
            "a",
            r#"type Product implements Node @key(fields: "id") { id: ID! "What it costs." price: Money! old: Int @deprecated(reason: "Gone.") }"#,
        ),
        file(
            "b",
            r#"extend type QueryRoot { "One." product("By id." id: ID!): Product } extend type Product { color: Color }
            enum Color { "As blood." RED BLUE @deprecated(reason: "Sad.") }
            input Choice @oneOf { a: Int b: Int }
            extend type Mutation { choose(choice: Choice): Product @access(scopes: ["write_products"]) }"#,
        ),
    ];
    let stock = [file(
        "c",
        r#"type Product @key(fields: "id") { id: ID! stock: Int } extend type QueryRoot { total: Money! }"#,
    )];
    (assemble(&catalog, &shared).unwrap(), assemble(&stock, &shared).unwrap())
}

#[test]
fn only_shared_types_that_are_used_are_taken_in() {
    let (catalog, stock) = two();
    assert!(catalog.contains("interface Node") && catalog.contains("scalar Decimal"));
    assert!(!stock.contains("interface Node") && stock.contains("type Money"));
    assert!(!catalog.contains("Unused"));
    assert_eq!(catalog.matches("type Product").count(), 1);
}

#[test]
fn what_is_wrong_with_a_file_is_said_with_its_name() {
    let twice = [file("a", "type A { x: Int }"), file("b", "type A { y: Int }")];
    assert!(assemble(&twice, &[]).unwrap_err().to_string().contains("b: A is defined twice"));
    let nothing = [file("a", "extend type A { x: Int }")];
    assert!(assemble(&nothing, &[]).unwrap_err().to_string().contains("`extend` of A"));
    let missing = [file("a", "type A { x: Lost }")];
    assert!(assemble(&missing, &[]).unwrap_err().to_string().contains("Lost"));
}

#[test]
fn the_public_schema_keeps_what_clients_see_and_drops_the_rest() {
    let (catalog, stock) = two();
    let composed =
        compose(&[("catalog", &catalog), ("stock", &stock)], "directive @defer on INLINE_FRAGMENT").unwrap();
    for kept in [
        "query: QueryRoot",
        "type QueryRoot {",
        "type Product implements Node {",
        "What it costs.",
        "By id.",
        "As blood.",
        r#"BLUE @deprecated(reason: "Sad.")"#,
        r#"@deprecated(reason: "Gone.")"#,
        "input Choice @oneOf",
        r#"scalar Decimal @specifiedBy(url: "https://example.com/decimal")"#,
        "directive @defer",
    ] {
        assert!(composed.public.contains(kept), "{kept} is lost:\n{}", composed.public);
    }
    for dropped in ["join__", "@access", "@key", "__typename"] {
        assert!(!composed.public.contains(dropped), "{dropped} is left");
    }
}

#[test]
fn both_roots_are_joined_in_the_supergraph() {
    let (catalog, stock) = two();
    let composed = compose(&[("catalog", &catalog), ("stock", &stock)], "").unwrap();
    assert!(
        composed.supergraph.contains("type QueryRoot @join__type(graph: CATALOG) @join__type(graph: STOCK)")
    );
    assert!(
        composed.supergraph.contains("type Mutation @join__type(graph: CATALOG)"),
        "{}",
        composed.supergraph
    );
}
