//! The `query:` language: `tag:sale -vendor:acme (red OR "dark blue") created_at:>=2026-01-01`.
//!
//! Terms that stand side by side must all match; `AND` says so, `OR` gives a choice and binds less tightly, `NOT` and `-`
//! turn the next term or group round. Reading never fails on what a person typed: a stray parenthesis or operator is
//! passed over. Only a query that is too large to be worth answering is refused.

mod lexer;
mod moment;
mod parser;
mod print;
#[cfg(test)]
mod tests;
mod translate;
mod unread;

pub use moment::Moment;
pub use translate::Build;

/// The most characters a query may have.
pub const LONGEST: usize = 10_000;

/// The most terms a query may have.
pub const MOST_TERMS: usize = 250;

/// How deep groups may lie in each other; parentheses below that depth are passed over.
pub const DEEPEST: usize = 32;

/// A query as a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// Every part matches. Without parts: everything does.
    All(Vec<Query>),
    /// At least one of two or more parts matches.
    Any(Vec<Query>),
    /// The part does not match.
    Not(Box<Query>),
    /// One condition.
    Term(Term),
}

/// One condition: `vendor:acme`, `price:>=10`, `"dark blue"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The key, in lower case; none for words that are looked for wherever that makes sense.
    pub key: Option<String>,
    /// How the value is compared.
    pub comparator: Comparator,
    /// What it is compared with.
    pub value: Value,
}

/// How a term compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Comparator {
    /// `:`
    #[default]
    Equal,
    /// `:<`
    Below,
    /// `:<=`
    AtMost,
    /// `:>`
    Above,
    /// `:>=`
    AtLeast,
}

/// The value of a term.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Value {
    /// The text, without quotes, escapes and the star.
    pub text: String,
    /// It was quoted: one value, even with commas in it.
    pub quoted: bool,
    /// It ended in a star: whatever begins with the text. A star alone: whatever has a value at all.
    pub prefix: bool,
}

/// Why a query is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TooLarge {
    /// More than [`LONGEST`] characters.
    #[error("the query is too long (at most {LONGEST} characters)")]
    Long,
    /// More than [`MOST_TERMS`] terms.
    #[error("the query has too many terms (at most {MOST_TERMS})")]
    Terms,
}

/// Reads a query. Blank text gives `All([])`, which everything matches.
///
/// # Errors
/// The query is too large.
pub fn parse(text: &str) -> Result<Query, TooLarge> {
    if text.len() > LONGEST {
        return Err(TooLarge::Long);
    }
    let tokens = lexer::tokens(text);
    let terms = tokens.iter().filter(|token| matches!(token, lexer::Token::Term(_))).count();
    if terms > MOST_TERMS {
        return Err(TooLarge::Terms);
    }
    Ok(parser::Parser::new(tokens).query())
}

impl Query {
    /// Every term, from left to right.
    pub fn terms(&self) -> Vec<&Term> {
        match self {
            Query::All(parts) | Query::Any(parts) => parts.iter().flat_map(Query::terms).collect(),
            Query::Not(part) => part.terms(),
            Query::Term(term) => vec![term],
        }
    }
}

impl Value {
    /// The single values of a list written with commas; a quoted value is always one.
    pub fn choices(&self) -> Vec<&str> {
        if self.quoted {
            return vec![&self.text];
        }
        self.text.split(',').map(str::trim).filter(|choice| !choice.is_empty()).collect()
    }

    /// Whether any value at all is meant (`key:*`).
    pub fn is_any(&self) -> bool {
        self.prefix && self.text.is_empty()
    }
}
