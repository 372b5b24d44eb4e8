//! What is said of an SDL that the code does not match.

use mcom_kit::{Dynamic, Options};

use crate::library::{SDL, registry};

/// What is said after one change of the SDL.
fn complaints(from: &str, to: &str) -> Vec<String> {
    assert!(SDL.contains(from), "{from}");
    let changed = SDL.replacen(from, to, 1);
    match Dynamic::build(&changed, registry(), Options { require_access: true }) {
        Ok(_) => vec![],
        Err(complaints) => complaints.0,
    }
}

fn complains(from: &str, to: &str, expected: &str) {
    let said = complaints(from, to);
    assert!(said.iter().any(|line| line.contains(expected)), "expected «{expected}» in {said:#?}");
}

#[test]
fn the_library_agrees_with_itself() {
    assert_eq!(complaints("", ""), Vec::<String>::new());
}

#[test]
fn fields_and_code_must_match_by_name() {
    complains("  pages: Int\n", "  pages: Int\n  weight: Int\n", "Book.weight: nobody answers it");
    complains("  pages: Int\n", "", "Book.pages: a property of a record, but not in the SDL");
    complains("  ledger: Ledger\n", "", "QueryRoot.ledger: a registered query, but not in the SDL");
    complains(
        "  ledger: Ledger\n",
        "  ledger: Ledger\n  now: Int\n",
        "QueryRoot.now: no function answers it",
    );
    complains("  pages: Int\n", "  pages(of: Int): Int\n", "Book.pages: has arguments");
}

#[test]
fn kinds_and_nullability_must_match() {
    complains("pages: Int\n", "pages: Int!\n", "Book.pages: Int! in the SDL, but the code may give null");
    complains("pages: Int\n", "pages: String\n", "Book.pages: String in the SDL, but the code gives an Int");
    complains(
        "tags: [String!]!",
        "tags: String!",
        "Book.tags: String! in the SDL, but the code gives a list of text",
    );
    complains(
        "chapters: [Chapter]!",
        "chapters: [Chapter!]!",
        "Book.chapters: [Chapter!]! in the SDL, but the code may give null",
    );
    complains(
        "author: Author\n",
        "author: Note\n",
        "Book.author: Note in the SDL, but the code gives a Author",
    );
}

#[test]
fn mutations_need_a_permission_where_it_is_demanded() {
    complains(" @access(scopes: [\"write_products\"])", "", "Mutation.bookAdd: says nobody's permission");
    complains("write_products", "write_everything", "@access names no known scope: \"write_everything\"");
}

#[test]
fn entities_types_and_interfaces_must_exist() {
    complains(
        "type Chapter { title: String! }",
        "type Chapter { title: String! } type Map { id: ID! }",
        "Map: no record answers this type",
    );
    complains(
        "type Book implements Node @key(fields: \"id\")",
        "type Book implements Node",
        "Book: has an entity loader but no @key",
    );
    complains(
        "type Note implements Node {",
        "type Note implements Node @key(fields: \"id\") {",
        "Note: has a @key but no loader",
    );
    complains("pages: Int\n", "pages: Number\n", "Book.pages: Number is not a type of this SDL");
    complains(
        "Node { id: ID! }",
        "Node { id: ID! handle: String }",
        "Book: implements Node but lacks its field handle",
    );
    complains("pages: Int = 100", "pages: Int = \"many\"", "BookInput.pages: the default does not fit");
}

#[test]
fn every_argument_must_be_read_as_what_it_is() {
    let unread = "Mutation.bookAdd(input.tags): in the SDL, but BookInput does not read it";
    complains("pages: Int = 100", "pages: Int = 100 tags: [String!]", unread);
    complains(
        "title: String! pages: Int = 100",
        "title: String!",
        "BookInput reads pages, which the SDL does not have",
    );
    complains("input BookInput { title: String!", "input BookInput { title: String", "so it may be null");
    complains(
        "pages: Int = 100",
        "pages: String",
        "Mutation.bookAdd(input.pages): String in the SDL, but the code reads a whole number",
    );
    complains(
        "excerpt(length: Int = 5,",
        "excerpt(length: [Int!],",
        "Book.excerpt(length): [Int!] in the SDL, but the code reads a whole number",
    );
    complains(
        "enum Ending { DOTS NOTHING }",
        "enum Ending { DOTS NOTHING STARS }",
        "Book.excerpt(ending): Ending has STARS, which Ending does not read",
    );
    complains(
        "book(id: ID!)",
        "book(id: ID!, isbn: String)",
        "QueryRoot.book(isbn): in the SDL, but ById does not read it",
    );
}
