//! Searching: the language of `query:` arguments. Knows no tables and no GraphQL.

pub mod syntax;
