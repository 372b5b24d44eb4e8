//! The storefront's search pages: results, facets that keep their promises, filtered collections, suggestions.

use serde_json::{Value, json};

use crate::fair::{self, PRODUCTS, choices, search};

#[tokio::test]
async fn every_choice_gives_as_many_products_as_it_promises() {
    let shop = fair::open().await;
    let all = search(&shop, "", &[]).await;
    assert_eq!(*all.data("/search/totalCount"), PRODUCTS);
    let filters = all.data("/search/productFilters").as_array().unwrap();
    assert!(filters.len() >= 4, "{filters:#?}");
    for filter in filters {
        let id = filter["id"].as_str().unwrap();
        for (input, count) in choices(&all, "/search/productFilters", id).into_iter().take(3) {
            let narrowed = search(&shop, "", std::slice::from_ref(&input)).await;
            assert_eq!(*narrowed.data("/search/totalCount"), count, "{input}");
            // A facet ignores what was chosen in it.
            assert_eq!(
                choices(&narrowed, "/search/productFilters", id),
                choices(&all, "/search/productFilters", id)
            );
        }
    }
}

#[tokio::test]
async fn what_is_typed_is_found_and_pages_follow_each_other() {
    let shop = fair::open().await;
    let title = fair::titles(&shop).await.swap_remove(7);
    let found = search(&shop, &title, &[]).await;
    assert_eq!(*found.data("/search/nodes/0/title"), title);
    assert_eq!(*found.data("/search/nodes/0/__typename"), "Product");
    assert!(found.data("/search/nodes/0/trackingParameters").as_str().unwrap().starts_with("_pos=1&_sid="));
    let (mut ids, mut after) = (std::collections::BTreeSet::new(), Value::Null);
    loop {
        let page = shop.storefront(fair::SEARCH, json!({ "term": "", "first": 25, "after": after })).await;
        for node in page.data("/search/nodes").as_array().unwrap() {
            assert!(ids.insert(node["id"].as_str().unwrap().to_owned()), "{node} came twice");
        }
        if *page.data("/search/pageInfo/hasNextPage") == false {
            break;
        }
        after = page.data("/search/pageInfo/endCursor").clone();
    }
    assert_eq!(ids.len() as u64, PRODUCTS);
}

#[tokio::test]
async fn a_search_that_was_made_before_takes_no_statement() {
    let shop = fair::open().await;
    search(&shop, "", &[]).await.data("/search/nodes/0/title");
    let before = shop.buyer();
    let query = mcom_search::Query {
        text: None,
        scope: mcom_search::Scope::default(),
        filters: vec![],
        facets: true,
        order: mcom_search::Order::default(),
        page: mcom_search::Page { size: 24, ..mcom_search::Page::default() },
    };
    let engine = before.shared::<mcom_search::Search>().unwrap();
    let hits = mcom_search::SearchEngine::search(&*engine, before.tenant().store(), &query).await.unwrap();
    let ids: Vec<_> = hits.hits.iter().map(|hit| hit.id).collect();
    let live = mcom_catalog::products::live(&before, &ids).await.unwrap();
    assert_eq!((live.len(), before.statements()), (24, 0));
}

const LISTING: &str =
    "query($handle: String!, $filters: [ProductFilter!], $sort: ProductCollectionSortKeys) {
    collection(handle: $handle) { products(first: 250, filters: $filters, sortKey: $sort) {
      filters { id values { count input } } nodes { id title } } } }";

#[tokio::test]
async fn a_collection_is_narrowed_down_in_every_order() {
    let shop = fair::open().await;
    let known = shop.storefront("{ collections(first: 1) { nodes { handle } } }", json!({})).await;
    let handle = known.data("/collections/nodes/0/handle").clone();
    let ids = |answer: &mcom_tests::Answer| -> Vec<String> {
        let nodes = answer.data("/collection/products/nodes").as_array().unwrap();
        nodes.iter().map(|node| node["id"].as_str().unwrap().to_owned()).collect()
    };
    for sort in ["COLLECTION_DEFAULT", "MANUAL", "TITLE", "PRICE", "CREATED", "ID"] {
        let all = shop.storefront(LISTING, json!({ "handle": handle, "sort": sort })).await;
        let (input, count) = choices(&all, "/collection/products/filters", "filter.p.vendor").swap_remove(0);
        let chosen = json!({ "handle": handle, "sort": sort, "filters": [input] });
        let narrowed = ids(&shop.storefront(LISTING, chosen).await);
        assert_eq!(narrowed.len() as u64, count, "{sort}");
        // What is left stands in the order in which it stood.
        let stood: Vec<String> = ids(&all).into_iter().filter(|id| narrowed.contains(id)).collect();
        assert_eq!(stood, narrowed, "{sort}");
    }
}

#[tokio::test]
async fn who_still_types_is_shown_products_and_words() {
    let shop = fair::open().await;
    let title = fair::titles(&shop).await.swap_remove(3);
    let word = title.split_whitespace().last().unwrap();
    let typed: String = word.chars().take(3).collect();
    let document = "query($typed: String!) { predictiveSearch(query: $typed, limit: 10, limitScope: EACH) {
        products { title } queries { text styledText } collections { title } } }";
    let shown = shop.storefront(document, json!({ "typed": typed })).await;
    assert!(!shown.data("/predictiveSearch/products").as_array().unwrap().is_empty());
    let words: Vec<&str> = shown
        .data("/predictiveSearch/queries")
        .as_array()
        .unwrap()
        .iter()
        .map(|query| query["text"].as_str().unwrap())
        .collect();
    assert!(words.contains(&word.to_lowercase().as_str()), "{words:?} for {word}");
    let refused = shop
        .storefront("{ predictiveSearch(query: \"a\", limit: 11) { queries { text } } }", json!({}))
        .await;
    assert_eq!(refused.error_code(), "INVALID_FIELD_ARGUMENTS");
}
