//! Cross-origin requests: the Storefront API is open to every page, nothing else is.

use poem::{
    Request, Response, handler,
    http::{HeaderValue, StatusCode},
};

/// Whether a page of another origin may read the answer.
pub(super) struct Origin {
    open: bool,
    wanted_headers: Option<HeaderValue>,
}

impl Origin {
    pub(super) fn of(request: &Request) -> Self {
        let open = request.uri().path().starts_with("/api/");
        let wanted_headers = request.headers().get("access-control-request-headers").cloned();
        Origin { open, wanted_headers }
    }

    /// Says so in the answer. No cookie is ever read, so there are no credentials to guard.
    pub(super) fn allow(self, response: &mut Response) {
        if !self.open {
            return;
        }
        let headers = response.headers_mut();
        headers.insert("access-control-allow-origin", HeaderValue::from_static("*"));
        headers
            .insert("access-control-expose-headers", HeaderValue::from_static("x-request-id, retry-after"));
        headers.insert("access-control-allow-methods", HeaderValue::from_static("GET, POST, OPTIONS"));
        headers.insert("access-control-max-age", HeaderValue::from_static("86400"));
        if let Some(wanted) = self.wanted_headers {
            headers.insert("access-control-allow-headers", wanted);
        }
    }
}

/// The question that browsers ask first; the headers around every answer are all they want.
#[handler]
pub(super) fn preflight() -> StatusCode {
    StatusCode::NO_CONTENT
}
