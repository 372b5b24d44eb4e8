//! Requests that are turned away before they are executed, in the shapes that clients of the published APIs know.

use std::time::Duration;

use mcom_data::Error;
use poem::{
    Response,
    http::{HeaderValue, StatusCode},
};
use serde_json::json;

use super::{answer, app::PublicApi};
use crate::{auth::Unknown, gateway::ThrottleStatus};

/// The answer to a request that is turned away; in a box, because it is rare and large.
pub(super) type Refused = Box<Response>;

/// The caller is not known.
pub(super) fn unknown(api: PublicApi, unknown: Unknown) -> Refused {
    Box::new(match (unknown, api) {
        (Unknown::Store, _) => {
            answer::error(StatusCode::NOT_FOUND, "NOT_FOUND", "No store answers at this address")
        }
        (Unknown::Failed(error), _) => return failed(&error),
        // The Admin API says it in a plain string, which its clients print.
        (Unknown::TokenMissing | Unknown::TokenWrong, PublicApi::Admin) => answer::errors(
            StatusCode::UNAUTHORIZED,
            &json!("[API] Invalid API key or access token (unrecognized login or wrong password)"),
        ),
        (Unknown::TokenMissing, PublicApi::Storefront) => unauthorized(
            StatusCode::UNAUTHORIZED,
            "Send the store's access token as X-Shopify-Storefront-Access-Token",
        ),
        (Unknown::TokenWrong, PublicApi::Storefront) => {
            unauthorized(StatusCode::FORBIDDEN, "The access token does not open this store")
        }
    })
}

fn unauthorized(status: StatusCode, message: &str) -> Response {
    answer::error(status, "UNAUTHORIZED", message)
}

/// The rooms of data could not answer.
pub(super) fn failed(error: &Error) -> Refused {
    match error {
        Error::Busy => {
            let busy = answer::error(StatusCode::SERVICE_UNAVAILABLE, "BUSY", "Too much to do at the moment");
            later(busy, Duration::from_secs(1))
        }
        Error::Broken(cause) => {
            tracing::error!(error = format!("{cause:#}"), "a request failed");
            Box::new(answer::broken(""))
        }
        error => conflict(&error.to_string()),
    }
}

/// The API is answered by other processes.
pub(super) fn absent() -> Refused {
    Box::new(answer::error(StatusCode::NOT_FOUND, "NOT_FOUND", "This process does not answer this API"))
}

/// The request makes no sense, as `message` says.
pub(super) fn bad(message: &str) -> Refused {
    Box::new(answer::error(StatusCode::BAD_REQUEST, "BAD_REQUEST", message))
}

/// The request does not go together with another one, as `message` says.
pub(super) fn conflict(message: &str) -> Refused {
    Box::new(answer::error(StatusCode::CONFLICT, "CONFLICT", message))
}

/// The process has just begun.
pub(super) fn preparing() -> Refused {
    let early = answer::error(StatusCode::SERVICE_UNAVAILABLE, "STARTING", "The API is being prepared");
    later(early, Duration::from_secs(1))
}

/// Reading is all that GET may do.
pub(super) fn get_mutation() -> Refused {
    let mut response =
        answer::error(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", "Send mutations by POST");
    response.headers_mut().insert("allow", HeaderValue::from_static("POST"));
    Box::new(response)
}

/// The caller's bucket is empty. Clients of the Admin API look for the code in an answer of status 200, those of the Storefront
/// API for status 429.
pub(super) fn throttled(api: PublicApi, cost: u64, after: Duration, status: ThrottleStatus) -> Refused {
    let error = json!([{ "message": "Throttled", "extensions": { "code": "THROTTLED" } }]);
    let response = match api {
        PublicApi::Storefront => answer::errors(StatusCode::TOO_MANY_REQUESTS, &error),
        PublicApi::Admin => {
            let body = json!({
                "errors": error,
                "extensions": { "cost": {
                    "requestedQueryCost": cost,
                    "actualQueryCost": null,
                    "throttleStatus": {
                        "maximumAvailable": status.maximum_available,
                        "currentlyAvailable": status.currently_available,
                        "restoreRate": status.restore_rate,
                    },
                } },
            });
            answer::body(StatusCode::OK, body.to_string().into_bytes())
        }
    };
    later(response, after)
}

/// Tells when to come again, in whole seconds as the header wants it.
pub(super) fn later(mut response: Response, after: Duration) -> Refused {
    let seconds = after.as_secs() + u64::from(after.subsec_nanos() > 0);
    response.headers_mut().insert("retry-after", HeaderValue::from(seconds.max(1)));
    Box::new(response)
}
