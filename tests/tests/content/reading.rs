//! The Storefront API shows what was applied.

use mcom_tests::Shop;
use serde_json::{Value, json};

use crate::furnished;

async fn ask(shop: &Shop, document: &str) -> Value {
    let answer = shop.storefront(document, json!({})).await;
    assert!(answer.body["errors"].is_null(), "{}", answer.body);
    answer.body["data"].clone()
}

/// One field of every node of a list.
async fn names(shop: &Shop, list: &str, field: &str) -> Vec<String> {
    let root = list.split('(').next().unwrap_or_default();
    let data = ask(shop, &format!("{{ {list} {{ nodes {{ {field} }} }} }}")).await;
    let nodes = data[root]["nodes"].as_array().expect("a list").clone();
    nodes.iter().map(|node| node[field].as_str().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn a_page_is_shown_and_a_hidden_one_is_not() {
    let shop = furnished().await;
    let read = r#"{ page(handle: "about") { id body bodySummary createdAt handle onlineStoreUrl title updatedAt
            seo { title description } }
        draft: page(handle: "draft") { id } later: pageByHandle(handle: "later") { id } }"#;
    let data = ask(&shop, read).await;
    let page = &data["page"];
    assert_eq!(page["body"], "<p>We sell <b>mugs</b></p>");
    assert_eq!(page["bodySummary"], "We sell mugs");
    assert_eq!(page["seo"], json!({ "title": "About", "description": null }));
    assert!(page["onlineStoreUrl"].as_str().is_some_and(|url| url.ends_with("/pages/about")), "{page}");
    assert_eq!((&data["draft"], &data["later"]), (&Value::Null, &Value::Null));
    assert_eq!(names(&shop, "pages(first: 9)", "handle").await, ["about"]);
    let by_id =
        ask(&shop, &format!("{{ page(id: {0}) {{ handle }} node(id: {0}) {{ id }} }}", page["id"])).await;
    assert_eq!((&by_id["page"]["handle"], &by_id["node"]["id"]), (&json!("about"), &page["id"]));
}

#[tokio::test]
async fn an_article_is_shown_with_its_author_and_comments() {
    let shop = furnished().await;
    let read = r#"{ blog(handle: "news") { title onlineStoreUrl authors { name } articleByHandle(handle: "first") {
        title author { name } authorV2 { firstName lastName name email bio } blog { handle } content(truncateAt: 6) contentHtml
        excerpt excerptHtml handle image { altText } onlineStoreUrl publishedAt seo { title } tags
        comments(first: 9) { nodes { author { name email } content contentHtml } } } } }"#;
    let blog = ask(&shop, read).await["blog"].clone();
    assert_eq!(blog["authors"], json!([{ "name": "Ada Visser" }, { "name": "Tom" }]));
    let article = &blog["articleByHandle"];
    assert_eq!(article["authorV2"]["bio"], "Writes.");
    assert_eq!(article["blog"]["handle"], "news");
    assert_eq!((&article["content"], &article["excerpt"]), (&json!("Long…"), &json!("Short.")));
    assert_eq!(article["image"]["altText"], "A field");
    assert_eq!(article["tags"], json!(["Makers", "wool"]));
    assert!(article["onlineStoreUrl"].as_str().is_some_and(|url| url.ends_with("/blogs/news/first")));
    let comments = json!([{ "author": { "name": "Jo", "email": "jo@example.com" }, "content": "Nice.", "contentHtml": "<p>Nice.</p>" }]);
    assert_eq!(article["comments"]["nodes"], comments);
}

#[tokio::test]
async fn articles_are_sorted_and_found() {
    let shop = furnished().await;
    for (list, handles) in [
        ("articles(first: 9)", vec!["first", "second"]),
        ("articles(first: 9, sortKey: TITLE)", vec!["second", "first"]),
        ("articles(first: 9, sortKey: AUTHOR, reverse: true)", vec!["second", "first"]),
        ("articles(first: 9, sortKey: PUBLISHED_AT, reverse: true)", vec!["second", "first"]),
        ("articles(first: 1, sortKey: BLOG_TITLE)", vec!["first"]),
        ("articles(first: 9, sortKey: UPDATED_AT)", vec!["first", "second"]),
        ("articles(first: 9, query: \"tag:makers\")", vec!["first"]),
        ("articles(first: 9, query: \"tag_not:wool\")", vec!["second"]),
        ("articles(first: 9, query: \"author:tom OR tag:wool\")", vec!["first", "second"]),
        ("articles(first: 9, query: \"-author:ada*\")", vec!["second"]),
        ("articles(first: 9, query: \"blog_title:diary\")", vec![]),
        ("articles(first: 9, query: \"published_at:>=2026-02-15\")", vec!["second"]),
        ("articles(first: 9, query: \"second\")", vec!["second"]),
        ("blogs(first: 9, sortKey: HANDLE)", vec!["diary", "news"]),
        ("blogs(first: 9, query: \"title:news\")", vec!["news"]),
        ("pages(first: 9, query: \"title:about*\", sortKey: TITLE)", vec!["about"]),
        ("pages(first: 9, query: \"created_at:<2020\", sortKey: UPDATED_AT)", vec![]),
    ] {
        assert_eq!(names(&shop, list, "handle").await, handles, "{list}");
    }
}

#[tokio::test]
async fn lists_go_on_where_they_were_left() {
    let shop = furnished().await;
    for key in ["AUTHOR", "BLOG_TITLE", "ID", "PUBLISHED_AT", "TITLE", "UPDATED_AT"] {
        let read = |after: &str| {
            format!(
                "{{ articles(first: 1, sortKey: {key}{after}) {{ edges {{ cursor node {{ handle }} }} pageInfo {{ hasNextPage }} }} }}"
            )
        };
        let first = ask(&shop, &read("")).await["articles"].clone();
        assert_eq!(first["pageInfo"]["hasNextPage"], true, "{key}");
        let second =
            ask(&shop, &read(&format!(", after: {}", first["edges"][0]["cursor"]))).await["articles"].clone();
        assert_ne!(first["edges"][0]["node"], second["edges"][0]["node"], "{key}");
        assert_eq!(second["pageInfo"]["hasNextPage"], false, "{key}");
    }
}

#[tokio::test]
async fn a_menu_leads_to_what_can_be_seen() {
    let shop = furnished().await;
    let read = r#"{ menu(handle: "main") { title itemsCount items { title type url tags resourceId resource { __typename ... on Page { handle } }
        items { title type url items { type url resource { __typename } } } } } none: menu(handle: "none") { id } }"#;
    let data = ask(&shop, read).await;
    let menu = &data["menu"];
    assert_eq!((&menu["itemsCount"], &data["none"]), (&json!(5), &Value::Null));
    let end = |value: &Value, path: &str| value.as_str().is_some_and(|url| url.ends_with(path));
    let home = &menu["items"][0];
    assert_eq!((&home["type"], &home["resource"]), (&json!("FRONTPAGE"), &Value::Null));
    assert!(end(&home["items"][0]["url"], "/pages/about"), "{menu}");
    let news = &home["items"][0]["items"][0];
    assert!(
        news["type"] == "BLOG"
            && end(&news["url"], "/blogs/news")
            && news["resource"]["__typename"] == "Blog"
    );
    assert!(end(&menu["items"][1]["url"], "/blogs/news/first"));
    assert!(end(&menu["items"][2]["url"], "/policies/refund-policy"));
    assert_eq!(
        (&menu["items"][3]["url"], &menu["items"][3]["tags"]),
        (&json!("https://example.com/"), &json!(["x"]))
    );
    let hidden = &menu["items"][4];
    assert!(
        hidden["url"].is_null() && hidden["resource"].is_null() && hidden["resourceId"].is_string(),
        "{hidden}"
    );
}

#[tokio::test]
async fn policies_and_redirects_are_found() {
    let shop = furnished().await;
    let read = r#"{ shop { refundPolicy { id title body handle url } privacyPolicy { id } }
        urlRedirects(first: 1, query: "path:/old") { nodes { id path target } }
        none: urlRedirects(first: 1, query: "path:/none") { nodes { id } } }"#;
    let data = ask(&shop, read).await;
    let policy = &data["shop"]["refundPolicy"];
    assert_eq!((&policy["title"], &policy["body"]), (&json!("Refund policy"), &json!("<p>Thirty days.</p>")));
    assert_eq!(data["shop"]["privacyPolicy"], Value::Null);
    let redirect = &data["urlRedirects"]["nodes"][0];
    assert_eq!((&redirect["path"], &redirect["target"]), (&json!("/old"), &json!("/pages/about")));
    assert_eq!(data["none"]["nodes"], json!([]));
    let ids = json!([policy["id"], redirect["id"]]);
    let nodes = shop
        .storefront("query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", json!({ "ids": ids }))
        .await;
    let expected =
        json!([{ "__typename": "ShopPolicy", "id": ids[0] }, { "__typename": "UrlRedirect", "id": ids[1] }]);
    assert_eq!(*nodes.data("/nodes"), expected);
}
