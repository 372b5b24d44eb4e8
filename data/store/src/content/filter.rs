//! Conditions on pages, blogs and articles, and how they become SQL.

use chrono::{DateTime, Utc};
use diesel::{
    BoxableExpression,
    dsl::not,
    expression::NonAggregate,
    pg::Pg,
    prelude::*,
    sql_types::{Bool, Text, Timestamptz},
};
use mcom_schema::text::fold;

/// What a list is narrowed down by.
#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    /// Every part holds; without parts everything passes.
    All(Vec<Filter>),
    /// At least one part holds; without parts nothing passes.
    Any(Vec<Filter>),
    /// The part does not hold.
    Not(Box<Filter>),
    /// One condition.
    Is(ContentTerm),
}

/// One condition. What a thing does not have never holds.
#[derive(Debug, Clone, PartialEq)]
pub enum ContentTerm {
    /// A word that occurs in the title or in the handle.
    Word(String),
    /// The title.
    Title(Match),
    /// The handle.
    Handle(Match),
    /// Who wrote it.
    Author(Match),
    /// What the article's blog is called.
    BlogTitle(Match),
    /// A label.
    Tag(String),
    /// When it was made.
    CreatedAt(Compare),
    /// When it was last changed.
    UpdatedAt(Compare),
    /// When it was published.
    PublishedAt(Compare),
}

/// How text is compared: without regard to case and accents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// It is this.
    Whole(String),
    /// It begins with this.
    Prefix(String),
}

/// How instants are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compare {
    /// At this instant.
    Is(DateTime<Utc>),
    /// Before it.
    Below(DateTime<Utc>),
    /// Not after it.
    AtMost(DateTime<Utc>),
    /// After it.
    Above(DateTime<Utc>),
    /// Not before it.
    AtLeast(DateTime<Utc>),
}

/// A condition on rows of a table.
pub(crate) type Sql<T> = Box<dyn BoxableExpression<T, Pg, SqlType = Bool>>;

/// The condition that `filter` means; `term` knows the table's columns.
pub(crate) fn condition<T: 'static>(filter: &Filter, term: &dyn Fn(&ContentTerm) -> Sql<T>) -> Sql<T> {
    match filter {
        Filter::All(parts) => {
            let parts = parts.iter().map(|part| condition(part, term));
            parts.reduce(|one, other| Box::new(one.and(other))).unwrap_or_else(|| holds(true))
        }
        Filter::Any(parts) => {
            let parts = parts.iter().map(|part| condition(part, term));
            parts.reduce(|one, other| Box::new(one.or(other))).unwrap_or_else(|| holds(false))
        }
        Filter::Not(part) => Box::new(not(condition(part, term))),
        Filter::Is(is) => term(is),
    }
}

/// What always holds, or never.
pub(crate) fn holds<T>(yes: bool) -> Sql<T> {
    Box::new(yes.into_sql::<Bool>())
}

/// Compares a column of folded text.
pub(crate) fn word<T, C>(column: C, by: &Match) -> Sql<T>
where
    C: Expression<SqlType = Text> + NonAggregate + 'static,
    diesel::dsl::Eq<C, String>: BoxableExpression<T, Pg, SqlType = Bool>,
    diesel::dsl::Like<C, String>: BoxableExpression<T, Pg, SqlType = Bool>,
{
    match by {
        Match::Whole(text) => Box::new(column.eq(fold(text))),
        Match::Prefix(text) => Box::new(column.like(format!("{}%", escaped(&fold(text))))),
    }
}

/// Compares a column of instants.
pub(crate) fn between<T, C>(column: C, by: Compare) -> Sql<T>
where
    C: Expression<SqlType = Timestamptz> + NonAggregate + 'static,
    diesel::dsl::Eq<C, DateTime<Utc>>: BoxableExpression<T, Pg, SqlType = Bool>,
    diesel::dsl::Lt<C, DateTime<Utc>>: BoxableExpression<T, Pg, SqlType = Bool>,
    diesel::dsl::LtEq<C, DateTime<Utc>>: BoxableExpression<T, Pg, SqlType = Bool>,
    diesel::dsl::Gt<C, DateTime<Utc>>: BoxableExpression<T, Pg, SqlType = Bool>,
    diesel::dsl::GtEq<C, DateTime<Utc>>: BoxableExpression<T, Pg, SqlType = Bool>,
{
    match by {
        Compare::Is(at) => Box::new(column.eq(at)),
        Compare::Below(at) => Box::new(column.lt(at)),
        Compare::AtMost(at) => Box::new(column.le(at)),
        Compare::Above(at) => Box::new(column.gt(at)),
        Compare::AtLeast(at) => Box::new(column.ge(at)),
    }
}

/// A pattern for folded text that has this in it.
pub(crate) fn anywhere(text: &str) -> String {
    format!("%{}%", escaped(&fold(text)))
}

/// Text whose wildcards are plain characters.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}
