//! `/cdn/{hash}`: the kept files of the store that answers at the host, pictures in any size. What an address names never changes.

mod address;
mod head;

use std::sync::Arc;

use mcom_catalog::images::{self, Content, Rendition, StoredFile, Wish};
use mcom_data::{
    Actor, Cx, Error, RequestId,
    objects::{ObjectKey, Objects, Received},
};
use poem::{
    Body, Request, Response, Result, handler,
    http::{HeaderValue, StatusCode, header},
    web::{Data, Path},
};

use super::{
    answer,
    app::App,
    around::RequestName,
    graphql::host,
    refusal::{self, Refused},
};
use crate::auth::Door;
use address::Address;
use head::Head;

/// Sends a file, or the part of it that is asked for; a picture as it is wished for.
#[handler]
pub(super) async fn serve_file(
    request: &Request,
    Path(name): Path<String>,
    app: Data<&Arc<App>>,
) -> Result<Response> {
    let work = send(request, &name, &app);
    match tokio::time::timeout(app.config.request_timeout, work).await {
        Ok(answer) => Ok(answer.unwrap_or_else(|refused| *refused)),
        Err(_) => Ok(answer::error(StatusCode::GATEWAY_TIMEOUT, "TIMEOUT", "The request took too long")),
    }
}

async fn send(request: &Request, name: &str, app: &App) -> Result<Response, Refused> {
    let address = Address::parse(name, request.uri().query().unwrap_or_default()).ok_or_else(absent)?;
    let cx = context(request, app).await?;
    let file = images::file(&cx, address.hash).await;
    cx.finish().await;
    let file = file.map_err(|error| refusal::failed(&error))?.ok_or_else(absent)?;
    if let Some(rendition) = Rendition::of(&file, address.wish, address::takes_webp(request))
        && let Some(answer) = rendered(request, &cx, &file, &rendition).await?
    {
        return Ok(answer);
    }
    as_it_is(request, &cx, &file, address.wish, app).await
}

/// Who asks: anybody, at the store of this host.
async fn context(request: &Request, app: &App) -> Result<Cx, Refused> {
    let default_store = app.config.default_store.as_deref();
    let door = Door { services: &app.services, directory: &app.directory, default_store };
    let tenant = door.store(host(request).unwrap_or_default()).await.map_err(|error| failed(&error))?;
    let name = request.data::<RequestName>().map_or_else(|| "unnamed".into(), |name| name.0.clone());
    Ok(Cx::new(app.services.clone(), tenant, Actor::Anonymous, RequestId(name)))
}

/// The picture as it is wished for. `None` if that cannot be made of it.
async fn rendered(
    request: &Request,
    cx: &Cx,
    file: &StoredFile,
    rendition: &Rendition,
) -> Result<Option<Response>, Refused> {
    let tag = format!("{}-{}", file.hash, rendition.name());
    let head = Head { tag: &tag, content_type: rendition.format().content_type() };
    if head.is_known_to(request) {
        return Ok(Some(head.not_modified()));
    }
    let content = images::rendition(cx, file, rendition, head.range(request)).await;
    match content.map_err(|error| failed(&error))? {
        Content::Kept(kept) => Ok(Some(received(request, &head, kept))),
        Content::Made(made) => Ok(Some(head.whole(request, &made))),
        Content::AsItIs => Ok(None),
    }
}

/// The file as it was stored.
async fn as_it_is(
    request: &Request,
    cx: &Cx,
    file: &StoredFile,
    wish: Wish,
    app: &App,
) -> Result<Response, Refused> {
    let head = Head { tag: &file.hash, content_type: &file.content_type };
    if head.is_known_to(request) {
        return Ok(head.not_modified());
    }
    if wish == Wish::default() && head::is_head(request) {
        return Ok(head.of_length(file.bytes));
    }
    let key = ObjectKey::file(cx.tenant().id(), &file.hash).ok_or_else(absent)?;
    let objects = app.services.get::<Objects>().ok_or_else(absent)?;
    let found = objects.get(&key, head.range(request)).await;
    let found = found.map_err(|error| refusal::failed(&error))?.ok_or_else(absent)?;
    Ok(received(request, &head, found))
}

/// What the storage answered, under this head.
fn received(request: &Request, head: &Head, found: Received) -> Response {
    let mut response = head.status(found.status());
    for name in [header::CONTENT_LENGTH, header::CONTENT_RANGE] {
        if let Some(value) = found.headers().get(&name) {
            response.headers_mut().insert(name, value.clone());
        }
    }
    if found.status() == StatusCode::RANGE_NOT_SATISFIABLE {
        response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from_static("0"));
    } else if !head::is_head(request) {
        use futures_util::TryStreamExt;
        let parts = found.bytes_stream().map_err(|error| std::io::Error::other(error.without_url()));
        response.set_body(Body::from_bytes_stream(parts));
    }
    response
}

fn failed(error: &Error) -> Refused {
    if matches!(error, Error::NotFound(_)) { absent() } else { refusal::failed(error) }
}

fn absent() -> Refused {
    Box::new(answer::error(StatusCode::NOT_FOUND, "NOT_FOUND", "There is no such file"))
}
