//! What any object storage must do; the one over a folder always, another one where `MCOM_TEST_S3_URL` says where it is.

use std::time::Duration;

use mcom_data::objects::{ObjectKey, Objects, Storage};
use mcom_tests::{Shop, variable};

use crate::{Folder, endpoint};

const MINUTE: Duration = Duration::from_secs(60);

fn hash(digit: char) -> String {
    digit.to_string().repeat(64)
}

async fn text(objects: &Objects, key: &ObjectKey, range: Option<&str>) -> Option<(u16, String)> {
    let found = objects.get(key, range).await.unwrap()?;
    Some((found.status().as_u16(), found.text().await.unwrap()))
}

async fn conforms(storage: &Storage) {
    let shop = Shop::open().await;
    let objects = Objects::at(storage).unwrap();
    objects.prepare().await.unwrap();
    objects.prepare().await.unwrap();
    let tenant = shop.tenant().id();
    let (key, other) =
        (ObjectKey::file(tenant, &hash('a')).unwrap(), ObjectKey::file(tenant, &hash('b')).unwrap());
    assert_eq!(text(&objects, &key, None).await, None);
    in_parts(&objects, &key).await;
    objects.put(&key, "image/png", b"anew".to_vec()).await.unwrap();
    assert_eq!(text(&objects, &key, None).await, Some((200, "anew".to_owned())));
    assert_eq!(text(&objects, &other, None).await, None);
    only_what_was_signed(&objects, &key).await;
    counted(&objects, &shop).await;
    objects.delete(&key).await.unwrap();
    objects.delete(&key).await.unwrap();
    assert_eq!(text(&objects, &key, None).await, None);
}

/// What is written is read, as a whole and in parts.
async fn in_parts(objects: &Objects, key: &ObjectKey) {
    objects.put(key, "image/png", b"0123456789".to_vec()).await.unwrap();
    let parts = [
        (None, 200, "0123456789"),
        (Some("bytes=2-4"), 206, "234"),
        (Some("bytes=-3"), 206, "789"),
        (Some("bytes=8-99"), 206, "89"),
    ];
    for (range, status, content) in parts {
        assert_eq!(text(objects, key, range).await, Some((status, content.to_owned())), "{range:?}");
    }
    assert_eq!(text(objects, key, Some("bytes=20-")).await.map(|(status, _)| status), Some(416));
}

/// What stands beside an object is counted, and nothing else.
async fn counted(objects: &Objects, shop: &Shop) {
    let made = |digit, name: &str| ObjectKey::rendition(shop.tenant().id(), &hash(digit), name).unwrap();
    let here = made('a', "1-8x8.png").siblings();
    assert_eq!(objects.count(&here, 10).await.unwrap(), 0);
    for (digit, name) in [('a', "1-8x8.png"), ('a', "1-9x9.png"), ('a', "1-7x7.png"), ('b', "1-8x8.png")] {
        objects.put(&made(digit, name), "image/png", b"x".to_vec()).await.unwrap();
    }
    assert_eq!(objects.count(&here, 10).await.unwrap(), 3);
    assert_eq!(objects.count(&here, 2).await.unwrap(), 2);
}

/// Addresses are good for what was signed, and nothing else.
async fn only_what_was_signed(objects: &Objects, key: &ObjectKey) {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let read = objects.address_to_read(key, MINUTE);
    assert_eq!(http.get(read.clone()).send().await.unwrap().status(), 200);
    let mut unsigned = read.clone();
    unsigned.set_query(None);
    assert_eq!(http.get(unsigned).send().await.unwrap().status(), 403);
    let elsewhere: reqwest::Url = read.as_str().replace(&hash('a'), &hash('b')).parse().unwrap();
    assert_eq!(http.get(elsewhere).send().await.unwrap().status(), 403);
    assert_eq!(http.delete(read).send().await.unwrap().status(), 403);
    let write = objects.address_to_write(key, "image/png", MINUTE);
    let put = |kind: &'static str| http.put(write.clone()).header("content-type", kind).body("x").send();
    assert_eq!(put("text/html").await.unwrap().status(), 403);
    assert_eq!(put("image/png").await.unwrap().status(), 200);
    assert_eq!(text(objects, key, None).await, Some((200, "x".to_owned())));
}

#[tokio::test]
async fn the_endpoint_over_a_folder_conforms() {
    conforms(Folder::open().await.storage()).await;
}

#[tokio::test]
async fn another_storage_conforms_where_there_is_one() {
    let Some(endpoint) = variable("MCOM_TEST_S3_URL") else {
        println!("left out: MCOM_TEST_S3_URL is not set");
        return;
    };
    let of = |name: &str| variable(name).unwrap_or_else(|| panic!("{name} is not set beside it"));
    let (key, secret) = (of("MCOM_TEST_S3_KEY"), of("MCOM_TEST_S3_SECRET"));
    let (bucket, region) = ("mcom-test".to_owned(), of("MCOM_TEST_S3_REGION"));
    conforms(&Storage { endpoint, bucket, region, key, secret }).await;
}

#[tokio::test]
async fn two_processes_use_one_folder() {
    let folder = Folder::open().await;
    let second = endpoint(&folder.path).await;
    let (one, other) = (folder.objects().await, Objects::at(&second.storage).unwrap());
    let key = ObjectKey::file(Shop::open().await.tenant().id(), &hash('c')).unwrap();
    one.put(&key, "image/png", b"both".to_vec()).await.unwrap();
    assert_eq!(text(&other, &key, None).await, Some((200, "both".to_owned())));
}
