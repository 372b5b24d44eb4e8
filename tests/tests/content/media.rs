//! Films, models and documents: from a store file and from apps to buyers and merchants.

use mcom::apply::Wish;
use mcom_catalog::{
    files,
    products::{self, ProductStatus},
};
use mcom_tests::{Shop, demo};
use serde_json::{Value, json};

use crate::{applied, faults};

const GALLERY: &str = "query($first: Int, $after: String, $last: Int, $before: String, $sort: ProductMediaSortKeys) {
    product(handle: \"linen-shirt\") { featuredImage { url } images(first: 9) { nodes { id url } }
        media(first: $first, after: $after, last: $last, before: $before, sortKey: $sort) {
            pageInfo { hasNextPage hasPreviousPage endCursor startCursor } nodes { __typename id alt mediaContentType
                previewImage { url width height altText } presentation { id }
                ... on MediaImage { image { url } }
                ... on Video { sources { url mimeType format width height } }
                ... on ExternalVideo { host embedUrl embeddedUrl originUrl }
                ... on Model3d { sources { url mimeType format filesize } presentation { asJson(format: MODEL_VIEWER) image: asJson(format: IMAGE) } }
            } } } }";

async fn gallery(shop: &Shop, variables: Value) -> Value {
    let answer = shop.storefront(GALLERY, variables).await;
    assert!(answer.body["errors"].is_null(), "{}", answer.body);
    answer.body["data"]["product"].clone()
}

fn kinds(product: &Value) -> Vec<&str> {
    let nodes = product["media"]["nodes"].as_array().expect("media");
    nodes.iter().map(|node| node["__typename"].as_str().expect("a type")).collect()
}

/// The store of the demo, whose linen shirt is shown in every way.
async fn furnished() -> Shop {
    let shop = Shop::open().await;
    demo::fill(&shop.admin()).await;
    shop
}

const ALL: [&str; 6] = ["MediaImage", "Video", "Model3d", "MediaImage", "ExternalVideo", "MediaImage"];

#[tokio::test]
async fn films_and_models_stand_at_their_places_among_the_pictures() {
    let shop = furnished().await;
    let product = gallery(&shop, json!({ "first": 10 })).await;
    assert_eq!(kinds(&product), ALL);
    let media = &product["media"]["nodes"];
    assert_eq!(
        media[1]["sources"][0],
        json!({ "url": "https://images.example.com/demo/collar-1080.mp4",
        "mimeType": "video/mp4", "format": "mp4", "width": 1920, "height": 1080 })
    );
    assert_eq!(
        media[1]["previewImage"],
        json!({ "url": "https://images.example.com/demo/collar.webp", "width": 1024,
        "height": 576, "altText": "Ada sews a collar" })
    );
    assert_eq!((&media[1]["mediaContentType"], &media[0]["presentation"]), (&json!("VIDEO"), &Value::Null));
    assert_eq!(media[4]["host"], "YOUTUBE");
    assert_eq!(media[4]["embedUrl"], "https://www.youtube.com/embed/q2fIWB8o-bs");
    assert_eq!(media[4]["originUrl"], "https://www.youtube.com/watch?v=q2fIWB8o-bs");
    assert_eq!(media[2]["sources"][0]["filesize"], 4_194_304);
    assert_eq!(media[2]["presentation"]["asJson"]["autoRotate"], true);
    assert_eq!(media[2]["presentation"]["image"], Value::Null);
    // Pictures are what they were.
    assert_eq!(product["images"]["nodes"].as_array().map(Vec::len), Some(3));
    assert_eq!(product["featuredImage"]["url"], media[0]["image"]["url"]);
}

#[tokio::test]
async fn media_of_every_kind_are_paged_together() {
    let shop = furnished().await;
    let first = gallery(&shop, json!({ "first": 2 })).await;
    assert_eq!(kinds(&first), ALL[..2]);
    assert_eq!(first["media"]["pageInfo"]["hasNextPage"], true);
    let after = &first["media"]["pageInfo"]["endCursor"];
    let rest = gallery(&shop, json!({ "first": 9, "after": after })).await;
    assert_eq!(kinds(&rest), ALL[2..]);
    let before = &rest["media"]["pageInfo"]["startCursor"];
    assert_eq!(kinds(&gallery(&shop, json!({ "last": 1, "before": before })).await), ["Video"]);
    let by_age = gallery(&shop, json!({ "first": 9, "sort": "ID" })).await;
    assert_eq!(kinds(&by_age)[..4], ["MediaImage", "MediaImage", "MediaImage", "Video"]);
    assert_eq!(kinds(&gallery(&shop, json!({ "first": 9, "sort": "RELEVANCE" })).await), ALL);
}

#[tokio::test]
async fn a_medium_is_found_by_its_id_as_long_as_its_product_is_shown() {
    let shop = furnished().await;
    let product = gallery(&shop, json!({ "first": 9 })).await;
    let media = product["media"]["nodes"].as_array().expect("media").clone();
    let mut ids: Vec<Value> = media.iter().map(|node| node["id"].clone()).collect();
    ids.push(media[2]["presentation"]["id"].clone());
    let nodes = async || {
        let read = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }";
        let found = shop.storefront(read, json!({ "ids": ids })).await;
        found.data("/nodes").as_array().expect("nodes").clone()
    };
    let found = nodes().await;
    for (node, id) in found.iter().zip(&ids) {
        assert_eq!(node["id"], *id);
    }
    assert_eq!(
        (&found[1]["__typename"], &found[6]["__typename"]),
        (&json!("Video"), &json!("MediaPresentation"))
    );
    // An id of another kind with the same number means nothing.
    let wrong = ids[1].as_str().expect("an id").replace("Video", "Model3d");
    let read = shop.storefront("query($id: ID!) { node(id: $id) { id } }", json!({ "id": wrong })).await;
    assert_eq!(*read.data("/node"), Value::Null);
    let cx = shop.admin();
    let shirt = products::by_handle(&cx, "linen-shirt").await.expect("it is read").expect("it is there");
    let draft =
        products::ProductInput { status: Some(ProductStatus::Draft), ..products::ProductInput::default() };
    products::update(&cx, shirt.row.id(), &draft, &[]).await.expect("it can be hidden");
    assert!(nodes().await.iter().all(Value::is_null), "what belongs to a hidden product is hidden");
}

#[tokio::test]
async fn fields_refer_to_files_of_every_kind() {
    let shop = furnished().await;
    let read = r#"{ product(handle: "linen-shirt") { metafields(identifiers: [{ namespace: "details", key: "film" },
        { namespace: "details", key: "model" }, { namespace: "details", key: "leaflet" }]) { type reference { __typename
            ... on Video { alt sources { url } } ... on Model3d { sources { format } }
            ... on GenericFile { alt url mimeType originalFileSize previewImage { url } } } }
        metafield(namespace: "details", key: "sketches") { references(first: 9) { nodes { __typename } } } } }"#;
    let answer = shop.storefront(read, json!({})).await;
    let fields = answer.data("/product/metafields");
    assert_eq!(
        fields[0]["reference"]["sources"][0]["url"],
        "https://images.example.com/demo/collar-1080.mp4"
    );
    assert_eq!(fields[1]["reference"]["sources"][1]["format"], "usdz");
    assert_eq!(
        fields[2]["reference"],
        json!({ "__typename": "GenericFile", "alt": "How linen is kept",
        "url": "https://images.example.com/demo/care.pdf", "mimeType": "application/pdf", "originalFileSize": 182_044,
        "previewImage": { "url": "https://images.example.com/demo/care.webp" } })
    );
    let several = answer.data("/product/metafield/references/nodes");
    assert_eq!(
        *several,
        json!([{ "__typename": "MediaImage" }, { "__typename": "MediaImage" },
        { "__typename": "Video" }, { "__typename": "GenericFile" }])
    );
}

#[tokio::test]
async fn a_file_that_is_taken_away_is_no_longer_shown() {
    let shop = furnished().await;
    let cx = shop.admin();
    let all = files::all(&cx).await.expect("files");
    let film = all.iter().find(|file| file.handle.as_deref() == Some("shirt-film")).expect("a film");
    files::delete(&cx, film.id()).await.expect("it can be deleted");
    assert_eq!(
        kinds(&gallery(&shop, json!({ "first": 9 })).await),
        ["MediaImage", "MediaImage", "Model3d", "MediaImage", "ExternalVideo"]
    );
    let read = r#"{ product(handle: "linen-shirt") { metafield(namespace: "details", key: "film") { reference { __typename } } } }"#;
    assert_eq!(*shop.storefront(read, json!({})).await.data("/product/metafield/reference"), Value::Null);
}

#[tokio::test]
async fn a_file_moves_from_product_to_product() {
    let shop = furnished().await;
    let moved = "files: [{ handle: bees-film, externalVideo: 'https://vimeo.com/76979871', product: linen-shirt, position: 1 }]";
    applied(&shop, moved, Wish::default()).await;
    assert_eq!(kinds(&gallery(&shop, json!({ "first": 9 })).await)[0], "ExternalVideo");
    let read = r#"{ product(handle: "wildflower-honey") { media(first: 9) { nodes { __typename } } } }"#;
    let honey = shop.storefront(read, json!({})).await;
    let left = honey.data("/product/media/nodes").as_array().expect("media");
    assert!(left.iter().all(|node| node["__typename"] == "MediaImage"), "{left:?}");
}

#[tokio::test]
async fn what_is_no_file_is_told_where_it_is() {
    let shop = Shop::open().await;
    for (text, path, message) in [
        ("files: [{ handle: a }]", "files.0", "one of image"),
        (
            "files: [{ handle: a, image: { url: 'https://x.example/a.png' }, externalVideo: 'https://youtu.be/abc' }]",
            "files.0",
            "one of image",
        ),
        ("files: [{ handle: a, externalVideo: 'https://x.example/a' }]", "files.0.externalVideo", "YouTube"),
        ("files: [{ handle: a, image: { url: 'ftp://x.example/a.png' } }]", "files.0.url", "address"),
        ("files: [{ handle: A b, image: { url: 'https://x.example/a.png' } }]", "files.0.handle", "«a-b»"),
        (
            "files: [{ handle: a, externalVideo: 'https://youtu.be/abc', product: none }]",
            "files.0.product",
            "«none»",
        ),
    ] {
        let told = faults(&shop, text).await;
        assert_eq!(
            told.iter().map(|fault| fault.path.as_str()).collect::<Vec<_>>(),
            [path],
            "{text}: {told:?}"
        );
        assert!(told[0].message.contains(message), "{told:?}");
    }
    assert!(files::all(&shop.admin()).await.expect("files").is_empty());
}

const CREATE: &str = "mutation($media: [CreateMediaInput!]) { productCreate(product: { title: \"Loom\" }, media: $media) {
    product { id mediaCount { count } media(first: 9) { nodes { __typename alt mediaContentType status
        ... on Video { sources { url format mimeType width height } } ... on ExternalVideo { host embedUrl originUrl }
        ... on Model3d { sources { format filesize } } } } } userErrors { field message } } }";

#[tokio::test]
async fn apps_add_films_and_models_to_products() {
    let shop = Shop::open().await;
    let media = json!([
        { "mediaContentType": "EXTERNAL_VIDEO", "originalSource": "https://youtu.be/abc", "alt": "At work" },
        { "mediaContentType": "IMAGE", "originalSource": "https://x.example/a.jpg" },
        { "mediaContentType": "VIDEO", "originalSource": "https://x.example/a.webm" },
        { "mediaContentType": "MODEL_3D", "originalSource": "https://x.example/a.glb" },
    ]);
    let made = shop.merchant(CREATE, json!({ "media": media })).await;
    let product = made.data("/productCreate/product");
    assert_eq!(kinds(product), ["ExternalVideo", "MediaImage", "Video", "Model3d"]);
    assert_eq!(product["mediaCount"]["count"], 4);
    let nodes = &product["media"]["nodes"];
    assert_eq!((&nodes[0]["alt"], &nodes[0]["host"]), (&json!("At work"), &json!("YOUTUBE")));
    assert_eq!(nodes[2]["sources"][0]["mimeType"], "video/webm");
    let more = "mutation($id: ID!, $media: [CreateMediaInput!]) { productUpdate(product: { id: $id }, media: $media) {
        product { media(first: 9) { nodes { __typename } } } userErrors { field message } } }";
    let film = json!([{ "mediaContentType": "VIDEO", "originalSource": "https://x.example/b.mp4" }]);
    let changed = shop.merchant(more, json!({ "id": product["id"], "media": film })).await;
    assert_eq!(kinds(changed.data("/productUpdate/product")).last(), Some(&"Video"));
    let wrong =
        json!([{ "mediaContentType": "EXTERNAL_VIDEO", "originalSource": "https://x.example/b.mp4" }]);
    let refused = shop.merchant(CREATE, json!({ "media": wrong })).await;
    assert_eq!(*refused.data("/productCreate/userErrors/0/field"), json!(["media", "0", "originalSource"]));
    assert_eq!(*refused.data("/productCreate/product"), Value::Null);
}
