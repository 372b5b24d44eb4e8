//! What surrounds every request: its name, its span in the log, its metrics, and an answer even if the code panics.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Instant};

use futures_util::FutureExt;
use poem::{Endpoint, Request, Response, Result, http::HeaderValue};
use tracing::Instrument;

use super::{answer, cors, drain::Drain};

/// A request's name, in the request's extensions.
#[derive(Clone)]
pub(super) struct RequestName(pub(super) Arc<str>);

/// The outermost endpoint.
pub(super) struct Around<E> {
    inner: E,
    drain: Drain,
}

impl<E> Around<E> {
    /// Around `inner`, until `drain` begins.
    pub(super) fn new(inner: E, drain: Drain) -> Self {
        Around { inner, drain }
    }
}

impl<E: Endpoint> Endpoint for Around<E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> Result<Response> {
        let started = Instant::now();
        let name = name_of(&request);
        let origin = cors::Origin::of(&request);
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let span = tracing::info_span!(
            "request", request.id = %name, http.method = %method, url.path = path,
            tenant.id = tracing::field::Empty, graphql.operation = tracing::field::Empty,
        );
        request.set_data(RequestName(name.clone()));
        let mut response = self.guarded(request, &name).instrument(span.clone()).await;
        set(&mut response, "x-request-id", &name);
        set(&mut response, "x-content-type-options", "nosniff");
        set(&mut response, "x-frame-options", "DENY");
        set(&mut response, "referrer-policy", "no-referrer");
        set_default(&mut response, "content-security-policy", "default-src 'none'; frame-ancestors 'none'");
        set_default(&mut response, "cache-control", "no-store");
        origin.allow(&mut response);
        self.drain.close(&mut response);
        span.in_scope(|| report(&response, started));
        Ok(response)
    }
}

impl<E: Endpoint> Around<E> {
    async fn guarded(&self, request: Request, name: &str) -> Response {
        use poem::IntoResponse;
        match AssertUnwindSafe(self.inner.call(request)).catch_unwind().await {
            Ok(Ok(output)) => output.into_response(),
            Ok(Err(error)) => answer::from_framework(error),
            Err(panic) => {
                let said = panic.downcast_ref::<String>().map(String::as_str);
                let said = said.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message");
                tracing::error!(panic = said, "a request panicked");
                answer::broken(name)
            }
        }
    }
}

fn report(response: &Response, started: Instant) {
    let (status, took) = (response.status(), started.elapsed());
    metrics::counter!("mcom_http_requests_total", "status" => status.as_str().to_owned()).increment(1);
    metrics::histogram!("mcom_http_request_seconds").record(took.as_secs_f64());
    tracing::info!(http.status = status.as_u16(), duration_us = took.as_micros() as u64, "answered");
}

/// The name that the caller gave the request, if it is a plain one, else a new one.
fn name_of(request: &Request) -> Arc<str> {
    let plain = |name: &&str| {
        (1..=64).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
    };
    match request.header("x-request-id").filter(plain) {
        Some(name) => name.into(),
        None => fresh_name().into(),
    }
}

/// Unlike any other of the last 2^64, which is all that a name in a log needs.
fn fresh_name() -> String {
    use mcom_schema::{Entropy, SystemEntropy};
    SystemEntropy.token(12)
}

fn set(response: &mut Response, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

fn set_default(response: &mut Response, name: &'static str, value: &'static str) {
    response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
}

#[cfg(test)]
mod tests {
    use poem::{Endpoint, Request, Response, endpoint::make_sync, http::StatusCode};

    use super::{Around, Drain};

    async fn call(request: Request, work: fn()) -> Response {
        let inner = make_sync(move |_| work());
        Around::new(inner, Drain::default()).call(request).await.expect("it answers in any case")
    }

    #[tokio::test]
    async fn a_panic_is_answered_like_any_other_fault_of_ours() {
        let response = call(Request::default(), || panic!("boom")).await;
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let name = response.header("x-request-id").map(str::to_owned).expect("every answer has a name");
        let body = response.into_body().into_string().await.expect("a short body");
        assert!(body.contains(&name) && !body.contains("boom"), "{body}");
    }

    #[tokio::test]
    async fn a_request_keeps_a_plain_name_and_gets_one_otherwise() {
        for (sent, kept) in [("abc-1.2_X", true), ("a b", false), ("", false), (&*"x".repeat(65), false)] {
            let request = Request::builder().header("x-request-id", sent).finish();
            let response = call(request, || ()).await;
            assert_eq!(response.header("x-request-id") == Some(sent), kept, "{sent}");
        }
    }
}
