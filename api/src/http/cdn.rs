//! `/cdn/{hash}`: the kept files of the store that answers at the host. What a hash names never changes.

use std::sync::Arc;

use mcom_catalog::images::{self, StoredFile};
use mcom_data::{
    Actor, Cx, Error, RequestId,
    objects::{ObjectKey, Objects},
};
use poem::{
    Body, Request, Response, Result, handler,
    http::{HeaderValue, Method, StatusCode, header},
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

/// Sends a file, or the part of it that is asked for.
#[handler]
pub(super) async fn serve_file(
    request: &Request,
    Path(hash): Path<String>,
    app: Data<&Arc<App>>,
) -> Result<Response> {
    let work = send(request, &hash, &app);
    match tokio::time::timeout(app.config.request_timeout, work).await {
        Ok(answer) => Ok(answer.unwrap_or_else(|refused| *refused)),
        Err(_) => Ok(answer::error(StatusCode::GATEWAY_TIMEOUT, "TIMEOUT", "The request took too long")),
    }
}

async fn send(request: &Request, hash: &str, app: &App) -> Result<Response, Refused> {
    let default_store = app.config.default_store.as_deref();
    let door = Door { services: &app.services, directory: &app.directory, default_store };
    let tenant = door.store(host(request).unwrap_or_default()).await.map_err(|error| match error {
        Error::NotFound(_) => absent(),
        error => refusal::failed(&error),
    })?;
    let key = ObjectKey::file(tenant.id(), hash).ok_or_else(absent)?;
    let name = request.data::<RequestName>().map_or_else(|| "unnamed".into(), |name| name.0.clone());
    let cx = Cx::new(app.services.clone(), tenant, Actor::Anonymous, RequestId(name));
    let file = images::file(&cx, hash).await;
    cx.finish().await;
    let file = file.map_err(|error| refusal::failed(&error))?.ok_or_else(absent)?;
    if is_known(request, hash) {
        return Ok(described(&file).status(StatusCode::NOT_MODIFIED).finish());
    }
    if request.method() == Method::HEAD {
        let length = file.bytes.to_string();
        return Ok(described(&file).header(header::CONTENT_LENGTH, length).finish());
    }
    content(request, &file, &key, app).await
}

async fn content(
    request: &Request,
    file: &StoredFile,
    key: &ObjectKey,
    app: &App,
) -> Result<Response, Refused> {
    let objects = app.services.get::<Objects>().ok_or_else(absent)?;
    let found = objects.get(key, range(request, &file.hash)).await;
    let found = found.map_err(|error| refusal::failed(&error))?.ok_or_else(absent)?;
    let mut response = described(file).status(found.status()).finish();
    for name in [header::CONTENT_LENGTH, header::CONTENT_RANGE] {
        if let Some(value) = found.headers().get(&name) {
            response.headers_mut().insert(name, value.clone());
        }
    }
    if found.status() != StatusCode::RANGE_NOT_SATISFIABLE {
        use futures_util::TryStreamExt;
        let parts = found.bytes_stream().map_err(|error| std::io::Error::other(error.without_url()));
        response.set_body(Body::from_bytes_stream(parts));
    } else {
        response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    Ok(response)
}

fn described(file: &StoredFile) -> poem::ResponseBuilder {
    Response::builder()
        .content_type(&file.content_type)
        .header(header::ETAG, etag(&file.hash))
        .header(header::CACHE_CONTROL, "public, max-age=31536000, immutable")
        .header(header::ACCEPT_RANGES, "bytes")
        .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")
}

fn etag(hash: &str) -> String {
    format!("\"{hash}\"")
}

/// Whether the caller has it already.
fn is_known(request: &Request, hash: &str) -> bool {
    let tag = etag(hash);
    let is_it = |known: &str| known == "*" || known.trim_start_matches("W/") == tag;
    request.header(header::IF_NONE_MATCH).is_some_and(|known| known.split(',').map(str::trim).any(is_it))
}

/// The part that is asked for, if it is of this file.
fn range<'r>(request: &'r Request, hash: &str) -> Option<&'r str> {
    let of_this = request.header(header::IF_RANGE).is_none_or(|tag| tag == etag(hash));
    // Several parts at once are answered with the whole file.
    let is_one = |range: &&str| range.starts_with("bytes=") && !range.contains(',');
    request.header(header::RANGE).filter(|_| of_this).filter(is_one)
}

fn absent() -> Refused {
    Box::new(answer::error(StatusCode::NOT_FOUND, "NOT_FOUND", "There is no such file"))
}
