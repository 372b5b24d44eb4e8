//! Pages and articles among what is found.

use mcom::apply::{self, Wish};
use mcom_tests::Shop;
use serde_json::{Value, json};

use crate::fair;

const TEXTS: &str = "
pages:
  - { handle: zither, title: Zither, body: <p>Forty strings.</p> }
  - { handle: care, title: How a zither is kept, body: <p>Dry and dark.</p> }
  - { handle: hidden, title: Zither of nobody, published: false }
blogs:
  - handle: journal
    title: Journal
    articles:
      - { handle: strings, title: Strings, author: { firstName: Zita, lastName: Berg }, body: <p>For zithers and harps.</p>, tags: [music] }
      - { handle: later, title: Zither to come, author: { firstName: Tom }, publishedAt: 2199-01-01T00:00:00Z }
";

const SEARCH: &str = "query($query: String!, $types: [SearchType!], $first: Int, $after: String, $last: Int, $before: String,
    $sort: SearchSortKeys, $reverse: Boolean, $filters: [ProductFilter!]) {
    search(query: $query, types: $types, first: $first, after: $after, last: $last, before: $before, sortKey: $sort, reverse: $reverse,
        productFilters: $filters) { totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        edges { cursor node { __typename ... on Trackable { trackingParameters } } }
        nodes { __typename ... on Page { handle trackingParameters } ... on Article { handle trackingParameters } ... on Product { handle } } } }";

/// The fair with an instrument in its texts and, as a product, in its hall.
async fn open() -> Shop {
    let shop = fair::open().await;
    let cx = shop.admin();
    apply::apply(&cx, TEXTS, Wish::default()).await.unwrap().unwrap();
    shop
}

async fn search(shop: &Shop, variables: Value) -> Value {
    let answer = shop.storefront(SEARCH, variables).await;
    assert!(answer.body["errors"].is_null(), "{}", answer.body);
    answer.body["data"]["search"].clone()
}

fn named(found: &Value) -> Vec<String> {
    let nodes = found["nodes"].as_array().unwrap().iter();
    let name = |node: &Value| {
        format!("{}/{}", node["__typename"].as_str().unwrap(), node["handle"].as_str().unwrap())
    };
    nodes.map(name).collect()
}

#[tokio::test]
async fn texts_are_found_the_best_first_and_hidden_ones_are_not() {
    let shop = open().await;
    let found = search(&shop, json!({ "query": "zither", "first": 9 })).await;
    assert_eq!(named(&found), ["Page/zither", "Page/care", "Article/strings"]);
    assert_eq!(found["totalCount"], 3);
    let tracking = found["nodes"][1]["trackingParameters"].as_str().unwrap();
    assert!(tracking.starts_with("_pos=2&_sid=") && tracking.ends_with("&_ss=r"), "{tracking}");
    let only = |types: Value| search(&shop, json!({ "query": "zithr", "first": 9, "types": types }));
    assert_eq!(named(&only(json!(["PAGE"])).await), ["Page/zither", "Page/care"], "a slip is forgiven");
    assert_eq!(named(&only(json!(["ARTICLE"])).await), [""; 0], "but not in what a text says");
    assert_eq!(named(&only(json!(["PRODUCT"])).await), [""; 0]);
    let by_author = search(&shop, json!({ "query": "zita berg", "first": 9 })).await;
    assert_eq!(named(&by_author), ["Article/strings"]);
    let page = shop.storefront("{ page(handle: \"zither\") { trackingParameters } }", json!({})).await;
    assert_eq!(page.body["data"]["page"]["trackingParameters"], Value::Null, "nobody searched for it");
}

/// Everything there is, page by page in one direction.
async fn walk(shop: &Shop, wish: &Value, backward: bool) -> Vec<String> {
    let (size, from, end) =
        if backward { ("last", "before", "startCursor") } else { ("first", "after", "endCursor") };
    let (mut all, mut cursor): (Vec<String>, Value) = (vec![], Value::Null);
    loop {
        let mut variables = wish.clone();
        variables[size] = json!(25);
        variables[from] = cursor.clone();
        let found = search(shop, variables).await;
        let mut part = named(&found);
        if backward {
            part.append(&mut all);
            all = part;
        } else {
            all.extend(part);
        }
        let more = if backward { "hasPreviousPage" } else { "hasNextPage" };
        if found["pageInfo"][more] == false {
            return all;
        }
        cursor = found["pageInfo"][end].clone();
    }
}

#[tokio::test]
async fn products_and_texts_are_one_list_in_every_order_and_direction() {
    let shop = open().await;
    for (sort, reverse) in [("RELEVANCE", false), ("RELEVANCE", true), ("PRICE", false), ("PRICE", true)] {
        let wish = json!({ "query": "", "sort": sort, "reverse": reverse });
        let forward = walk(&shop, &wish, false).await;
        let mut once = forward.clone();
        once.sort();
        once.dedup();
        assert_eq!(
            once.len() as u64,
            fair::PRODUCTS + 3,
            "{sort} {reverse}: something is missing or came twice"
        );
        assert_eq!(forward.len(), once.len(), "{sort} {reverse}");
        assert_eq!(walk(&shop, &wish, true).await, forward, "{sort} {reverse}");
    }
}

#[tokio::test]
async fn a_text_that_changed_is_found_as_it_is() {
    let shop = open().await;
    let found = async |query: &str| named(&search(&shop, json!({ "query": query, "first": 9 })).await);
    assert_eq!(found("zither dark").await, ["Page/care"]);
    let changed = "pages: [{ handle: care, title: How a zither is kept, body: <p>In plain sight.</p> }]";
    apply::apply(&shop.admin(), changed, Wish::default()).await.unwrap().unwrap();
    assert_eq!(found("zither dark").await, [""; 0]);
    assert_eq!(found("zither sight").await, ["Page/care"]);
}

const PREDICT: &str = "query($query: String!, $types: [PredictiveSearchType!], $fields: [SearchableField!], $limit: Int) {
    predictiveSearch(query: $query, types: $types, searchableFields: $fields, limit: $limit) {
        pages { handle trackingParameters } articles { handle } products { handle title vendor trackingParameters }
        queries { text trackingParameters } collections { trackingParameters } } }";

#[tokio::test]
async fn texts_are_suggested_to_who_still_types() {
    let shop = open().await;
    let predict = async |variables: Value| {
        let answer = shop.storefront(PREDICT, variables).await;
        assert!(answer.body["errors"].is_null(), "{}", answer.body);
        answer.body["data"]["predictiveSearch"].clone()
    };
    let all = predict(json!({ "query": "zit" })).await;
    assert_eq!(all["pages"][0]["handle"], "zither");
    assert_eq!(all["pages"][0]["trackingParameters"], "_pos=1&_psq=zit&_ss=e&_v=1.0");
    assert_eq!(all["articles"], json!([{ "handle": "strings" }]));
    let pages = predict(json!({ "query": "zit", "types": ["PAGE"], "limit": 1 })).await;
    assert_eq!(pages["pages"].as_array().map(Vec::len), Some(1));
    assert_eq!(pages["articles"], json!([]));
    let written = predict(json!({ "query": "zit", "fields": ["AUTHOR"] })).await;
    assert_eq!((&written["pages"], &written["articles"]), (&json!([]), &json!([{ "handle": "strings" }])));
    let titled = predict(json!({ "query": "harp", "fields": ["TITLE"] })).await;
    assert_eq!(titled["articles"], json!([]));
}

#[tokio::test]
async fn products_are_suggested_by_the_fields_that_are_named() {
    let shop = open().await;
    let known = shop.storefront("{ products(first: 1) { nodes { handle title vendor } } }", json!({})).await;
    let vendor = known.data("/products/nodes/0/vendor").as_str().unwrap().to_owned();
    let ask = async |fields: Value| {
        let wish = json!({ "query": vendor, "types": ["PRODUCT"], "fields": fields, "limit": 10 });
        shop.storefront(PREDICT, wish).await.data("/predictiveSearch/products").as_array().unwrap().clone()
    };
    let made = ask(json!(["VENDOR"])).await;
    assert!(!made.is_empty() && made.iter().all(|product| product["vendor"] == vendor.as_str()), "{made:?}");
    assert!(made[0]["trackingParameters"].as_str().unwrap().starts_with("_pos=1&_psq="));
    assert!(ask(json!(["VARIANTS_SKU"])).await.is_empty());
}
