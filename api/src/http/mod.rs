//! HTTP: which path does what. No other folder knows the web framework.

mod address;
mod answer;
mod app;
mod around;
mod assets;
mod cdn;
mod cors;
mod drain;
mod graphiql;
mod graphql;
mod health;
mod hosted;
mod idempotency;
mod internal;
mod locale;
mod persisted;
mod prompt;
mod refusal;
mod request;
mod throttle;
mod tls;

use std::sync::Arc;

use poem::{EndpointExt, Route, RouteMethod, Server, endpoint::BoxEndpoint, get, listener::Acceptor};
use tokio::{net::TcpListener, sync::watch};

pub use app::{Apis, App, PublicApi};
pub use internal::{Inside, internal_endpoint};
pub(crate) use prompt::PromptAcceptor;
pub use tls::Identity;

use crate::config::HttpConfig;
use drain::Drain;
use tls::TlsAcceptor;

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
    route = route.at("/cdn/:hash", get(cdn::serve_file).head(cdn::serve_file));
    route = hosted::route(route);
    let drain = app.drain.clone();
    around::Around::new(route.data(app), drain).boxed()
}

fn graphql(api: PublicApi, app: &Arc<App>) -> RouteMethod {
    let endpoint = || graphql::Graphql { api, app: app.clone() };
    get(endpoint()).post(endpoint()).options(cors::preflight)
}

/// Serves the world until `stop`, then finishes what is under way.
///
/// # Errors
/// If the listener breaks.
pub async fn serve(listener: TcpListener, app: Arc<App>, stop: watch::Receiver<bool>) -> anyhow::Result<()> {
    let serving = Serving { drain: app.drain.clone(), config: app.config.clone(), stop };
    serving.run(PromptAcceptor::new(listener)?, endpoint(app)).await
}

/// The same for the world that speaks TLS.
///
/// # Errors
/// If the listener breaks.
pub async fn serve_tls(
    listener: TcpListener,
    identity: Identity,
    app: Arc<App>,
    stop: watch::Receiver<bool>,
) -> anyhow::Result<()> {
    let serving = Serving { drain: app.drain.clone(), config: app.config.clone(), stop };
    serving.run(TlsAcceptor::new(PromptAcceptor::new(listener)?, identity), endpoint(app)).await
}

/// Serves the processes beside this one until `stop`, then finishes what is under way.
///
/// # Errors
/// If the listener breaks.
pub async fn serve_internal(
    listener: TcpListener,
    inside: Arc<Inside>,
    stop: watch::Receiver<bool>,
) -> anyhow::Result<()> {
    let serving = Serving { drain: inside.drain.clone(), config: inside.config.clone(), stop };
    serving.run(PromptAcceptor::new(listener)?, internal_endpoint(inside)).await
}

struct Serving {
    drain: Drain,
    config: HttpConfig,
    stop: watch::Receiver<bool>,
}

impl Serving {
    /// Told to stop, it says so first: for a while it is not ready any more and every answer closes its connection, so that
    /// nobody who looks elsewhere in time meets a closed door. Then it listens no more and finishes what is under way.
    async fn run(
        self,
        acceptor: impl Acceptor + 'static,
        endpoint: BoxEndpoint<'static>,
    ) -> anyhow::Result<()> {
        let Serving { drain, config, mut stop } = self;
        let over = async move {
            let _ = stop.wait_for(|stop| *stop).await;
            drain.begin();
            tokio::time::sleep(config.notice).await;
        };
        Server::new_with_acceptor(acceptor)
            .run_with_graceful_shutdown(endpoint, over, Some(config.drain))
            .await?;
        Ok(())
    }
}
