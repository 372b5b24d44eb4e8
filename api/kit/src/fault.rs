//! A fault: an error of one field, in the words and with the extensions that the client gets to see.

use std::{borrow::Cow, fmt};

use async_graphql::{Value, indexmap::IndexMap};

use crate::types::Problem;

/// Extensions of an error, in the order in which they are printed.
pub type Extensions = IndexMap<String, Value>;

/// An error that a client may read. Anything that it may not read has been masked before.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// A sentence.
    pub message: String,
    /// What goes into `extensions`, `code` first.
    pub extensions: Extensions,
}

impl Fault {
    /// A fault with a code, such as `NOT_FOUND`.
    pub fn new(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        let mut extensions = Extensions::new();
        extensions.insert("code".to_owned(), Value::String(code.into().into_owned()));
        Fault { message: message.into(), extensions }
    }

    /// The same fault with one more extension.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.extensions.insert(name.to_owned(), value.into());
        self
    }

    /// Arguments that are right in kind but not in value: `limit must be within 1..10`.
    pub fn arguments(message: impl Into<String>) -> Self {
        Fault::new("INVALID_FIELD_ARGUMENTS", message)
    }

    /// An id that is none, or one of another kind of thing.
    pub fn invalid_id() -> Self {
        Fault::new("RESOURCE_NOT_FOUND", "invalid id")
    }

    /// Refuses an input list that is longer than `allowed`.
    ///
    /// # Errors
    /// `MAX_INPUT_SIZE_EXCEEDED`, in the words that clients know.
    pub fn input_size(given: usize, allowed: usize) -> Result<(), Self> {
        if given <= allowed {
            return Ok(());
        }
        let message =
            format!("The input array size of {given} is greater than the maximum allowed of {allowed}.");
        Err(Fault::new("MAX_INPUT_SIZE_EXCEEDED", message))
    }

    /// Input values that do not fit their types, told in one sentence.
    pub fn problems(problems: &[Problem]) -> Self {
        let said = problems.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        Fault::arguments(format!("Arguments have invalid values for {said}"))
    }

    /// The code, if there is one.
    pub fn code(&self) -> Option<&str> {
        match self.extensions.get("code") {
            Some(Value::String(code)) => Some(code),
            _ => None,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Fault {}

#[cfg(test)]
mod tests {
    use super::Fault;

    #[test]
    fn long_lists_are_refused_with_their_length() {
        assert_eq!(Fault::input_size(250, 250), Ok(()));
        let fault = Fault::input_size(251, 250).unwrap_err();
        assert_eq!(fault.code(), Some("MAX_INPUT_SIZE_EXCEEDED"));
        assert!(fault.message.contains("251"));
    }
}
