//! What the searches of an operation passed over, told in `extensions.search`.

use async_graphql::{Value, Variables};
use mcom_kit::types::literal;
use mcom_schema::SearchRemark;
use serde_json::json;

use super::compile::{Compiled, Field};

/// Puts the remarks into the JSON object `extensions`, each with the ways to the fields that it is about.
pub fn append(
    extensions: &mut String,
    operation: &Compiled,
    variables: &Variables,
    remarks: &[SearchRemark],
) {
    let mut told = vec![];
    for remark in remarks {
        let mut paths = vec![];
        Search { remark, variables }.find(&operation.fields, &mut vec![], &mut paths);
        told.extend(
            paths
                .into_iter()
                .map(|path| json!({ "path": path, "query": remark.query, "warnings": remark.warnings })),
        );
    }
    if !told.is_empty() && extensions.pop() == Some('}') {
        extensions.push_str(&format!(",\"search\":{}}}", serde_json::Value::from(told)));
    }
}

struct Search<'a> {
    remark: &'a SearchRemark,
    variables: &'a Variables,
}

impl Search<'_> {
    /// The ways, by response keys and without places in lists, to the fields that sent this query.
    fn find<'f>(&self, fields: &'f [Field], path: &mut Vec<&'f str>, found: &mut Vec<Vec<&'f str>>) {
        for field in fields {
            path.push(&field.key);
            if field.name == self.remark.field && self.is_sent_by(field) && !found.contains(path) {
                found.push(path.clone());
            }
            for (_, below) in &field.below {
                self.find(below, path, found);
            }
            path.pop();
        }
    }

    fn is_sent_by(&self, field: &Field) -> bool {
        let query = field.arguments.iter().find(|(name, _)| name == "query");
        let sent = query.and_then(|(_, value)| literal(value, self.variables));
        matches!(sent, Some(Value::String(text)) if text == self.remark.query)
    }
}
