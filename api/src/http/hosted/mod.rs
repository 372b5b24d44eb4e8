//! Pages that buyers are led to: their cart, what became of their order, the choice of a password. Plain HTML without scripts.

mod account;
mod cart;
mod html;
mod mail;
mod order;

use std::sync::Arc;

use mcom_data::{Actor, Cx, Error, RequestId, Result};
use mcom_store::settings;
use poem::{Endpoint, Request, Response, Route, endpoint::make_sync, get, handler, http::StatusCode, web};

use super::{
    app::{App, PublicApi},
    around::RequestName,
    graphql::{host, reached},
    throttle::Taken,
};
use crate::auth::Door;
use html::Page;

/// Adds the pages and their style sheet.
pub(super) fn route(route: Route) -> Route {
    route
        .at("/cart/c/:token", get(cart_page))
        .at("/checkouts/:attempt", get(order_page))
        .at("/account/:purpose/:id/:token", get(account::form).post(account::choose))
        .at("/mail", get(mail::mail_page))
        .at("/assets/hosted/page.css", get(style()))
}

fn style() -> impl Endpoint {
    make_sync(|_| {
        Response::builder()
            .content_type("text/css; charset=utf-8")
            .header("cache-control", "public, max-age=3600")
            .body(include_str!("../../../assets/hosted/page.css"))
    })
}

#[handler]
async fn cart_page(
    request: &Request,
    web::Path(token): web::Path<String>,
    app: web::Data<&Arc<App>>,
) -> Response {
    let id = match request.uri().query() {
        Some(query) => format!("{token}?{query}"),
        None => token,
    };
    match enter(&app, request).await {
        Ok((cx, store)) => answer(&cx, cart::page(&cx, &store, &id).await, &store).await,
        Err(refused) => refused,
    }
}

#[handler]
async fn order_page(
    request: &Request,
    web::Path(attempt): web::Path<String>,
    app: web::Data<&Arc<App>>,
) -> Response {
    match enter(&app, request).await {
        Ok((cx, store)) => answer(&cx, order::page(&cx, &store, &attempt).await, &store).await,
        Err(refused) => refused,
    }
}

/// A buyer's context in the store that was asked, and the store's name.
async fn enter(app: &Arc<App>, request: &Request) -> std::result::Result<(Cx, String), Response> {
    let default_store = app.config.default_store.as_deref();
    let door = Door { services: &app.services, directory: &app.directory, default_store };
    let found = match app.slot(PublicApi::Storefront) {
        Some(_) => door.store(host(request).unwrap_or_default()).await,
        None => Err(Error::NotFound("store")),
    };
    let tenant = found.map_err(|error| refused(&error))?;
    if let Taken::Refused { .. } = app.throttle.take(&tenant, &Actor::Anonymous, 1).await {
        return Err(told(
            "Too many requests",
            "Please try again in a moment.",
            StatusCode::TOO_MANY_REQUESTS,
        ));
    }
    let name = request.data::<RequestName>().map_or_else(|| "unnamed".into(), |name| name.0.clone());
    let cx = Cx::new(app.services.clone(), tenant, Actor::Anonymous, RequestId(name));
    let cx = reached(cx, app, request);
    let store = settings::get(&cx).await.map_err(|error| refused(&error))?.name.clone();
    Ok((cx, store))
}

/// Gives the context's connection back and answers with the page, or says that there is none.
async fn answer(cx: &Cx, page: Result<Option<Page>>, store: &str) -> Response {
    cx.finish().await;
    match page {
        Ok(Some(page)) => page.respond(StatusCode::OK),
        Ok(None) => {
            let mut page = Page::new(store, "Not found");
            page.paragraph("There is nothing under this address any more, or the address is not complete.");
            page.respond(StatusCode::NOT_FOUND)
        }
        Err(error) => refused(&error),
    }
}

fn refused(error: &Error) -> Response {
    match error {
        Error::NotFound(_) => {
            told("No such store", "No store answers to this address.", StatusCode::NOT_FOUND)
        }
        Error::Busy => {
            told("Too much to do", "Please try again in a moment.", StatusCode::SERVICE_UNAVAILABLE)
        }
        error => {
            tracing::error!(%error, "a page could not be made");
            let said = "Something went wrong on our side. Please try again later.";
            told("Something went wrong", said, StatusCode::INTERNAL_SERVER_ERROR)
        }
    }
}

fn told(title: &str, text: &str, status: StatusCode) -> Response {
    let mut page = Page::new("Store", title);
    page.paragraph(text);
    page.respond(status)
}
