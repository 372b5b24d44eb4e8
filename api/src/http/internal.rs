//! The internal listener: where gateways in other processes ask the subgraphs of this one, and machines how it is.

use std::sync::{Arc, OnceLock};

use mcom_data::Services;
use metrics_exporter_prometheus::PrometheusHandle;
use poem::{
    Body, EndpointExt, Request, Response, Route,
    endpoint::BoxEndpoint,
    get, handler,
    http::StatusCode,
    post,
    web::{Data, Path},
};
use serde_json::json;

use super::{answer, around::Around, drain::Drain, health};
use crate::{
    config::{Config, HttpConfig},
    gateway::remote::{Declined, Host, NOT_BEGUN, PATH},
};

/// No call is longer, in bytes.
const LONGEST: usize = 64 << 20;

/// What a process shows to the processes beside it.
pub struct Inside {
    pub(super) services: Arc<Services>,
    pub(super) config: HttpConfig,
    pub(super) drain: Drain,
    counted: PrometheusHandle,
    key_ids: Vec<String>,
    /// Absent if this process answers no subgraph, empty until they are built.
    host: Option<OnceLock<Host>>,
}

impl Inside {
    /// The inner side of a process; `hosts`: there will be subgraphs.
    pub fn new(services: Arc<Services>, config: &Config, counted: PrometheusHandle, hosts: bool) -> Inside {
        Inside {
            services,
            config: config.http.clone(),
            drain: Drain::default(),
            counted,
            key_ids: config.roles.public_keys.iter().map(|key| key.id().to_owned()).collect(),
            host: hosts.then(OnceLock::new),
        }
    }

    /// Lets the subgraphs be asked from now on.
    pub fn offer(&self, host: Host) {
        if let Some(slot) = &self.host {
            slot.get_or_init(|| host);
        }
    }
}

/// Every path of the internal listener.
pub fn internal_endpoint(inside: Arc<Inside>) -> BoxEndpoint<'static> {
    let drain = inside.drain.clone();
    let route = Route::new()
        .at("/healthz", get(health::alive))
        .at("/readyz", get(ready))
        .at("/metrics", get(metrics))
        .at(format!("{PATH}:name"), post(call));
    Around::new(route.data(inside), drain).boxed()
}

/// The subgraphs are built, the database answers, and the process is not about to stop.
#[handler]
async fn ready(Data(inside): Data<&Arc<Inside>>) -> Response {
    let preparing = inside.host.as_ref().is_some_and(|host| host.get().is_none());
    let (database, draining) = (health::database(&inside.services).await, inside.drain.has_begun());
    let ready = database && !preparing && !draining;
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let told = json!({
        "ready": ready, "database": database, "preparing": preparing, "draining": draining, "keys": inside.key_ids,
    });
    answer::body(status, told.to_string().into_bytes())
}

#[handler]
fn metrics(Data(inside): Data<&Arc<Inside>>) -> Response {
    health::measures(&inside.counted)
}

#[handler]
async fn call(
    Path(name): Path<String>,
    Data(inside): Data<&Arc<Inside>>,
    request: &Request,
    body: Body,
) -> Response {
    let Some(host) = inside.host.as_ref().and_then(OnceLock::get) else { return not_begun() };
    let token = request.header("authorization").and_then(|value| value.strip_prefix("Bearer "));
    let Ok(body) = body.into_bytes_limit(LONGEST).await else {
        return answer::error(StatusCode::BAD_REQUEST, "BAD_REQUEST", "The call could not be read");
    };
    match host.answer(&name, token, &body).await {
        Ok(bytes) => Response::builder().content_type("application/octet-stream").body(bytes),
        Err(why) => declined(&why),
    }
}

/// The process has just begun: another one may be asked.
fn not_begun() -> Response {
    let mut response =
        answer::error(StatusCode::SERVICE_UNAVAILABLE, "STARTING", "The subgraphs are being prepared");
    response.headers_mut().insert(NOT_BEGUN, poem::http::HeaderValue::from_static("1"));
    response
}

fn declined(why: &Declined) -> Response {
    let (status, code) = match why {
        Declined::Elsewhere => (StatusCode::NOT_FOUND, "NOT_FOUND"),
        Declined::Unproven(_) => (StatusCode::UNAUTHORIZED, "UNAUTHORIZED"),
        Declined::Unreadable(_) => (StatusCode::BAD_REQUEST, "BAD_REQUEST"),
    };
    tracing::warn!(error = %why, "a call of a subgraph was declined");
    answer::error(status, code, &why.to_string())
}
