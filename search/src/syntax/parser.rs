//! From tokens to the tree. `OR` binds least, then `AND` and neighbourhood, then `NOT`.

use std::{iter::Peekable, vec::IntoIter};

use super::{DEEPEST, Query, lexer::Token};

/// Reads tokens from left to right, one function per level of binding.
pub(super) struct Parser {
    rest: Peekable<IntoIter<Token>>,
    depth: usize,
}

impl Parser {
    pub(super) fn new(tokens: Vec<Token>) -> Self {
        Parser { rest: tokens.into_iter().peekable(), depth: 0 }
    }

    /// The whole query. A `)` without its `(` is passed over.
    pub(super) fn query(mut self) -> Query {
        let mut parts = Vec::new();
        while self.rest.peek().is_some() {
            parts.extend(self.choice());
            self.rest.next_if_eq(&Token::Close);
        }
        all(parts).unwrap_or(Query::All(vec![]))
    }

    /// Alternatives, up to the end or a `)`. Nothing, if there is nothing but operators.
    fn choice(&mut self) -> Option<Query> {
        let mut parts = Vec::new();
        loop {
            parts.extend(self.sequence());
            if self.rest.next_if_eq(&Token::Or).is_none() {
                break;
            }
        }
        if parts.len() > 1 { Some(Query::Any(flat(parts, true))) } else { parts.pop() }
    }

    /// What must match together, up to an `OR`, a `)` or the end.
    fn sequence(&mut self) -> Option<Query> {
        let mut parts = Vec::new();
        while let Some(token) = self.rest.next_if(|token| !matches!(token, Token::Or | Token::Close)) {
            parts.extend(self.part(token));
        }
        all(parts)
    }

    fn part(&mut self, token: Token) -> Option<Query> {
        match token {
            Token::Term(term) => Some(Query::Term(term)),
            Token::Open => self.group(),
            Token::Not => self.negation(),
            Token::And | Token::Or | Token::Close => None,
        }
    }

    /// Two negations in a row are none.
    fn negation(&mut self) -> Option<Query> {
        let mut turned = true;
        while self.rest.next_if_eq(&Token::Not).is_some() {
            turned = !turned;
        }
        let token = self.rest.next_if(|token| matches!(token, Token::Term(_) | Token::Open))?;
        let part = self.part(token)?;
        match part {
            Query::Not(inner) if turned => Some(*inner),
            part if turned => Some(Query::Not(Box::new(part))),
            part => Some(part),
        }
    }

    fn group(&mut self) -> Option<Query> {
        if self.depth == DEEPEST {
            return None;
        }
        self.depth += 1;
        let inner = self.choice();
        self.depth -= 1;
        self.rest.next_if_eq(&Token::Close);
        inner
    }
}

/// The parts as one that needs them all; a single part stands for itself.
fn all(parts: Vec<Query>) -> Option<Query> {
    let mut parts = flat(parts, false);
    if parts.len() > 1 { Some(Query::All(parts)) } else { parts.pop() }
}

/// Dissolves groups of the same kind: `a (b c)` is `a b c`.
fn flat(parts: Vec<Query>, any: bool) -> Vec<Query> {
    let inner = |part| match part {
        Query::Any(inner) if any => inner,
        Query::All(inner) if !any => inner,
        other => vec![other],
    };
    parts.into_iter().flat_map(inner).collect()
}
