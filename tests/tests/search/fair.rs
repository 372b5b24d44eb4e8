//! A store with seeded goods and an index, and a buyer who searches it.

use mcom_catalog::seed;
use mcom_data::{Cx, page::PageArgs};
use mcom_search::{Search, SearchEngine};
use mcom_tests::{Answer, Shop};
use mcom_workers::index;
use serde_json::{Value, json};

/// How many products the store has.
pub const PRODUCTS: u64 = 60;

/// The parts of a search page that a test looks at.
pub const SEARCH: &str = "query($term: String!, $first: Int = 24, $after: String, $filters: [ProductFilter!]) {
    search(query: $term, types: [PRODUCT], first: $first, after: $after, productFilters: $filters, sortKey: RELEVANCE, unavailableProducts: LAST) {
      totalCount
      productFilters { id label type presentation values { id label count input } }
      nodes { __typename ... on Product { id handle title vendor trackingParameters } }
      pageInfo { hasNextPage endCursor }
    } }";

/// A store with [`PRODUCTS`] products.
pub async fn stocked(shop: Shop) -> Shop {
    seed::products(&shop.admin(), PRODUCTS, &mut |_| {}).await.unwrap();
    shop
}

/// A store with [`PRODUCTS`] products and an index of them.
pub async fn open() -> Shop {
    let shop = stocked(Shop::open().await).await;
    index::rebuild(&shop.admin(), &mut |_| {}).await.unwrap();
    refresh(&shop.admin()).await;
    shop
}

/// Makes what was written searchable.
pub async fn refresh(cx: &Cx) {
    cx.shared::<Search>().unwrap().refresh(cx.tenant().store()).await.unwrap();
}

/// What a buyer who typed `term` and made choices is shown.
pub async fn search(shop: &Shop, term: &str, filters: &[Value]) -> Answer {
    shop.storefront(SEARCH, json!({ "term": term, "filters": filters })).await
}

/// The titles of all products, by id.
pub async fn titles(shop: &Shop) -> Vec<String> {
    let list = mcom_catalog::products::ListQuery {
        sort: mcom_catalog::products::ProductSort::Id,
        filter: None,
        page: PageArgs::first(250),
    };
    let page = mcom_catalog::products::live_page(&shop.buyer(), &list).await.unwrap();
    page.items.into_iter().map(|(_, live)| live.document.title.clone()).collect()
}

/// The choices of a filter: what to send for each, and how many products it promises.
pub fn choices(answer: &Answer, field: &str, id: &str) -> Vec<(Value, u64)> {
    let filters = answer.data(field).as_array().unwrap();
    let filter = filters.iter().find(|filter| filter["id"] == id);
    let values = filter.and_then(|filter| filter["values"].as_array()).unwrap_or_else(|| panic!("no {id}"));
    let choice = |value: &Value| {
        let input = serde_json::from_str(value["input"].as_str().unwrap()).unwrap();
        (input, value["count"].as_u64().unwrap())
    };
    values.iter().map(choice).collect()
}
