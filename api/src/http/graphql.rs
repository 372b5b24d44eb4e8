//! The GraphQL endpoints: recognize the caller, read, prepare, take from its budget, execute.

use std::sync::Arc;

use mcom_data::{Cx, Origin, RequestId};
use mcom_store::Api;
use poem::{
    Endpoint, Request, Response, Result,
    http::{Method, StatusCode, uri::Scheme},
};

use super::{
    address, answer,
    app::{App, PublicApi},
    around::RequestName,
    graphiql,
    idempotency::{self, Key},
    locale,
    refusal::{self, Refused},
    request::GraphqlRequest,
    throttle::Taken,
};
use crate::{
    auth::{Caller, Credentials, Door},
    gateway::{Gateway, Prepared, ThrottleStatus},
};

/// One of the two GraphQL endpoints.
pub(super) struct Graphql {
    pub(super) api: PublicApi,
    pub(super) app: Arc<App>,
}

impl Endpoint for Graphql {
    type Output = Response;

    async fn call(&self, mut request: Request) -> Result<Response> {
        if wants_page(&request) {
            return Ok(graphiql::html());
        }
        // On the heap at once: every hand that it goes through would copy it otherwise.
        let work = Box::pin(self.answer(&mut request));
        match tokio::time::timeout(self.app.config.request_timeout, work).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(refused)) => Ok(*refused),
            Err(_) => Ok(answer::error(StatusCode::GATEWAY_TIMEOUT, "TIMEOUT", "The request took too long")),
        }
    }
}

/// A browser that was led here, not a client.
fn wants_page(request: &Request) -> bool {
    request.method() == Method::GET
        && request.uri().query().is_none_or(|query| !query.contains("query="))
        && request.header("accept").is_some_and(|accept| accept.contains("text/html"))
}

impl Graphql {
    /// The answer, or the answer that says why there is none.
    async fn answer(&self, request: &mut Request) -> Result<Response, Refused> {
        let caller = self.caller(request).await?;
        tracing::Span::current().record("tenant.id", caller.tenant.id().get());
        let slot = self.app.slot(self.api).ok_or_else(refusal::absent)?;
        let gateway = slot.get().ok_or_else(refusal::preparing)?;
        let mut sent = GraphqlRequest::read(request, gateway.limits()).await?;
        self.app.persisted.complete(caller.tenant.id(), &mut sent)?;
        let document = sent.query.as_deref().unwrap_or_default();
        let variables = sent.variables.clone().unwrap_or_default();
        let prepared = gateway.prepare(document, sent.operation_name.as_deref(), variables);
        let throttle = self.take(&caller, prepared.as_ref().map_or(1, Prepared::cost)).await?;
        let prepared =
            prepared.map_err(|refused| Box::new(answer::body(StatusCode::OK, refused.to_json())))?;
        self.app.persisted.keep(caller.tenant.id(), &sent);
        if let Some(name) = prepared.operation_name() {
            tracing::Span::current().record("graphql.operation", name);
        }
        if prepared.is_mutation() && *request.method() == Method::GET {
            return Err(refusal::get_mutation());
        }
        let cx = self.context(request, caller, &prepared);
        match Key::of(request, &prepared)? {
            Some(key) => Box::pin(idempotency::once(self, key, sent, (cx, prepared, throttle))).await,
            None => Ok(answer::body(StatusCode::OK, execute(gateway, &prepared, &cx, throttle).await)),
        }
    }

    async fn caller(&self, request: &Request) -> Result<Caller, Refused> {
        let (api, names) = match self.api {
            PublicApi::Storefront => (
                Api::Storefront,
                &["x-shopify-storefront-access-token", "shopify-storefront-private-token"][..],
            ),
            PublicApi::Admin => (Api::Admin, &["x-shopify-access-token"][..]),
        };
        let host = host(request);
        let token = names.iter().find_map(|name| request.header(name));
        let app = &self.app;
        let default_store = app.config.default_store.as_deref();
        let door = Door { services: &app.services, directory: &app.directory, default_store };
        let known = door.recognize(api, Credentials { host, token }).await;
        known.map_err(|unknown| refusal::unknown(self.api, unknown))
    }

    /// Takes what the operation costs: points of the cost table from an app, one request from a storefront.
    async fn take(&self, caller: &Caller, cost: u64) -> Result<Option<ThrottleStatus>, Refused> {
        let points = if self.api == PublicApi::Admin { cost } else { 1 };
        match self.app.throttle.take(&caller.tenant, &caller.actor, points).await {
            Taken::Granted(status) => Ok((self.api == PublicApi::Admin).then_some(status)),
            Taken::Refused { after, status } => Err(refusal::throttled(self.api, cost, after, status)),
        }
    }

    fn context(&self, request: &Request, caller: Caller, prepared: &Prepared) -> Cx {
        let name = request.data::<RequestName>().map_or_else(|| "unnamed".into(), |name| name.0.clone());
        // A merchant's tool is shown what the merchant wrote.
        let accepted = request.header("accept-language").filter(|_| self.api == PublicApi::Storefront);
        let locale = locale::of(prepared.context(), accepted);
        let cx = Cx::new(self.app.services.clone(), caller.tenant, caller.actor, RequestId(name))
            .in_locale(locale);
        reached(cx, &self.app, request)
    }
}

/// The same context, which knows where it was asked for and from where.
pub(super) fn reached(cx: Cx, app: &App, request: &Request) -> Cx {
    let cx = match origin(app, request) {
        Some(origin) => cx.reached_at(origin),
        None => cx,
    };
    match address::of(request, app.config.public_url.is_some()) {
        Some(address) => cx.asked_from(address),
        None => cx,
    }
}

/// The host that was asked.
pub(super) fn host(request: &Request) -> Option<&str> {
    request.header("host").or_else(|| request.uri().authority().map(|authority| authority.as_str()))
}

/// What addresses begin with that lead whoever asked back to this store.
fn origin(app: &App, request: &Request) -> Option<Origin> {
    let host = host(request)?;
    match &app.config.public_url {
        Some(pattern) => Origin::through(pattern, host),
        None if *request.scheme() == Scheme::HTTPS => Origin::over_tls(host),
        None => Origin::of_host(host),
    }
}

/// Runs the operation and gives its connection back.
pub(super) async fn execute(
    gateway: &Gateway,
    prepared: &Prepared,
    cx: &Cx,
    throttle: Option<ThrottleStatus>,
) -> Vec<u8> {
    let body = gateway.execute(prepared, cx, throttle).await;
    cx.finish().await;
    body
}
