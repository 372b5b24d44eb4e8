//! From characters to tokens.

use std::{iter::Peekable, str::Chars};

use super::{Comparator, Term, Value};

/// A piece of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Open,
    Close,
    And,
    Or,
    Not,
    Term(Term),
}

/// A word as it is being read: which of its characters were escaped decides what they mean.
#[derive(Default)]
struct Word {
    text: String,
    /// A colon followed: it is the key of a term.
    key: bool,
    /// The last character is a star that was not escaped.
    star: bool,
    escaped: bool,
}

/// Splits a query into tokens.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut rest = text.chars().peekable();
    let mut tokens = Vec::new();
    while let Some(&c) = rest.peek() {
        match c {
            c if c.is_whitespace() => drop(rest.next()),
            '(' | ')' => {
                rest.next();
                tokens.push(if c == '(' { Token::Open } else { Token::Close });
            }
            '-' => {
                rest.next();
                tokens.push(Token::Not);
            }
            '"' | '\'' => {
                tokens.extend(plain(quoted(&mut rest)));
            }
            _ => tokens.extend(word_token(&mut rest)),
        }
    }
    tokens
}

fn word_token(rest: &mut Peekable<Chars<'_>>) -> Option<Token> {
    let mut word = Word::default();
    word.read(rest, true);
    match word.text.as_str() {
        "AND" if !word.escaped => Some(Token::And),
        "OR" if !word.escaped => Some(Token::Or),
        "NOT" if !word.escaped => Some(Token::Not),
        _ if word.key => Some(Token::Term(keyed(&word.text, rest))),
        _ => plain(word.value()),
    }
}

/// A value without a key. Nothing is looked for in vain: empty ones are passed over.
fn plain(value: Value) -> Option<Token> {
    let empty = value.text.is_empty() && !value.prefix;
    (!empty).then_some(Token::Term(Term { key: None, comparator: Comparator::Equal, value }))
}

/// What follows `key:`: a comparator, perhaps blanks, and a quoted or bare value.
fn keyed(key: &str, rest: &mut Peekable<Chars<'_>>) -> Term {
    let comparator = comparator(rest);
    while rest.next_if(|c| c.is_whitespace()).is_some() {}
    let value = match rest.peek() {
        Some('"' | '\'') => quoted(rest),
        _ => {
            let mut word = Word::default();
            word.read(rest, false);
            let value = word.value();
            // A key without a value reads like one with an empty value.
            Value { quoted: value.text.is_empty() && !value.prefix, ..value }
        }
    };
    Term { key: Some(key.to_lowercase()), comparator, value }
}

fn comparator(rest: &mut Peekable<Chars<'_>>) -> Comparator {
    let (strict, loose) = match rest.peek() {
        Some('<') => (Comparator::Below, Comparator::AtMost),
        Some('>') => (Comparator::Above, Comparator::AtLeast),
        Some('=') => (Comparator::Equal, Comparator::Equal),
        _ => return Comparator::Equal,
    };
    rest.next();
    if rest.next_if_eq(&'=').is_some() { loose } else { strict }
}

/// Up to the closing quote, or to the end if there is none. A star directly behind the quote asks for a prefix.
fn quoted(rest: &mut Peekable<Chars<'_>>) -> Value {
    let quote = rest.next();
    let mut text = String::new();
    while let Some(c) = rest.next() {
        match c {
            '\\' => text.extend(rest.next()),
            c if Some(c) == quote => break,
            c => text.push(c),
        }
    }
    let prefix = rest.next_if_eq(&'*').is_some();
    Value { text, quoted: true, prefix }
}

impl Word {
    /// Reads up to a blank or a parenthesis; with `may_be_key` also up to the colon behind a key.
    fn read(&mut self, rest: &mut Peekable<Chars<'_>>, may_be_key: bool) {
        while let Some(c) = rest.next_if(|c| !c.is_whitespace() && !matches!(c, '(' | ')')) {
            self.star = false;
            match c {
                '\\' => {
                    self.escaped = true;
                    self.text.extend(rest.next());
                }
                ':' if may_be_key && is_key(&self.text) => {
                    self.key = true;
                    return;
                }
                c => {
                    self.star = c == '*';
                    self.text.push(c);
                }
            }
        }
    }

    fn value(mut self) -> Value {
        if self.star {
            self.text.pop();
        }
        Value { text: self.text, quoted: false, prefix: self.star }
    }
}

/// Keys are names like `created_at`, or paths like `metafields.custom.color`.
pub(super) fn is_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'))
}
