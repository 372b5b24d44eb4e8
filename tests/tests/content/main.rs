//! What a merchant writes: applied from a store file, read through the Storefront API.
#![expect(clippy::expect_used, reason = "a test that cannot be set up has failed")]

mod brand;
mod bundles;
mod collections;
mod deals;
mod faults;
mod file;
mod markets;
mod media;
mod metafield_file;
mod metafields;
mod plans;
mod reading;
mod sitemap;
mod writing;

use mcom::apply::{self, Fault, Outcome, Wish};
use mcom_tests::Shop;

/// A store file that needs no products.
const TEXTS: &str = "
policies:
  refundPolicy: <p>Thirty days.</p>
pages:
  - handle: about
    title: About us
    body: <p>We sell <b>mugs</b></p>
    seo: { title: About }
    publishedAt: 2026-01-02T03:04:05Z
  - handle: draft
    title: Not yet
    published: false
  - handle: later
    title: Later
    publishedAt: 2199-01-01T00:00:00Z
blogs:
  - handle: news
    title: News
    articles:
      - handle: first
        title: The first
        author: { firstName: Ada, lastName: Visser, email: ada@example.com, bio: Writes. }
        excerpt: <p>Short.</p>
        body: <p>Long and winding.</p>
        tags: [wool, Makers]
        image: { url: /files/a.png, alt: A field }
        publishedAt: 2026-02-01T00:00:00Z
        comments:
          - { author: Jo, email: jo@example.com, body: <p>Nice.</p>, createdAt: 2026-02-02T00:00:00Z }
          - { author: Spammer, email: s@example.com, body: Buy., published: false, createdAt: 2026-02-03T00:00:00Z }
      - handle: second
        title: A second
        author: { firstName: Tom }
        tags: [linen]
        publishedAt: 2026-03-01T00:00:00Z
  - handle: diary
    title: Diary
redirects:
  - { path: /old, target: /pages/about }
menus:
  - handle: main
    title: Main
    items:
      - title: Home
        link: home
        items:
          - title: About
            link: page:about
            items: [{ title: News, link: 'blog:news' }]
      - { title: First, link: 'article:news/first' }
      - { title: Returns, link: 'policy:refund-policy' }
      - { title: Elsewhere, link: 'https://example.com/', tags: [x] }
      - { title: Hidden, link: 'page:draft' }
";

/// Applies a file that is as it should be.
async fn applied(shop: &Shop, text: &str, wish: Wish) -> Outcome {
    let cx = shop.admin();
    let done = apply::apply(&cx, text, wish).await.expect("the database can be reached");
    cx.finish().await;
    done.unwrap_or_else(|faults| panic!("{faults:#?}"))
}

/// What is wrong with a file.
async fn faults(shop: &Shop, text: &str) -> Vec<Fault> {
    let cx = shop.admin();
    let done = apply::apply(&cx, text, Wish::default()).await.expect("the database can be reached");
    cx.finish().await;
    done.expect_err("something is wrong with it")
}

/// A store with all of it.
async fn furnished() -> Shop {
    let shop = Shop::open().await;
    applied(&shop, TEXTS, Wish::default()).await;
    shop
}
