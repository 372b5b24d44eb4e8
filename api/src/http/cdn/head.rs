//! What is said of a file before its bytes: what it is, that it never changes, and which part of it is asked for.

use poem::{
    Request, Response, ResponseBuilder,
    http::{Method, StatusCode, header},
};

/// Says of content what it is.
pub(super) struct Head<'a> {
    /// The same for the same bytes.
    pub tag: &'a str,
    /// The media type.
    pub content_type: &'a str,
}

/// Whether only the head is asked for.
pub(super) fn is_head(request: &Request) -> bool {
    request.method() == Method::HEAD
}

impl Head<'_> {
    fn builder(&self) -> ResponseBuilder {
        Response::builder()
            .content_type(self.content_type)
            .header(header::ETAG, self.etag())
            .header(header::CACHE_CONTROL, "public, max-age=31536000, immutable")
            .header(header::ACCEPT_RANGES, "bytes")
            .header(header::VARY, "accept")
            .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")
    }

    /// An answer with this status, and no content yet.
    pub fn status(&self, status: StatusCode) -> Response {
        self.builder().status(status).finish()
    }

    /// The caller has it already.
    pub fn not_modified(&self) -> Response {
        self.status(StatusCode::NOT_MODIFIED)
    }

    /// The head of so many bytes.
    pub fn of_length(&self, bytes: i64) -> Response {
        self.builder().header(header::CONTENT_LENGTH, bytes.to_string()).finish()
    }

    /// All of this content, or its head.
    pub fn whole(&self, request: &Request, content: &[u8]) -> Response {
        let answer = self.builder().header(header::CONTENT_LENGTH, content.len().to_string());
        if is_head(request) { answer.finish() } else { answer.body(content.to_vec()) }
    }

    /// Whether the caller has it already.
    pub fn is_known_to(&self, request: &Request) -> bool {
        let tag = self.etag();
        let is_it = |known: &str| known == "*" || known.trim_start_matches("W/") == tag;
        request.header(header::IF_NONE_MATCH).is_some_and(|known| known.split(',').map(str::trim).any(is_it))
    }

    /// The part that is asked for, if it is of this content.
    pub fn range<'r>(&self, request: &'r Request) -> Option<&'r str> {
        let of_this = request.header(header::IF_RANGE).is_none_or(|tag| tag == self.etag());
        // Several parts at once are answered with the whole file.
        let is_one = |range: &&str| range.starts_with("bytes=") && !range.contains(',');
        request.header(header::RANGE).filter(|_| of_this).filter(is_one)
    }

    fn etag(&self) -> String {
        format!("\"{}\"", self.tag)
    }
}
