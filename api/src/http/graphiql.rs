//! The page for trying queries, for both APIs.

use poem::{Response, handler};

/// What the page may load: its own files, and fonts and images that its style sheet carries in itself.
const POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                      font-src 'self' data:; worker-src 'self' blob:; frame-ancestors 'none'";

/// The page. It finds its API in its own address.
#[handler]
pub(super) fn page() -> Response {
    html()
}

pub(super) fn html() -> Response {
    Response::builder()
        .content_type("text/html; charset=utf-8")
        .header("content-security-policy", POLICY)
        .body(include_str!("../../assets/graphiql/page.html"))
}
