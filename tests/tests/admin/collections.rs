//! Collections and publications.

use serde_json::{Value, json};

use crate::back_office::{BackOffice, text};

#[tokio::test]
async fn a_collection_is_filled_by_hand_or_by_rules() {
    let office = BackOffice::open().await;
    let (mug, cup) = (office.goods("Mug").await, office.goods("Cup").await);
    let create = "mutation($input: CollectionInput!) { collectionCreate(input: $input) {
        collection { id handle productsCount { count } products(first: 5) { nodes { title } } ruleSet { appliedDisjunctively rules { column relation condition } } }
        userErrors { field message } } }";
    let by_hand = json!({ "title": "Both", "products": [cup.product, mug.product], "image": { "src": "https://img.example/c.png" } });
    let made = office.ask(create, json!({ "input": by_hand })).await;
    let products = made.data("/collectionCreate/collection/products/nodes");
    assert_eq!(*products, json!([{ "title": "Cup" }, { "title": "Mug" }]));
    let rules = json!({ "appliedDisjunctively": false, "rules": [{ "column": "TITLE", "relation": "EQUALS", "condition": "Mug" }] });
    let made = office.ask(create, json!({ "input": { "title": "Mugs", "ruleSet": rules } })).await;
    assert_eq!(*made.data("/collectionCreate/collection/ruleSet"), rules);
    let id = text(made.data("/collectionCreate/collection/id"));
    office.shop.run_jobs().await;
    let read = "query($id: ID!, $product: ID!) { collection(id: $id) { hasProduct(id: $product) sortOrder products(first: 5) { nodes { title inCollection(id: $id) } } } }";
    let read = office.ask(read, json!({ "id": id, "product": mug.product })).await;
    assert_eq!(*read.data("/collection/products/nodes"), json!([{ "title": "Mug", "inCollection": true }]));
    let list = "{ collections(first: 5, sortKey: TITLE, query: \"collection_type:smart\") { nodes { title } } collectionsCount { count } }";
    let listed = office.get(list).await;
    assert_eq!(*listed.data("/collections/nodes"), json!([{ "title": "Mugs" }]));
    assert_eq!(*listed.data("/collectionsCount/count"), json!(2));
    let update = "mutation($c: CollectionUpdateInput!) { collectionUpdate(collection: $c) { collection { title seo { title } } userErrors { field message } } }";
    let changed =
        office.ask(update, json!({ "c": { "id": id, "title": "All mugs", "seo": { "title": "M" } } })).await;
    assert_eq!(
        *changed.data("/collectionUpdate/collection"),
        json!({ "title": "All mugs", "seo": { "title": "M" } })
    );
    let delete = "mutation($id: ID!) { collectionDelete(input: { id: $id }) { deletedCollectionId shop { id } userErrors { message } } }";
    assert_eq!(
        *office.ask(delete, json!({ "id": id })).await.data("/collectionDelete/deletedCollectionId"),
        json!(id)
    );
    assert_eq!(
        *office
            .ask("query($id: ID!) { collection(id: $id) { id } }", json!({ "id": id }))
            .await
            .data("/collection"),
        Value::Null
    );
}

#[tokio::test]
async fn what_is_published_is_on_sale_until_it_is_taken_off() {
    let office = BackOffice::open().await;
    let goods = office.goods("Mug").await;
    office.publish(&goods.product).await;
    let read = "query($id: ID!, $on: ID!) { product(id: $id) { publishedAt onlineStoreUrl publishedOnPublication(publicationId: $on)
        publishedOnCurrentPublication resourcePublicationsCount { count } unpublishedPublications(first: 5) { nodes { id } }
        resourcePublicationsV2(first: 5) { nodes { isPublished publishDate publication { name } publishable { __typename } } } } }";
    let variables = json!({ "id": goods.product, "on": office.online_store().await });
    let published = office.ask(read, variables.clone()).await;
    let it = published.data("/product");
    assert!(text(&it["onlineStoreUrl"]).ends_with("/products/mug"));
    assert_eq!(
        (&it["publishedOnPublication"], &it["publishedOnCurrentPublication"]),
        (&json!(true), &json!(true))
    );
    assert_eq!(it["resourcePublicationsV2"]["nodes"][0]["publishable"], json!({ "__typename": "Product" }));
    let shelf = office.shop.storefront("{ products(first: 5) { nodes { title } } }", json!({})).await;
    assert_eq!(*shelf.data("/products/nodes"), json!([{ "title": "Mug" }]));
    let unpublish =
        "mutation($id: ID!, $on: ID!) { publishableUnpublish(id: $id, input: [{ publicationId: $on }]) {
        publishable { __typename ... on Product { title } } shop { id } userErrors { message } } }";
    let taken = office.ask(unpublish, variables.clone()).await;
    assert_eq!(
        *taken.data("/publishableUnpublish/publishable"),
        json!({ "__typename": "Product", "title": "Mug" })
    );
    let it = office.ask(read, variables).await;
    assert_eq!(*it.data("/product/onlineStoreUrl"), Value::Null);
    assert_eq!(it.data("/product/unpublishedPublications/nodes").as_array().map(Vec::len), Some(1));
    let shelf = office.shop.storefront("{ products(first: 5) { nodes { title } } }", json!({})).await;
    assert_eq!(*shelf.data("/products/nodes"), json!([]));
}
