//! Pictures that lie elsewhere are fetched, kept and shown.

use std::{net::SocketAddr, time::Duration};

use mcom::objects::{Fetcher, Limits, Network, Totals, fetch_all};
use mcom_catalog::{
    products::{self, CreateMediaInput, ProductInput},
    publications::{self, PublicationInput, Publishable},
};
use mcom_data::Cx;
use mcom_tests::{Shop, process::services_having, server::Server};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use crate::{Folder, bomb};

/// One white dot on three by two.
const GIF: &[u8] = b"GIF89a\x03\x00\x02\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00\
    !\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

/// A web server with pictures, good and bad ones.
async fn web() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut request = vec![0; 4096];
                let read = socket.read(&mut request).await.unwrap_or_default();
                let path = String::from_utf8_lossy(&request[..read]);
                let path = path.split(' ').nth(1).unwrap_or_default().to_owned();
                let _ = socket.write_all(&page(&path, address)).await;
            });
        }
    });
    address
}

fn page(path: &str, address: SocketAddr) -> Vec<u8> {
    let (status, content) = match path {
        "/good.gif" => ("200 OK".to_owned(), GIF.to_vec()),
        "/moved.gif" => (format!("302 Found\r\nlocation: http://{address}/good.gif"), vec![]),
        "/trap.gif" => {
            (format!("302 Found\r\nlocation: http://127.0.0.2:{}/good.gif", address.port()), vec![])
        }
        "/circle.gif" => (format!("302 Found\r\nlocation: http://{address}/circle.gif"), vec![]),
        "/page.gif" => ("200 OK\r\ncontent-type: image/gif".to_owned(), b"<script>".to_vec()),
        "/bomb.jpg" => ("200 OK".to_owned(), bomb()),
        "/huge.gif" => ("200 OK".to_owned(), [GIF, &vec![0; 5000]].concat()),
        _ => ("404 Not Found".to_owned(), vec![]),
    };
    let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", content.len());
    [head.as_bytes(), &content].concat()
}

/// A product on the online store with pictures at these addresses.
pub(crate) async fn product(cx: &Cx, pictures: &[String]) {
    let media = pictures.iter().map(|url| CreateMediaInput {
        original_source: url.clone(),
        alt: None,
        media_content_type: "IMAGE".to_owned(),
    });
    let media: Vec<CreateMediaInput> = media.collect();
    let input = ProductInput { title: Some("Mug".to_owned()), ..ProductInput::default() };
    let id = products::create(cx, &input, &media).await.unwrap();
    let known = publications::list(cx).await.unwrap();
    let online = known.iter().find(|p| p.handle == publications::ONLINE_STORE).map(|p| p.id);
    let online = PublicationInput { publication_id: online, publish_date: None };
    publications::publish(cx, Publishable::Product(id), &[online]).await.unwrap();
}

fn fetcher(network: Network) -> Fetcher {
    let limits = Limits { bytes: 4096, time: Duration::from_secs(10), ..Limits::default() };
    Fetcher::new(network, limits).unwrap()
}

fn nearby() -> Network {
    Network::with(vec!["127.0.0.1".parse().unwrap()])
}

async fn fetch(shop: &Shop, folder: &Folder, fetcher: &Fetcher) -> Totals {
    let (cx, objects) = (shop.admin(), folder.objects().await);
    fetch_all(&cx, (fetcher, &objects), |_| {}).await.unwrap()
}

const IMAGES: &str = "{ product(handle: \"mug\") { images(first: 9) { nodes { url width height } } } }";

async fn images(server: &Server) -> Vec<Value> {
    let reply = server.storefront(IMAGES, json!({})).await.json();
    reply["data"]["product"]["images"]["nodes"].as_array().unwrap_or_else(|| panic!("{reply}")).clone()
}

#[tokio::test]
async fn a_fetched_picture_is_shown_from_the_store_itself() {
    let (folder, web) = (Folder::open().await, web().await);
    let shop = Shop::open().await;
    let objects = folder.objects().await;
    let services = services_having(&shop.database, shop.clock.clone(), (*objects).clone()).await;
    let server = Server::open(shop.moved_to(services)).await;
    let source = format!("http://{web}/moved.gif");
    product(&server.shop.admin(), std::slice::from_ref(&source)).await;
    assert_eq!(images(&server).await, [json!({ "url": source, "width": null, "height": null })]);

    let totals = fetch(&server.shop, &folder, &fetcher(nearby())).await;
    assert_eq!((totals.fetched, totals.bytes, totals.failed), (1, GIF.len() as u64, vec![]));
    let again = fetch(&server.shop, &folder, &fetcher(nearby())).await;
    assert_eq!(again, Totals::default(), "what is kept is not fetched again");

    let image = images(&server).await.remove(0);
    assert_eq!((&image["width"], &image["height"]), (&json!(3), &json!(2)));
    let url = image["url"].as_str().unwrap();
    let path = url.strip_prefix(&format!("http://{}", server.host())).unwrap_or_else(|| panic!("{url}"));
    shown(&server, path).await;
    let neighbour = format!("GET {path} HTTP/1.1\r\nhost: {}", server.shop.neighbour().await.tenant.host());
    assert_eq!(server.send(&neighbour, b"").await.status, 404, "another store has no such file");
}

/// The picture at `path`, whole, in parts, and not again for those who have it.
async fn shown(server: &Server, path: &str) {
    let ask = async |method: &str, header: &str| {
        server.send(&format!("{method} {path} HTTP/1.1\r\n{header}"), b"").await
    };
    let whole = ask("GET", "").await;
    assert_eq!((whole.status, whole.body.len()), (200, String::from_utf8_lossy(GIF).len()), "{whole:?}");
    assert_eq!(whole.header("content-type"), Some("image/gif"));
    assert_eq!(whole.header("cache-control"), Some("public, max-age=31536000, immutable"));
    let tag = whole.header("etag").unwrap().to_owned();
    let known = ask("GET", &format!("if-none-match: \"x\", {tag}")).await;
    assert_eq!((known.status, known.body.as_str()), (304, ""));
    let part = ask("GET", "range: bytes=0-2").await;
    assert_eq!((part.status, part.body.as_str()), (206, "GIF"));
    assert_eq!(part.header("content-range"), Some(&*format!("bytes 0-2/{}", GIF.len())));
    assert_eq!(ask("GET", "range: bytes=0-2\r\nif-range: \"other\"").await.status, 200);
    assert_eq!(ask("GET", "range: bytes=900-").await.status, 416);
    let head = ask("HEAD", "").await;
    assert_eq!((head.status, head.header("content-length")), (200, Some(&*GIF.len().to_string())));
    for wrong in
        [format!("{path}0"), "/cdn/..%2F..%2Fcredentials".to_owned(), path.replace(&path[5..9], "0000")]
    {
        assert_eq!(server.get(&wrong).await.status, 404, "{wrong}");
    }
}

#[tokio::test]
async fn what_is_no_picture_or_leads_into_a_private_network_stays_where_it_is() {
    let (folder, web, shop) = (Folder::open().await, web().await, Shop::open().await);
    let paths = ["trap.gif", "circle.gif", "page.gif", "huge.gif", "bomb.jpg", "none.gif", "good.gif"];
    let urls: Vec<String> = paths.iter().map(|path| format!("http://{web}/{path}")).collect();
    product(&shop.admin(), &urls).await;
    let refused = fetch(&shop, &folder, &fetcher(Network::default())).await;
    assert_eq!((refused.fetched, refused.failed.len()), (0, 7), "{refused:?}");
    assert!(refused.failed.iter().all(|(_, why)| why.contains("not a public address")), "{refused:?}");
    let totals = fetch(&shop, &folder, &fetcher(nearby())).await;
    let failed: Vec<&str> = totals.failed.iter().map(|(url, _)| url.rsplit('/').next().unwrap()).collect();
    assert_eq!((totals.fetched, failed), (1, paths[..6].to_vec()));
    assert!(totals.failed[4].1.contains("more than 40 million pixels"), "{totals:?}");
    let localhost = format!("http://localhost:{}/good.gif", web.port());
    let named = Shop::open().await;
    product(&named.admin(), std::slice::from_ref(&localhost)).await;
    let refused = fetch(&named, &folder, &fetcher(Network::default())).await;
    assert_eq!((refused.fetched, refused.failed.len()), (0, 1), "a name that stands for a private address");
}

#[tokio::test]
async fn a_run_fetches_no_more_than_it_may() {
    let (folder, web, shop) = (Folder::open().await, web().await, Shop::open().await);
    for _ in 0..3 {
        product(&shop.admin(), &[format!("http://{web}/good.gif")]).await;
    }
    let limits = Limits { pictures: 2, ..Limits::default() };
    let fetcher = Fetcher::new(nearby(), limits).unwrap();
    assert_eq!(fetch(&shop, &folder, &fetcher).await.fetched, 2);
    assert_eq!(fetch(&shop, &folder, &fetcher).await.fetched, 1);
}
