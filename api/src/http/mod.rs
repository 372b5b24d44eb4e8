//! HTTP: which path does what. No other folder knows the web framework.

mod answer;
mod app;
mod around;
mod assets;
mod cors;
mod graphiql;
mod graphql;
mod health;
mod idempotency;
mod refusal;
mod request;
mod throttle;

use std::sync::Arc;

use poem::{EndpointExt, Route, RouteMethod, Server, endpoint::BoxEndpoint, get, listener::TcpAcceptor};
use tokio::{net::TcpListener, sync::watch};

pub use app::{Apis, App, PublicApi};

/// Every path of the process.
pub fn endpoint(app: Arc<App>) -> BoxEndpoint<'static> {
    let mut route = Route::new()
        .at("/healthz", get(health::alive))
        .at("/readyz", get(health::ready))
        .at("/metrics", get(health::metrics))
        .nest("/assets/graphiql", assets::route());
    for (api, paths) in [
        (PublicApi::Storefront, ["/api/:version/graphql", "/api/:version/graphql.json"]),
        (PublicApi::Admin, ["/admin/api/:version/graphql", "/admin/api/:version/graphql.json"]),
    ] {
        for path in paths {
            route = route.at(path, graphql(api, &app));
        }
    }
    for path in ["/graphiql", "/admin/graphiql", "/api/:version/graphiql", "/admin/api/:version/graphiql"] {
        route = route.at(path, get(graphiql::page));
    }
    around::Around::new(route.data(app)).boxed()
}

fn graphql(api: PublicApi, app: &Arc<App>) -> RouteMethod {
    let endpoint = || graphql::Graphql { api, app: app.clone() };
    get(endpoint()).post(endpoint()).options(cors::preflight)
}

/// Serves until `stop`, then finishes what is under way.
///
/// # Errors
/// If the listener breaks.
pub async fn serve(
    listener: TcpListener,
    app: Arc<App>,
    mut stop: watch::Receiver<bool>,
) -> anyhow::Result<()> {
    let drain = app.config.drain;
    let told = async move {
        let _ = stop.wait_for(|stop| *stop).await;
    };
    Server::new_with_acceptor(TcpAcceptor::from_tokio(listener)?)
        .run_with_graceful_shutdown(endpoint(app), told, Some(drain))
        .await?;
    Ok(())
}
