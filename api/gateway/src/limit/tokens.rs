//! Counts tokens before anything is parsed, in one pass and without allocating.

use super::{Limits, exceeded};
use crate::refuse::RequestError;

/// Refuses a document with too many tokens or brackets nested too deeply. Malformed text passes: the parser
/// says better what is wrong with it.
pub fn tokens(text: &str, limits: &Limits) -> Result<(), RequestError> {
    let bytes = text.as_bytes();
    let (mut at, mut count, mut nesting, mut deepest) = (0, 0_usize, 0_usize, 0);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' | b',' | 0xEF | 0xBB | 0xBF => {
                at += 1;
                continue;
            }
            b'#' => {
                at = line_end(bytes, at);
                continue;
            }
            b'"' => at = string_end(bytes, at),
            b'.' => at += bytes[at..].iter().take(3).take_while(|b| **b == b'.').count(),
            b if is_word(b) => at += bytes[at..].iter().take_while(|b| is_word(**b)).count(),
            _ => at += 1,
        }
        match byte {
            b'{' | b'(' | b'[' => nesting += 1,
            b'}' | b')' | b']' => nesting = nesting.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(nesting);
        count += 1;
        // The rest need not be looked at, however long it is.
        if count > limits.tokens || deepest > limits.nesting {
            break;
        }
    }
    if count > limits.tokens {
        return Err(exceeded(
            "MAX_TOKENS_EXCEEDED",
            "The document",
            "tokens",
            count as u64,
            limits.tokens as u64,
        ));
    }
    if deepest > limits.nesting {
        let (found, max) = (deepest as u64, limits.nesting as u64);
        return Err(exceeded("MAX_DEPTH_EXCEEDED", "The document", "levels of brackets", found, max));
    }
    Ok(())
}

/// Part of a name or number; a sign or a fraction's point belongs to its number closely enough for counting.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-' || byte == b'+'
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().position(|b| *b == b'\n' || *b == b'\r').map_or(bytes.len(), |n| at + n)
}

/// The place after the string that begins at `at`.
fn string_end(bytes: &[u8], at: usize) -> usize {
    let block = bytes[at..].starts_with(b"\"\"\"");
    let close: &[u8] = if block { b"\"\"\"" } else { b"\"" };
    let mut at = at + close.len();
    while at < bytes.len() {
        let rest = &bytes[at..];
        if rest.starts_with(close) {
            return at + close.len();
        }
        at += match rest {
            [b'\\', b'"', b'"', b'"', ..] if block => 4,
            [b'\\', _, ..] if !block => 2,
            _ => 1,
        };
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(tokens: usize, nesting: usize) -> Limits {
        Limits { tokens, nesting, ..Limits::default() }
    }

    fn count(text: &str) -> usize {
        (0..100).find(|n| tokens(text, &limits(*n, 100)).is_ok()).unwrap_or(100)
    }

    #[test]
    fn names_punctuators_and_values_are_one_token_each() {
        assert_eq!(count("query Q($n: Int = 12) { a(first: $n) { ...F } }"), 23);
    }

    #[test]
    fn comments_commas_and_space_are_none() {
        assert_eq!(count("#graphql { { {\n{ a, b ,\t c }"), 5);
    }

    #[test]
    fn a_string_is_one_token_whatever_it_holds() {
        assert_eq!(count(r#"{ a(b: "x \" { { y") }"#), 8);
        assert_eq!(count(r#"{ a(b: """ x \""" " { y """) }"#), 8);
        assert_eq!(count(r#"{ a(b: "never closed"#), 6);
    }

    #[test]
    fn deep_brackets_are_refused_before_parsing() {
        let deep = "{a".repeat(10_000);
        assert!(tokens(&deep, &limits(1_000_000, 64)).is_err());
        assert!(tokens("{a{b{c}}}", &limits(100, 3)).is_ok());
    }
}
