//! Products and collections as a buyer finds them.

use serde_json::json;

use crate::stall::{Stall, text};

#[tokio::test]
async fn a_product_page_shows_what_can_be_chosen() {
    let stall = Stall::open().await;
    stall.shirt("Plain Shirt").await;
    let asked = stall
        .ask(
            "query($selected: [SelectedOptionInput!]!) {
              product(handle: \"plain-shirt\") {
                title vendor productType tags description descriptionHtml availableForSale totalInventory isGiftCard
                encodedVariantExistence encodedVariantAvailability
                seo { title description }
                variantsCount { count precision }
                options { name values optionValues { name firstSelectableVariant { title } } }
                selectedOrFirstAvailableVariant(selectedOptions: $selected) { title price { amount currencyCode } }
                variantBySelectedOptions(selectedOptions: $selected) { title }
                adjacentVariants(selectedOptions: $selected) { title }
                priceRange { minVariantPrice { amount } maxVariantPrice { amount } }
                compareAtPriceRange { maxVariantPrice { amount } }
              }
            }",
            json!({ "selected": [{ "name": "Size", "value": "S" }, { "name": "Color", "value": "Blue" }] }),
        )
        .await;
    let product = asked.at("/product");
    assert_eq!(
        *product,
        json!({
            "title": "Plain Shirt", "vendor": "Acme", "productType": "Shirts", "tags": ["basic", "cotton"],
            "description": "A plain shirt", "descriptionHtml": "<p>A <b>plain</b> shirt</p>",
            "availableForSale": true, "totalInventory": 8, "isGiftCard": false,
            "encodedVariantExistence": "v1_0:0-1,1:0,", "encodedVariantAvailability": "v1_0:1,1:0,",
            "seo": { "title": "Shirts that last", "description": "Plain and good." },
            "variantsCount": { "count": 3, "precision": "EXACT" },
            "options": [
                { "name": "Size", "values": ["S", "M"], "optionValues": [
                    { "name": "S", "firstSelectableVariant": { "title": "S / Blue" } },
                    { "name": "M", "firstSelectableVariant": { "title": "M / Red" } },
                ] },
                { "name": "Color", "values": ["Red", "Blue"], "optionValues": [
                    { "name": "Red", "firstSelectableVariant": { "title": "M / Red" } },
                    { "name": "Blue", "firstSelectableVariant": { "title": "S / Blue" } },
                ] },
            ],
            "selectedOrFirstAvailableVariant": {
                "title": "S / Blue", "price": { "amount": "21.0", "currencyCode": "EUR" },
            },
            "variantBySelectedOptions": { "title": "S / Blue" },
            "adjacentVariants": [{ "title": "S / Red" }],
            "priceRange": { "minVariantPrice": { "amount": "20.0" }, "maxVariantPrice": { "amount": "22.0" } },
            "compareAtPriceRange": { "maxVariantPrice": { "amount": "30.0" } },
        })
    );
}

#[tokio::test]
async fn a_variant_tells_what_it_is_and_whether_it_can_be_had() {
    let stall = Stall::open().await;
    let product = stall.shirt("Shirt").await;
    let asked = stall
        .ask(
            "query($id: ID!) { product(id: $id) { variants(first: 1, sortKey: TITLE) { nodes {
              title sku availableForSale currentlyNotInStock quantityAvailable requiresShipping taxable weight weightUnit
              price { amount } compareAtPrice { amount } selectedOptions { name value }
              image { url altText } product { handle }
            } } } }",
            json!({ "id": product.gid() }),
        )
        .await;
    assert_eq!(
        *asked.at("/product/variants/nodes/0"),
        json!({
            "title": "M / Red", "sku": "M-Red", "availableForSale": true, "currentlyNotInStock": false,
            "quantityAvailable": 3, "requiresShipping": true, "taxable": true, "weight": 0, "weightUnit": "KILOGRAMS",
            "price": { "amount": "22.0" }, "compareAtPrice": { "amount": "30.0" },
            "selectedOptions": [{ "name": "Size", "value": "M" }, { "name": "Color", "value": "Red" }],
            "image": { "url": "https://img.example/front.png", "altText": "front" }, "product": { "handle": "shirt" },
        })
    );
}

#[tokio::test]
async fn pictures_and_variants_are_paged_in_both_directions() {
    let stall = Stall::open().await;
    stall.shirt("Shirt").await;
    let page = "query($after: String, $before: String, $first: Int, $last: Int) { product(handle: \"shirt\") {
        variants(first: $first, after: $after, last: $last, before: $before) {
          nodes { title } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }
        images(first: 1, reverse: true) { nodes { altText url(transform: { maxWidth: 100 }) } }
        media(first: 2) { nodes { mediaContentType ... on MediaImage { image { altText } } previewImage { url } } }
    } }";
    let first = stall.ask(page, json!({ "first": 2 })).await;
    assert_eq!(
        *first.at("/product/variants/nodes"),
        json!([{ "title": "S / Red" }, { "title": "S / Blue" }])
    );
    assert_eq!(*first.at("/product/variants/pageInfo/hasNextPage"), true);
    let end = text(first.at("/product/variants/pageInfo/endCursor"));
    let next = stall.ask(page, json!({ "first": 2, "after": end })).await;
    assert_eq!(*next.at("/product/variants/nodes"), json!([{ "title": "M / Red" }]));
    let before = stall.ask(page, json!({ "last": 5, "before": end })).await;
    assert_eq!(*before.at("/product/variants/nodes"), json!([{ "title": "S / Red" }]));
    assert_eq!(
        *first.at("/product/images/nodes"),
        json!([{ "altText": "back", "url": "https://img.example/back.png?width=100" }])
    );
    assert_eq!(*first.at("/product/media/nodes/1/image/altText"), "back");
}

#[tokio::test]
async fn a_collection_shows_its_products_page_by_page() {
    let stall = Stall::open().await;
    let shirts = [stall.shirt("Aaa").await, stall.shirt("Bbb").await, stall.shirt("Ccc").await];
    let collection = stall.collection("Shirts", &shirts).await;
    let page = "query($after: String) { collection(handle: \"shirts\") { id title
        products(first: 2, after: $after, sortKey: TITLE, reverse: true) {
          edges { cursor node { title collections(first: 3) { nodes { handle } } } } pageInfo { hasNextPage } } } }";
    let first = stall.ask(page, json!({})).await;
    assert_eq!(*first.at("/collection/id"), collection.gid());
    assert_eq!(*first.at("/collection/products/edges/0/node/title"), "Ccc");
    assert_eq!(
        *first.at("/collection/products/edges/0/node/collections/nodes"),
        json!([{ "handle": "shirts" }])
    );
    let cursor = first.at("/collection/products/edges/1/cursor");
    let next = stall.ask(page, json!({ "after": cursor })).await;
    assert_eq!(*next.at("/collection/products/edges/0/node/title"), "Aaa");
    assert_eq!(*next.at("/collection/products/pageInfo/hasNextPage"), false);
}

#[tokio::test]
async fn products_are_listed_in_every_order() {
    let stall = Stall::open().await;
    for title in ["Beta", "Alpha", "Gamma"] {
        stall.shirt(title).await;
    }
    let list = "query($sort: ProductSortKeys!) { products(first: 3, sortKey: $sort) { nodes { title } } }";
    for sort in ["ID", "CREATED_AT", "UPDATED_AT", "PRICE", "VENDOR", "PRODUCT_TYPE"] {
        let asked = stall.ask(list, json!({ "sort": sort })).await;
        let titles = asked.at("/products/nodes");
        assert_eq!(
            *titles,
            json!([{ "title": "Beta" }, { "title": "Alpha" }, { "title": "Gamma" }]),
            "{sort}"
        );
    }
    let asked = stall.ask(list, json!({ "sort": "TITLE" })).await;
    assert_eq!(*asked.at("/products/nodes/0/title"), "Alpha");
}

#[tokio::test]
async fn the_store_tells_about_itself() {
    let stall = Stall::open().await;
    let asked = stall
        .get(
            "{ shop { id name moneyFormat primaryDomain { host url sslEnabled }
               paymentSettings { currencyCode countryCode enabledPresentmentCurrencies } } }",
        )
        .await;
    let host = format!("{}.localhost", stall.shop.tenant().handle());
    assert_eq!(*asked.at("/shop/id"), stall.shop.tenant().store().gid());
    assert_eq!(*asked.at("/shop/primaryDomain/host"), host);
    assert_eq!(
        *asked.at("/shop/paymentSettings"),
        json!({ "currencyCode": "EUR", "countryCode": "DE", "enabledPresentmentCurrencies": ["EUR"] })
    );
}

#[tokio::test]
async fn a_list_without_a_size_and_one_that_is_too_long_are_refused() {
    let stall = Stall::open().await;
    let asked = stall.get("{ products { nodes { id } } }").await;
    assert_eq!(asked.body["errors"][0]["extensions"]["code"], "INVALID_FIELD_ARGUMENTS");
    assert!(asked.body["data"].is_null());
}
