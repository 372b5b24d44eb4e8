//! Pictures in other sizes and formats, over HTTP, as browsers ask for them.

use std::{io::Cursor, sync::Arc};

use futures_util::future::join_all;
use image::{
    DynamicImage, ImageFormat, Rgb, RgbImage,
    codecs::gif::{GifEncoder, Repeat},
};
use mcom_catalog::images::{self, Format, Rendition, StoredFile, Wish, Workshop};
use mcom_data::{
    Actor, Cx, Error, RequestId,
    objects::{ObjectKey, Objects, Storage},
};
use mcom_schema::id::ProductId;
use mcom_tests::{Shop, process::services_having, server::Server, variable};
use reqwest::{Response, StatusCode};
use serde_json::json;

use crate::{Folder, bomb, pictures::product};

/// A store with one picture, and a server in front of it.
struct Gallery {
    server: Server,
    storage: Storage,
    file: StoredFile,
}

impl Gallery {
    /// Of a picture that was fetched.
    async fn showing(storage: &Storage, picture: Vec<u8>) -> Gallery {
        Gallery::showing_as(storage, picture, |_| {}).await
    }

    /// Of a picture of which something else was noted than it is.
    async fn showing_as(storage: &Storage, picture: Vec<u8>, note: impl Fn(&mut StoredFile)) -> Gallery {
        let shop = Shop::open().await;
        let objects = Objects::at(storage).unwrap();
        objects.prepare().await.unwrap();
        let services = services_having(&shop.database, shop.clock.clone(), objects.clone()).await;
        let server = Server::open(shop.moved_to(services)).await;
        let cx = server.shop.admin();
        product(&cx, &["http://example.com/a".to_owned()]).await;
        let (id, mut awaited) = images::awaited(&cx, ProductId(0)).await.unwrap().pop_first().unwrap();
        let found = images::look(&cx, Arc::new(picture.clone())).await.unwrap();
        let mut file = StoredFile {
            hash: "0c".repeat(32),
            content_type: "image/gif".to_owned(),
            bytes: i64::try_from(picture.len()).unwrap(),
            width: None,
            height: None,
            thumbhash: None,
        };
        if let Ok(found) = found {
            file.content_type = found.format.content_type().to_owned();
            (file.width, file.height) = (Some(found.width), Some(found.height));
            file.thumbhash = found.thumbhash;
        }
        note(&mut file);
        let key = ObjectKey::file(cx.tenant().id(), &file.hash).unwrap();
        objects.put(&key, &file.content_type, picture).await.unwrap();
        images::attach(&cx, id, &[(awaited.remove(0), file.clone())]).await.unwrap();
        cx.finish().await;
        Gallery { server, storage: storage.clone(), file }
    }

    /// The same store, answered by another process.
    async fn of_another_process(self) -> Gallery {
        let Gallery { server, storage, file } = self;
        let (database, clock) = (&server.shop.database, server.shop.clock.clone());
        let services = services_having(database, clock, Objects::at(&storage).unwrap()).await;
        let server = Server::open(server.shop.in_process(services)).await;
        Gallery { server, storage, file }
    }

    async fn ask(&self, query: &str, accept: &str) -> Response {
        self.ask_with(query, &[("accept", accept)]).await
    }

    async fn ask_with(&self, query: &str, headers: &[(&str, &str)]) -> Response {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let address = self.server.address();
        let url = format!("http://{address}/cdn/{}{query}", self.file.hash);
        let request = http.get(url).header("host", self.server.host());
        headers
            .iter()
            .fold(request, |request, (name, value)| request.header(*name, *value))
            .send()
            .await
            .unwrap()
    }

    /// The picture that is answered.
    async fn picture(&self, query: &str) -> DynamicImage {
        let answer = self.ask(query, "*/*").await;
        assert_eq!(answer.status(), 200, "{query}");
        image::load_from_memory(&answer.bytes().await.unwrap()).unwrap()
    }

    async fn size(&self, query: &str) -> (u32, u32) {
        let picture = self.picture(query).await;
        (picture.width(), picture.height())
    }

    fn made(&self) -> u64 {
        self.server.shop.services.get::<Workshop>().unwrap().made()
    }

    async fn is_kept(&self, name: &str) -> bool {
        let key = ObjectKey::rendition(self.server.shop.tenant().id(), &self.file.hash, name).unwrap();
        Objects::at(&self.storage).unwrap().get(&key, None).await.unwrap().is_some()
    }
}

fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

fn encoded(picture: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(vec![]);
    picture.write_to(&mut file, format).unwrap();
    file.into_inner()
}

/// 800 × 600, red on the left and blue on the right.
fn halves(format: ImageFormat) -> Vec<u8> {
    let color = |x, _| if x < 400 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) };
    encoded(&RgbImage::from_fn(800, 600, color), format)
}

async fn made_once(storage: &Storage) {
    let gallery = Gallery::showing(storage, halves(ImageFormat::Jpeg)).await;
    let answers = join_all((0..16).map(|_| gallery.ask("?width=200", "image/webp"))).await;
    let mut contents = vec![];
    for answer in answers {
        assert_eq!((answer.status(), header(&answer, "content-type")), (StatusCode::OK, "image/webp"));
        contents.push(answer.bytes().await.unwrap());
    }
    assert!(contents.iter().all(|content| *content == contents[0]));
    assert_eq!(gallery.made(), 1, "sixteen at once make it once");
    let other = gallery.of_another_process().await;
    let kept = other.ask("?width=200", "image/webp").await.bytes().await.unwrap();
    assert_eq!((kept, other.made()), (contents[0].clone(), 0), "the next process finds it kept");
    let part = other.ask_with("?width=200", &[("accept", "image/webp"), ("range", "bytes=0-3")]).await;
    assert_eq!((part.status(), &*part.bytes().await.unwrap()), (StatusCode::PARTIAL_CONTENT, &b"RIFF"[..]));
}

#[tokio::test]
async fn a_rendition_is_made_once_and_kept() {
    made_once(Folder::open().await.storage()).await;
}

#[tokio::test]
async fn so_it_is_in_another_storage_where_there_is_one() {
    let Some(endpoint) = variable("MCOM_TEST_S3_URL") else {
        println!("left out: MCOM_TEST_S3_URL is not set");
        return;
    };
    let of = |name: &str| variable(name).unwrap_or_else(|| panic!("{name} is not set beside it"));
    let (key, secret) = (of("MCOM_TEST_S3_KEY"), of("MCOM_TEST_S3_SECRET"));
    let (bucket, region) = ("mcom-test".to_owned(), of("MCOM_TEST_S3_REGION"));
    made_once(&Storage { endpoint, bucket, region, key, secret }).await;
}

#[tokio::test]
async fn another_store_makes_nothing_of_it() {
    let folder = Folder::open().await;
    let gallery = Gallery::showing(folder.storage(), halves(ImageFormat::Jpeg)).await;
    let shop = &gallery.server.shop;
    let neighbour = shop.neighbour().await;
    assert_ne!(neighbour.tenant.id(), shop.tenant().id());
    let cx = Cx::new(shop.services.clone(), neighbour.tenant, Actor::Anonymous, RequestId("test".into()));
    let wish = Wish { format: Some(Format::WebP), ..Wish::default() };
    let rendition = Rendition::of(&gallery.file, wish, false).unwrap();
    for _ in 0..2 {
        let found = images::rendition(&cx, &gallery.file, &rendition, None).await;
        assert!(matches!(found, Err(Error::NotFound(_))));
        assert_eq!(gallery.ask("?format=webp", "*/*").await.status(), 200, "the owner does");
    }
}

#[tokio::test]
async fn the_format_is_what_was_asked_for_or_what_the_browser_takes() {
    let folder = Folder::open().await;
    let gallery = Gallery::showing(folder.storage(), halves(ImageFormat::Jpeg)).await;
    for (query, accept, kind) in [
        ("", "image/webp,*/*", "image/webp"),
        ("", "*/*", "image/jpeg"),
        ("?width=100", "image/avif,image/webp", "image/webp"),
        ("?width=100", "*/*", "image/jpeg"),
        ("?width=100&format=png", "image/webp", "image/png"),
        ("?format=jpg", "image/webp", "image/jpeg"),
    ] {
        let answer = gallery.ask(query, accept).await;
        assert_eq!(header(&answer, "content-type"), kind, "{query} {accept}");
        assert_eq!(header(&answer, "vary"), "accept");
        assert_eq!(header(&answer, "cache-control"), "public, max-age=31536000, immutable");
        let content = answer.bytes().await.unwrap();
        let format = image::guess_format(&content).unwrap();
        assert_eq!(format.to_mime_type(), kind, "{query} {accept}");
    }
}

#[tokio::test]
async fn who_has_a_rendition_is_not_sent_it_again() {
    let folder = Folder::open().await;
    let gallery = Gallery::showing(folder.storage(), halves(ImageFormat::Png)).await;
    let jpeg = header(&gallery.ask("?width=100&format=jpg", "*/*").await, "etag").to_owned();
    let png = header(&gallery.ask("?width=100", "*/*").await, "etag").to_owned();
    assert_ne!(jpeg, png);
    let again = gallery.ask_with("?width=100", &[("if-none-match", &png)]).await;
    assert_eq!((again.status(), again.bytes().await.unwrap().len()), (StatusCode::NOT_MODIFIED, 0));
    assert_eq!(gallery.ask_with("?width=100", &[("if-none-match", &jpeg)]).await.status(), 200);
}

#[tokio::test]
async fn sizes_go_in_steps_and_nothing_is_enlarged() {
    let folder = Folder::open().await;
    let gallery = Gallery::showing(folder.storage(), halves(ImageFormat::Png)).await;
    for (query, size) in [
        ("?width=200", (200, 150)),
        ("?width=193", (200, 150)),
        ("?height=150", (200, 150)),
        ("?width=200&height=9000", (200, 150)),
        ("?width=99999", (800, 600)),
        ("?width=0&height=x", (800, 600)),
        ("_200x.png?v=17", (200, 150)),
    ] {
        assert_eq!(gallery.size(query).await, size, "{query}");
    }
    assert_eq!(gallery.made(), 1, "all of these are two pictures, and one of them is the file");
}

#[tokio::test]
async fn a_cut_shows_the_part_that_was_asked_for() {
    let folder = Folder::open().await;
    let gallery = Gallery::showing(folder.storage(), halves(ImageFormat::Png)).await;
    for (query, red_or_blue) in [("?width=100&height=200&crop=left", 0), ("_100x200_crop_right.png", 2)] {
        let cut = gallery.picture(query).await.into_rgb8();
        assert_eq!(cut.dimensions(), (100, 200), "{query}");
        assert!(cut.pixels().all(|pixel| pixel.0[red_or_blue] > 200), "{query}");
    }
    assert!(gallery.is_kept("1-100x200-left.png").await);
}

#[tokio::test]
async fn only_so_many_cuts_of_a_picture_are_kept() {
    let folder = Folder::open().await;
    let gallery = Gallery::showing(folder.storage(), halves(ImageFormat::Png)).await;
    let (objects, tenant) = (folder.objects().await, gallery.server.shop.tenant().id());
    for number in 0..256 {
        let key = ObjectKey::rendition(tenant, &gallery.file.hash, &format!("0-{number}x1-top.png")).unwrap();
        objects.put(&key, "image/png", b"x".to_vec()).await.unwrap();
    }
    assert_eq!(gallery.size("?width=100&height=100&crop=top").await, (100, 100), "made all the same");
    assert!(!gallery.is_kept("1-100x100-center.png").await);
    assert_eq!(gallery.size("?width=100").await, (100, 75));
    assert!(gallery.is_kept("1-100x75.png").await, "whole pictures have few sizes");
}

#[tokio::test]
async fn what_cannot_be_made_smaller_is_shown_as_it_is() {
    let folder = Folder::open().await;
    let mut moving = vec![];
    let mut encoder = GifEncoder::new(&mut moving);
    encoder.set_repeat(Repeat::Infinite).unwrap();
    for shade in [0, 255] {
        let frame = image::RgbaImage::from_pixel(40, 30, image::Rgba([shade, 0, 0, 255]));
        encoder.encode_frame(image::Frame::new(frame)).unwrap();
    }
    drop(encoder);
    let mut damaged = halves(ImageFormat::Png);
    damaged.truncate(damaged.len() / 2);
    for (what, picture) in [("moves", moving), ("damaged", damaged), ("bomb", bomb())] {
        let noted = |file: &mut StoredFile| (file.width, file.height) = (Some(40), Some(30));
        let gallery = Gallery::showing_as(folder.storage(), picture.clone(), noted).await;
        for _ in 0..2 {
            let answer = gallery.ask("?width=20", "image/webp").await;
            assert_eq!(header(&answer, "content-type"), gallery.file.content_type, "{what}");
            assert_eq!(header(&answer, "etag"), format!("\"{}\"", gallery.file.hash), "{what}");
            assert_eq!(answer.bytes().await.unwrap(), picture, "{what}");
        }
        assert_eq!(gallery.made(), 0, "{what}");
    }
}

#[tokio::test]
async fn the_storefront_tells_size_and_thumbhash_and_leads_to_what_was_wished_for() {
    const IMAGE: &str = "{ product(handle: \"mug\") { featuredImage { width height thumbhash url
        small: url(transform: { maxWidth: 50, maxHeight: 50, crop: CENTER, scale: 2, preferredContentType: WEBP }) } } }";
    let folder = Folder::open().await;
    let gallery = Gallery::showing(folder.storage(), halves(ImageFormat::Jpeg)).await;
    let answer = gallery.server.storefront(IMAGE, json!({})).await.json();
    let image = &answer["data"]["product"]["featuredImage"];
    assert_eq!((&image["width"], &image["height"]), (&json!(800), &json!(600)), "{answer}");
    assert_eq!(image["thumbhash"].as_str(), gallery.file.thumbhash.as_deref());
    assert!(gallery.file.thumbhash.as_ref().is_some_and(|hash| hash.len() > 20), "{image}");
    let path = |field: &str| {
        let url = image[field].as_str().unwrap();
        url.split_once(&gallery.file.hash).unwrap_or_else(|| panic!("{url}")).1.to_owned()
    };
    assert_eq!(path("url"), ".jpg");
    let small = gallery.ask(&path("small"), "*/*").await;
    assert_eq!(header(&small, "content-type"), "image/webp");
    let small = image::load_from_memory(&small.bytes().await.unwrap()).unwrap();
    assert_eq!((small.width(), small.height()), (100, 100));
}
