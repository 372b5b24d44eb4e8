//! What machines ask the process about itself.

use std::{sync::Arc, time::Duration};

use mcom_data::Services;
use metrics_exporter_prometheus::PrometheusHandle;
use poem::{Response, handler, http::StatusCode, web::Data};
use serde_json::{Map, json};

use super::{answer, app::App};

/// The process runs.
#[handler]
pub(super) fn alive() -> Response {
    answer::body(StatusCode::OK, br#"{"status":"ok"}"#.to_vec())
}

/// The process can answer and is not about to stop: its gateways are built, its database answers, and of its subgraphs in other
/// processes each was reached since the start. Later one of them may be away: what the others answer is still worth having, and
/// the other gateways would miss it too. A gateway that reaches none of them is cut off, and no use.
#[handler]
pub(super) async fn ready(Data(app): Data<&Arc<App>>) -> Response {
    let (awaited, database, draining) = (app.awaited(), database(&app.services).await, app.drain.has_begun());
    let reached = app.peers.iter().all(|peers| peers.was_up())
        && (app.peers.is_empty() || app.peers.iter().any(|peers| peers.is_up()));
    let ready = awaited.is_empty() && database && reached && !draining;
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let mut told =
        json!({ "ready": ready, "database": database, "preparing": awaited, "draining": draining });
    if !app.peers.is_empty() {
        let roles = app.peers.iter().map(|peers| (peers.role().to_owned(), json!(peers.is_up())));
        told["roles"] = roles.collect::<Map<_, _>>().into();
    }
    answer::body(status, told.to_string().into_bytes())
}

/// Whether the database answers before anybody loses patience.
pub(super) async fn database(services: &Services) -> bool {
    let ping = tokio::time::timeout(Duration::from_secs(2), services.db.ping()).await;
    matches!(ping, Ok(Ok(())))
}

/// What was counted so far.
#[handler]
pub(super) fn metrics(Data(app): Data<&Arc<App>>) -> Response {
    measures(&app.metrics)
}

/// Counters and histograms in the text format of Prometheus.
pub(super) fn measures(counted: &PrometheusHandle) -> Response {
    counted.run_upkeep();
    Response::builder().content_type("text/plain; version=0.0.4").body(counted.render())
}
