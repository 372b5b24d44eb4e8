//! The catalog against PostgreSQL: what merchants do to it, and what the storefront sees of that at once.
#![expect(clippy::unwrap_used, reason = "what cannot be done in a test has failed")]

mod collections;
mod live;
mod products;
mod sale;
mod stock;
mod variants;

use mcom_catalog::{
    products::{self as rooms, ProductInput},
    publications::{self, PublicationInput, Publishable},
};
use mcom_data::{Cx, Error, Result};
use mcom_schema::id::ProductId;

/// A product named `title`, in no publication.
async fn product(cx: &Cx, title: &str) -> ProductId {
    rooms::create(cx, &titled(title), &[]).await.unwrap()
}

/// A product named `title` on the online store.
async fn published(cx: &Cx, title: &str) -> ProductId {
    let id = product(cx, title).await;
    publish(cx, Publishable::Product(id)).await;
    id
}

/// Puts a thing on the online store.
async fn publish(cx: &Cx, thing: Publishable) {
    publications::publish(cx, thing, &[online(cx).await]).await.unwrap();
}

/// The online store, as publishing names it.
async fn online(cx: &Cx) -> PublicationInput {
    let known = publications::list(cx).await.unwrap();
    let id = known.iter().find(|p| p.handle == publications::ONLINE_STORE).map(|p| p.id);
    PublicationInput { publication_id: id, publish_date: None }
}

fn titled(title: &str) -> ProductInput {
    ProductInput { title: Some(title.to_owned()), ..ProductInput::default() }
}

/// Field and code of the first refusal.
fn refused<T: std::fmt::Debug>(result: Result<T>) -> (String, String) {
    match result {
        Err(Error::Refused(refusals)) => (refusals[0].field.join("."), refusals[0].code.to_string()),
        other => panic!("not refused: {other:?}"),
    }
}
