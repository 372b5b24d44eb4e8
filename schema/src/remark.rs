//! Remarks: what the writer of a search should know although it was answered.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// What was passed over in the `query:` of one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchRemark {
    /// The field that took the query.
    pub field: Cow<'static, str>,
    /// The query as it was sent.
    pub query: String,
    /// At least one.
    pub warnings: Vec<SearchWarning>,
}

/// A term that changed nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchWarning {
    /// The term's key.
    pub field: String,
    /// A sentence for a person.
    pub message: String,
    /// `invalid_field` or `invalid_value`.
    pub code: Cow<'static, str>,
}
