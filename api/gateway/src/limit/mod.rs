//! What a request may ask for at most, each bound checked before the work that it bounds.

mod cost;
mod shape;
mod tokens;

pub use cost::cost;
pub use shape::shape;
pub use tokens::tokens;

use super::ThrottleStatus;
use super::refuse::RequestError;

/// The bounds of one API. All are inclusive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Length of the request body in bytes; whoever reads the body checks it.
    pub body_bytes: usize,
    /// Lexical tokens of the document: names, punctuators, numbers and strings.
    pub tokens: usize,
    /// Brackets within brackets in the text, of any kind. Keeps the parser's recursion shallow.
    pub nesting: usize,
    /// Fields within fields, counted through fragments.
    pub depth: usize,
    /// Fields of the operation after its fragments are written out.
    pub fields: usize,
    /// Fields at the root of the operation.
    pub roots: usize,
    /// Points of the cost table (see [`cost`]) that a single operation may take.
    pub cost: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            body_bytes: 1 << 20,
            tokens: 12_000,
            nesting: 64,
            depth: 32,
            fields: 2_500,
            roots: 100,
            cost: 50_000,
        }
    }
}

impl Limits {
    /// Refuses a body that is too long. To be asked before the body is read, if its length is announced.
    pub fn body(&self, bytes: usize) -> Result<(), RequestError> {
        if bytes <= self.body_bytes {
            return Ok(());
        }
        Err(exceeded(
            "MAX_BODY_SIZE_EXCEEDED",
            "The request body",
            "bytes",
            bytes as u64,
            self.body_bytes as u64,
        ))
    }
}

/// The answer to a request beyond one of the bounds.
fn exceeded(code: &'static str, what: &str, unit: &str, found: u64, max: u64) -> RequestError {
    RequestError::new(code, format!("{what} has {found} {unit}, more than the allowed {max}."))
        .with("found", found)
        .with("maximum", max)
}

/// The refusal of an operation that costs more than a single one may.
pub fn too_dear(cost: u64, max: u64) -> RequestError {
    let message = format!("Query cost is {cost}, which exceeds the single query max cost limit ({max}).");
    RequestError::new("MAX_COST_EXCEEDED", message).with("cost", cost).with("maxCost", max)
}

/// `extensions` of an answer: what it cost and, where there is a budget, what is left of it.
pub fn cost_extension(cost: u64, throttle: Option<ThrottleStatus>) -> String {
    let Some(status) = throttle else {
        return format!("{{\"cost\":{{\"requestedQueryCost\":{cost}}}}}");
    };
    let status = serde_json::json!({
        "maximumAvailable": status.maximum_available,
        "currentlyAvailable": status.currently_available,
        "restoreRate": status.restore_rate,
    });
    format!(
        "{{\"cost\":{{\"requestedQueryCost\":{cost},\"actualQueryCost\":{cost},\"throttleStatus\":{status}}}}}"
    )
}
