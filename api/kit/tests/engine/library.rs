//! The library: an SDL, records and functions for it, and a way to ask.

use std::sync::{Arc, Mutex};

use async_graphql::{Value, Variables};
use chrono::{DateTime, Utc};
use mcom_data::Actor;
use mcom_kit::{
    Answer, Args, Asked, Call, Cx, Dynamic, Error, Fault, Options, Record, Registry, Subgraph,
    connection::{Page, Paging},
    record::Shown,
    shown,
};
use mcom_schema::{Currency, Money, Scope, refuse};
use serde::Deserialize;

pub const SDL: &str = include_str!("library.graphql");

/// How many times authors were loaded, and how many at once.
pub static BATCHES: Mutex<Vec<usize>> = Mutex::new(vec![]);

pub struct Book {
    id: String,
    doc: Arc<Doc>,
    tags: Vec<String>,
    chapters: Vec<Option<Chapter>>,
    author: Option<Arc<Author>>,
}
pub struct Doc {
    title: String,
    pages: Option<i64>,
    added_at: DateTime<Utc>,
    price: Money,
}
mcom_kit::record!(Book as "Book" {
    "id" = id, "title" = doc.title, "pages" = doc.pages, "addedAt" = doc.added_at, "price" = doc.price,
    "tags" = tags, "chapters" = chapters,
});

pub struct Chapter {
    title: String,
}
mcom_kit::record!(Chapter as "Chapter" { "title" = title });

pub struct Author {
    id: String,
}
impl Author {
    fn name(&self) -> String {
        format!("Author {}", self.id)
    }
}
mcom_kit::record!(Author as "Author" { "id" = id, "name" => Author::name });

pub struct Note {
    id: i64,
    text: &'static str,
}
impl Note {
    fn gid(&self) -> String {
        format!("n{}", self.id)
    }
}
mcom_kit::record!(Note as "Note" { "id" => Note::gid, "text" = text });
mcom_kit::connection!(NoteConnection, NoteEdge of Note as "NoteConnection" "NoteEdge" {
    "totalCount" = total_count: Option<i64>,
});

pub struct Ledger;
impl Ledger {
    fn id(&self) -> &str {
        "ledger"
    }
    fn total(&self) -> i64 {
        42
    }
}
mcom_kit::record!(Ledger as "Ledger" { "id" => Ledger::id, "total" => Ledger::total });

mcom_kit::user_error!(BookError as "BookError");
mcom_kit::payload!(BookAddPayload as "BookAddPayload" refusing BookError { "book" = book: Option<Arc<Book>> });

fn book(id: &str, title: &str, pages: i64) -> Arc<Book> {
    let chapter = |title: &str| Some(Chapter { title: title.to_owned() });
    let doc = Doc {
        title: title.to_owned(),
        pages: Some(pages),
        added_at: DateTime::from_timestamp(1_772_359_200, 5_000_000).unwrap_or_default(),
        price: Money::new(1250, Currency::EUR),
    };
    Arc::new(Book {
        id: id.to_owned(),
        doc: Arc::new(doc),
        tags: vec!["paper".to_owned()],
        chapters: vec![None, chapter("One"), None, chapter("Two")],
        author: Some(Arc::new(Author { id: "a1".to_owned() })),
    })
}

fn note(id: i64) -> Arc<Note> {
    Arc::new(Note { id, text: "remember" })
}

fn node(id: &str) -> Option<Arc<dyn Record>> {
    match id.split_at(1) {
        ("b", _) => Some(book(id, "Moby-Dick", 635)),
        ("n", number) => Some(note(number.parse().ok()?)),
        ("l", _) => Some(Arc::new(Ledger)),
        _ => None,
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Excerpt {
    length: Option<usize>,
    ending: Option<Ending>,
}
#[derive(Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Ending {
    Dots,
    Nothing,
}

fn excerpt(_: &Cx, book: &Book, args: &Excerpt) -> Result<String, Fault> {
    let ending = if matches!(args.ending, Some(Ending::Dots)) { "…" } else { "" };
    match book.doc.title.get(..args.length.unwrap_or(5)) {
        Some(start) => Ok(format!("{start}{ending}")),
        None => Err(Fault::arguments("length must be within the title")),
    }
}

fn author<'a>(_: &'a Cx, book: &'a Book, _: &Args) -> Result<Shown<'a, Option<Arc<Author>>>, Fault> {
    Ok(shown(&book.author))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Notes {
    #[serde(flatten)]
    paging: Paging,
    by: Option<Filter>,
}
#[derive(Deserialize)]
struct Filter {
    word: Option<String>,
    ending: Option<Ending>,
}

async fn notes(_: &Cx, _: &Book, asked: Asked<Notes>) -> Result<NoteConnection, Error> {
    let page = asked.args.paging.page()?;
    let filtered = asked.args.by.is_some_and(|by| by.ending.is_some() || by.word.is_some());
    let from = if filtered { 100 } else { 1 };
    let rows = (from..from + page.limit()).map(note).collect();
    let total_count = asked.selection.has("totalCount").then_some(7);
    let page = Page::of(&page, rows, |note: &Arc<Note>| format!("c{}", note.id));
    Ok(NoteConnection { total_count, ..NoteConnection::of(page) })
}

async fn loans(_: &Cx, _: &Book, _: Args) -> Result<i64, Error> {
    Ok(3)
}

async fn broken(_: &Cx, _: &Book, _: Args) -> Result<String, Error> {
    Err(Error::bug("spine"))
}

#[derive(Deserialize)]
struct ById {
    id: String,
}

async fn find_book(_: &Cx, args: ById) -> Result<Option<Arc<Book>>, Error> {
    Ok((args.id == "b1").then(|| book("b1", "Moby-Dick", 635)))
}

async fn find_nodes(_: &Cx, args: Args) -> Result<Vec<Option<Arc<dyn Record>>>, Error> {
    let id = |id: &Value| if let Value::String(id) = id { node(id) } else { None };
    Ok(args.list("ids").iter().map(id).collect())
}

async fn search(_: &Cx, _: Args) -> Result<Vec<Arc<dyn Record>>, Error> {
    Ok(["b1", "n1"].into_iter().filter_map(node).collect())
}

async fn ledger(_: &Cx, _: Args) -> Result<Option<Ledger>, Error> {
    Ok(Some(Ledger))
}

async fn shelves(_: &Cx, _: Args) -> Result<Vec<Vec<Option<Arc<Note>>>>, Error> {
    Ok(vec![vec![None, Some(note(1))], vec![Some(note(2)), None, Some(note(3))]])
}

#[derive(Deserialize)]
struct BookAdd {
    input: BookInput,
}
#[derive(Deserialize)]
struct BookInput {
    title: String,
    pages: Option<i64>,
}

async fn book_add(_: &Cx, args: BookAdd) -> Result<BookAddPayload, Error> {
    match args.input.title.as_str() {
        "" => Err(refuse("input.title", "BLANK", "Title can't be blank").into()),
        "lost" => Err(Error::Conflict("shelf")),
        title => {
            let book = Some(book("b2", title, args.input.pages.unwrap_or_default()));
            Ok(BookAddPayload { book, ..BookAddPayload::default() })
        }
    }
}

async fn load_books(_: &Cx, keys: Vec<ById>) -> Result<Vec<Option<Arc<Book>>>, Error> {
    Ok(keys.iter().map(|key| (key.id != "gone").then(|| book(&key.id, "Loaded", 10))).collect())
}

async fn load_authors(_: &Cx, keys: Vec<ById>) -> Result<Vec<Option<Arc<Author>>>, Error> {
    BATCHES.lock().unwrap().push(keys.len());
    if keys.iter().any(|key| key.id == "a-bad") {
        return Err(Error::NotFound("author"));
    }
    Ok(keys.into_iter().map(|key| Some(Arc::new(Author { id: key.id }))).collect())
}

async fn load_ledgers(_: &Cx, keys: Vec<ById>) -> Result<Vec<Option<Arc<Ledger>>>, Error> {
    Ok(keys.iter().map(|_| Some(Arc::new(Ledger))).collect())
}

pub fn registry() -> Registry {
    let mut registry = Registry::default();
    registry
        .query("book", find_book)
        .query("nodes", find_nodes)
        .query("search", search)
        .query("ledger", ledger)
        .query("shelves", shelves)
        .mutation("bookAdd", book_add)
        .entity(load_books)
        .entity(load_authors)
        .entity(load_ledgers);
    registry
        .on::<Book>()
        .field("excerpt", excerpt)
        .field("author", author)
        .load("notes", notes)
        .load("loans", loans)
        .load("broken", broken);
    registry
}

pub fn engine() -> Dynamic {
    Dynamic::build(SDL, registry(), Options { require_access: true }).unwrap()
}

pub async fn ask_as(scopes: &[Scope], query: &str, variables: Value) -> Answer {
    let cx = Cx::offline(Actor::App { token: 1, scopes: scopes.to_vec() });
    let engine = engine();
    let op = engine.prepare(query).unwrap();
    let variables = Variables::from_value(variables);
    engine.call(Call { op: &op, variables, cx: &cx }).await
}

pub async fn ask(query: &str) -> Answer {
    ask_as(&[], query, Value::Null).await
}

/// The paths of all errors as `a.0.b: message`.
pub fn said(answer: &Answer) -> Vec<String> {
    let part = |segment: &async_graphql::PathSegment| match segment {
        async_graphql::PathSegment::Field(name) => name.clone(),
        async_graphql::PathSegment::Index(index) => index.to_string(),
    };
    let line = |failure: &mcom_kit::Failure| {
        format!("{}: {}", failure.path.iter().map(part).collect::<Vec<_>>().join("."), failure.message)
    };
    answer.errors.iter().map(line).collect()
}
