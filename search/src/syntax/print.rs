//! A query as text again, in one spelling: for logs, and to prove that reading loses nothing.

use std::fmt::{self, Display};

use super::{Comparator, Query, Term, Value};

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Query::All(parts) => join(f, parts, " "),
            Query::Any(parts) => join(f, parts, " OR "),
            Query::Not(part) => write!(f, "-{}", Operand(part)),
            Query::Term(term) => term.fmt(f),
        }
    }
}

/// A part inside another: in parentheses if it has parts itself.
struct Operand<'a>(&'a Query);

impl fmt::Display for Operand<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Query::All(_) | Query::Any(_) => write!(f, "({})", self.0),
            other => other.fmt(f),
        }
    }
}

fn join(f: &mut fmt::Formatter<'_>, parts: &[Query], between: &str) -> fmt::Result {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            f.write_str(between)?;
        }
        Operand(part).fmt(f)?;
    }
    Ok(())
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.key {
            Some(key) => write!(f, "{key}:{}", self.comparator)?,
            None if ["AND", "OR", "NOT"].contains(&self.value.text.as_str()) && !self.value.quoted => {
                f.write_str("\\")?;
            }
            None => {}
        }
        self.value.fmt(f)
    }
}

impl fmt::Display for Comparator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Comparator::Equal => "",
            Comparator::Below => "<",
            Comparator::AtMost => "<=",
            Comparator::Above => ">",
            Comparator::AtLeast => ">=",
        })
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let star = if self.prefix { "*" } else { "" };
        if self.quoted {
            return write!(f, "\"{}\"{star}", self.text.replace('\\', "\\\\").replace('"', "\\\""));
        }
        for c in self.text.chars() {
            if c.is_whitespace() || "()\\:*\"'-<>=".contains(c) {
                f.write_str("\\")?;
            }
            write!(f, "{c}")?;
        }
        f.write_str(star)
    }
}
