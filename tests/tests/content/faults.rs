//! What is wrong with a store file is told with line, column and field, and nothing is changed.

use mcom::apply::Wish;
use mcom_tests::Shop;

use crate::{TEXTS, applied, faults};

/// Line, column and path of each fault.
async fn places(shop: &Shop, text: &str) -> Vec<(usize, usize, String)> {
    let faults = faults(shop, text).await;
    faults.into_iter().map(|fault| (fault.line, fault.column, fault.path)).collect()
}

#[tokio::test]
async fn a_fault_is_told_where_it_is() {
    let shop = Shop::open().await;
    for (text, line, column, path) in [
        ("pages:\n  - handle: about\n    title: ' '\n", 3, 5, "pages.0.title"),
        ("pages:\n  - handle: About us\n    title: About us\n", 2, 5, "pages.0.handle"),
        ("pages:\n  - handle: a\n    title: A\n    titel: B\n", 4, 5, "pages.0.titel"),
        ("pages:\n  - title: A\n", 2, 5, "pages.0"),
        ("pages:\n  - handle: a\n    title: [A]\n", 3, 5, "pages.0.title"),
        ("pages:\n - { handle: a, title: A }\n - { handle: a, title: B }\n", 3, 4, "pages.1"),
        ("redirects:\n  - path: old\n    target: /new\n", 2, 5, "redirects.0.path"),
        (
            "menus:\n  - handle: main\n    title: Main\n    items:\n      - title: A\n        link: page:none\n",
            6,
            9,
            "menus.0.items.0.link",
        ),
        (
            "menus:\n  - handle: main\n    title: Main\n    items:\n      - title: ''\n        link: home\n",
            5,
            9,
            "menus.0.items.0.title",
        ),
        ("policies:\n  refundPolicy: ''\n", 2, 3, "policies.refundPolicy"),
        (
            "blogs:\n - handle: b\n   title: B\n   articles:\n    - handle: a\n      title: A\n      author: { firstName: '' }\n",
            7,
            7,
            "blogs.0.articles.0.author",
        ),
        ("pages:\n  - [\n", 3, 1, ""),
    ] {
        assert_eq!(places(&shop, text).await, [(line, column, path.to_owned())], "{text}");
    }
}

#[tokio::test]
async fn every_fault_is_told_at_once_and_nothing_is_done() {
    let shop = Shop::open().await;
    let text = TEXTS.replace("title: Not yet", "title: ''").replace("link: page:about", "link: page:nowhere");
    assert_eq!(faults(&shop, &text).await.len(), 2);
    assert_eq!(shop.events().await, []);
}

#[tokio::test]
async fn a_link_to_what_the_same_file_makes_is_one() {
    let shop = Shop::open().await;
    let wrong = "menus: [{ handle: m, title: M, items: [{ title: A, link: 'page:about' }] }]";
    assert_eq!(faults(&shop, wrong).await.len(), 1);
    let right = format!("{wrong}\npages: [{{ handle: about, title: About }}]");
    assert_eq!(applied(&shop, &right, Wish::default()).await.changes.len(), 2);
}
