//! What machines ask the process about itself.

use std::{sync::Arc, time::Duration};

use poem::{Response, handler, http::StatusCode, web::Data};
use serde_json::json;

use super::{answer, app::App};

/// The process runs.
#[handler]
pub(super) fn alive() -> Response {
    answer::body(StatusCode::OK, br#"{"status":"ok"}"#.to_vec())
}

/// The process can answer: its gateways are built and its database answers.
#[handler]
pub(super) async fn ready(Data(app): Data<&Arc<App>>) -> Response {
    let awaited = app.awaited();
    let ping = tokio::time::timeout(Duration::from_secs(2), app.services.db.ping()).await;
    let database = matches!(ping, Ok(Ok(())));
    let ready = awaited.is_empty() && database;
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    answer::body(
        status,
        json!({ "ready": ready, "database": database, "preparing": awaited }).to_string().into_bytes(),
    )
}

/// Counters and histograms in the text format of Prometheus.
#[handler]
pub(super) fn metrics(Data(app): Data<&Arc<App>>) -> Response {
    app.metrics.run_upkeep();
    Response::builder().content_type("text/plain; version=0.0.4").body(app.metrics.render())
}
