//! A refusal: which field of the input was not accepted, and why, in words for the caller.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// One reason why an operation changed nothing. Becomes one entry of `userErrors`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Path into the input, list indices as strings (`["lines", "0", "merchandiseId"]`); empty if no field is to blame.
    pub field: Vec<String>,
    /// The contract's error code, for instance `TAKEN` or `BLANK`.
    pub code: Cow<'static, str>,
    /// A sentence for a person.
    pub message: String,
}

impl Refusal {
    /// The same refusal, seen from an enclosing input: `prefix` comes before the field path.
    #[must_use]
    pub fn under<S: ToString>(mut self, prefix: impl IntoIterator<Item = S>) -> Self {
        let mut field: Vec<String> = prefix.into_iter().map(|part| part.to_string()).collect();
        field.append(&mut self.field);
        self.field = field;
        self
    }
}

/// A refusal of one field. `field` is a dotted path: `"lines.0.quantity"`; `""` blames no field.
pub fn refuse(field: &str, code: &'static str, message: impl Into<String>) -> Refusal {
    let field = if field.is_empty() { vec![] } else { field.split('.').map(str::to_owned).collect() };
    Refusal { field, code: Cow::Borrowed(code), message: message.into() }
}

#[cfg(test)]
mod tests {
    use super::refuse;

    #[test]
    fn a_refusal_names_its_field_from_the_outside_in() {
        let refusal = refuse("quantity", "INVALID", "must be positive").under(["lines", "0"]);
        assert_eq!(refusal.field, ["lines", "0", "quantity"]);
        assert_eq!(refuse("", "INVALID", "x").field, Vec::<String>::new());
    }
}
