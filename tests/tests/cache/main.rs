//! What processes remember and share: never older than a second, never loaded twice at once, and never missed when it is gone.
#![expect(clippy::unwrap_used, reason = "what cannot be done in a test has failed")]

mod doctor;
mod limits;
mod memory;
mod outage;
mod processes;
mod shared;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use mcom_catalog::{
    products::{self, ProductInput},
    publications::{self, PublicationInput, Publishable},
};
use mcom_data::{Cx, Heard, Services};
use mcom_schema::id::ProductId;
use mcom_tests::Shop;

/// A product named `title` on the online store.
async fn published(cx: &Cx, title: &str) -> ProductId {
    let id = products::create(cx, &titled(title), &[]).await.unwrap();
    let known = publications::list(cx).await.unwrap();
    let online = known.iter().find(|p| p.handle == publications::ONLINE_STORE).map(|p| p.id);
    let online = PublicationInput { publication_id: online, publish_date: None };
    publications::publish(cx, Publishable::Product(id), &[online]).await.unwrap();
    id
}

async fn rename(cx: &Cx, id: ProductId, title: &str) {
    products::update(cx, id, &titled(title), &[]).await.unwrap();
}

fn titled(title: &str) -> ProductInput {
    ProductInput { title: Some(title.to_owned()), ..ProductInput::default() }
}

/// The product's name as a buyer sees it, and how many statements that took.
async fn seen(shop: &Shop, id: ProductId) -> (String, u32) {
    let buyer = shop.buyer();
    let live = products::live(&buyer, &[id]).await.unwrap().pop().flatten().unwrap();
    buyer.finish().await;
    (live.document.title.clone(), buyer.statements())
}

/// Lets this process hear what others change, from before this returns.
async fn hears(services: &Arc<Services>) {
    let heard = Arc::new(tokio::sync::Notify::new());
    let mine = heard.clone();
    services.changes.attend(move |what| {
        if matches!(what, Heard::Hearing(_)) {
            mine.notify_one();
        }
    });
    let listening = services.clone();
    tokio::spawn(async move { mcom_data::listen(&listening).await });
    heard.notified().await;
}

/// Waits until `look` finds it so; fails the test after `limit`.
async fn soon(limit: Duration, what: &str, mut look: impl AsyncFnMut() -> bool) {
    let begun = Instant::now();
    while !look().await {
        assert!(begun.elapsed() < limit, "not within {limit:?}: {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
