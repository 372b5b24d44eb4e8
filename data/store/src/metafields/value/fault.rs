//! What is said of values that are not accepted, with the codes of the published APIs.

use mcom_schema::{Refusal, refuse};

/// It is not of its type.
pub(super) fn invalid(message: impl Into<String>) -> Refusal {
    refuse("value", "INVALID_VALUE", message)
}

/// There is nothing in it.
pub(super) fn blank() -> Refusal {
    refuse("value", "BLANK", "Value can't be blank")
}

/// It is longer than it may be.
pub(super) fn too_long(message: impl Into<String>) -> Refusal {
    refuse("value", "TOO_LONG", message)
}

/// It is shorter than it may be.
pub(super) fn too_short(message: impl Into<String>) -> Refusal {
    refuse("value", "TOO_SHORT", message)
}

/// It is none of those to choose from.
pub(super) fn not_among(message: impl Into<String>) -> Refusal {
    refuse("value", "INCLUSION", message)
}

/// A rule means nothing.
pub(super) fn bad_rule(message: impl Into<String>) -> Refusal {
    refuse("validations", "INVALID", message)
}
