//! Answers that are not GraphQL results: errors of the transport, always JSON.

use poem::{Response, http::StatusCode};
use serde_json::{Value, json};

/// An error in the shape of GraphQL errors, which is what every client of these paths reads.
pub(super) fn error(status: StatusCode, code: &str, message: &str) -> Response {
    errors(status, &json!([{ "message": message, "extensions": { "code": code } }]))
}

/// An answer with `errors` and nothing else.
pub(super) fn errors(status: StatusCode, errors: &Value) -> Response {
    body(status, json!({ "errors": errors }).to_string().into_bytes())
}

/// A finished JSON body.
pub(super) fn body(status: StatusCode, body: Vec<u8>) -> Response {
    Response::builder().status(status).content_type("application/json; charset=utf-8").body(body)
}

/// What the framework refused by itself, such as an unknown path or method.
pub(super) fn from_framework(error: poem::Error) -> Response {
    let plain = error.into_response();
    match plain.status() {
        StatusCode::NOT_FOUND => {
            self::error(StatusCode::NOT_FOUND, "NOT_FOUND", "There is nothing at this path")
        }
        StatusCode::METHOD_NOT_ALLOWED => self::error(
            StatusCode::METHOD_NOT_ALLOWED,
            "METHOD_NOT_ALLOWED",
            "This path does not take that method",
        ),
        status if status.is_server_error() => broken(""),
        status => self::error(status, "BAD_REQUEST", "The request could not be read"),
    }
}

/// Our fault: nobody outside reads the cause, but the request's name leads to it in the log.
pub(super) fn broken(request: &str) -> Response {
    errors(
        StatusCode::INTERNAL_SERVER_ERROR,
        &json!([{
            "message": "Internal error. Looks like something went wrong on our end.",
            "extensions": { "code": "INTERNAL_SERVER_ERROR", "requestId": request },
        }]),
    )
}
