//! The demo's pictures: shipped with the program, kept by the store, and shown from there.

use std::{fs, io::Cursor};

use mcom::{
    apply::{self, Outcome, Wish},
    demo::album,
    objects::{Album, Fetcher, Limits, Network, Shelf, fetch_all},
};
use mcom_catalog::import::{self, Progress, Remark, Totals};
use mcom_data::objects::Objects;
use mcom_tests::{Shop, process::services_having, root, server::Server};
use serde_json::{Value, json};

use crate::Folder;

struct Quiet;

impl Progress for Quiet {
    fn refused(&mut self, _: &Remark) {}
    fn noticed(&mut self, _: &Remark) {}
    fn advanced(&mut self, _: &Totals) {}
}

fn example(path: &str) -> String {
    fs::read_to_string(root().join("examples").join(path)).unwrap()
}

/// Applies the demo's store file with pictures from this album.
async fn applied(shop: &Shop, (album, objects): (&Album, &Objects), wish: Wish) -> Outcome {
    let (cx, text) = (shop.admin(), example("stores/demo.yaml"));
    let shelf = Shelf::new(album, objects);
    let done = Box::pin(apply::apply_with(&cx, &text, wish, &shelf)).await.unwrap();
    done.unwrap_or_else(|faults| panic!("{faults:?}"))
}

async fn served(folder: &Folder) -> Server {
    let shop = Shop::open().await;
    let objects = folder.objects().await;
    let services = services_having(&shop.database, shop.clock.clone(), (*objects).clone()).await;
    Server::open(shop.moved_to(services)).await
}

const SHOWN: &str = "fragment Seen on Image { url width height thumbhash altText }
    { product(handle: \"linen-shirt\") { images(first: 9) { nodes { ...Seen } }
        media(first: 9) { nodes { previewImage { ...Seen } } } }
      collection(handle: \"apparel\") { image { ...Seen } }
      blog(handle: \"journal\") { articleByHandle(handle: \"how-linen-is-made\") { image { ...Seen } } }
      shop { description brand { logo { image { ...Seen } } coverImage { image { ...Seen } presentation { id } } } } }";

/// Every picture in an answer.
fn pictures(value: &Value, found: &mut Vec<Value>) {
    match value {
        Value::Object(fields) if fields.contains_key("thumbhash") => found.push(value.clone()),
        Value::Object(fields) => fields.values().for_each(|field| pictures(field, found)),
        Value::Array(items) => items.iter().for_each(|item| pictures(item, found)),
        _ => {}
    }
}

#[tokio::test]
async fn the_demo_shows_its_own_pictures_and_asks_nobody_for_them() {
    let folder = Folder::open().await;
    let server = served(&folder).await;
    let (cx, objects) = (server.shop.admin(), folder.objects().await);
    import::run(&cx, Cursor::new(example("catalogs/demo.csv")), &mut Quiet).await.unwrap();
    // The shirt's, which come first: to look at all of them takes long.
    let limits = Limits { pictures: 3, ..Limits::default() };
    let fetcher = Fetcher::new(Network::nothing(), limits).unwrap().beside(Some(album()));
    let kept = fetch_all(&cx, (&fetcher, &objects), |_| ()).await.unwrap();
    assert_eq!((kept.fetched, kept.failed), (3, vec![]));
    applied(&server.shop, (&album(), &objects), Wish::default()).await;

    let answer = server.storefront(SHOWN, json!({})).await.json();
    assert!(answer["errors"].is_null(), "{answer}");
    let mut seen = vec![];
    pictures(&answer, &mut seen);
    assert_eq!(seen.len(), 3 + 6 + 1 + 1 + 2, "{answer}");
    let here = format!("http://{}/cdn/", server.host());
    for picture in &seen {
        assert!(picture["url"].as_str().unwrap().starts_with(&here), "{picture}");
        assert!(picture["width"].as_i64() > Some(0) && picture["height"].as_i64() > Some(0), "{picture}");
        assert!(picture["thumbhash"].is_string() && picture["altText"].is_string(), "{picture}");
    }
    let url = answer["data"]["collection"]["image"]["url"].as_str().unwrap();
    let path = url.strip_prefix(&format!("http://{}", server.host())).unwrap();
    let whole = server.send(&format!("GET {path} HTTP/1.1\r\n"), b"").await;
    assert_eq!((whole.status, whole.header("content-type")), (200, Some("image/webp")));

    let again = applied(&server.shop, (&album(), &objects), Wish { prune: true, ..Wish::default() }).await;
    assert_eq!(again.changes, [], "what is shown from here is the same the second time");
}

#[tokio::test]
async fn whoever_only_asks_keeps_no_picture() {
    let folder = Folder::open().await;
    let server = served(&folder).await;
    let (cx, objects) = (server.shop.admin(), folder.objects().await);
    import::run(&cx, Cursor::new(example("catalogs/demo.csv")), &mut Quiet).await.unwrap();
    let album = Album::folder(root().join("examples/pictures"));
    let asked = applied(&server.shop, (&album, &objects), Wish { dry_run: true, ..Wish::default() }).await;
    assert!(server.shop.rows("select 1 from stored_files where tenant_id = $1").await.is_empty());
    let done = applied(&server.shop, (&album, &objects), Wish::default()).await;
    assert_eq!(asked.changes, done.changes);
    assert!(!server.shop.rows("select 1 from stored_files where tenant_id = $1").await.is_empty());
}
