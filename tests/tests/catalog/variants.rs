//! Bulk changes of variants.

use mcom_catalog::{
    products::{self, OptionCreateInput, OptionValueCreateInput, ProductInput},
    variants::{
        self, Amount, ProductVariantsBulkCreateStrategy as Strategy, ProductVariantsBulkInput as Input,
        VariantOptionValueInput,
    },
};
use mcom_data::{Cx, page::PageArgs};
use mcom_schema::id::ProductId;
use mcom_tests::Shop;

use crate::{product, refused, titled};

async fn shirt(cx: &Cx) -> ProductId {
    let value = |name: &str| OptionValueCreateInput { name: name.to_owned() };
    let size = OptionCreateInput { name: "Size".into(), position: None, values: vec![value("S")] };
    let input = ProductInput { product_options: Some(vec![size]), ..titled("Shirt") };
    products::create(cx, &input, &[]).await.unwrap()
}

fn size(name: &str, price: &str) -> Input {
    let value = VariantOptionValueInput {
        option_name: Some("Size".into()),
        name: Some(name.to_owned()),
        ..VariantOptionValueInput::default()
    };
    Input { option_values: Some(vec![value]), price: Some(Amount(price.to_owned())), ..Input::default() }
}

async fn sizes(cx: &Cx, product: ProductId) -> Vec<(String, i64)> {
    let page = variants::of_product(cx, product, &PageArgs::first(250)).await.unwrap();
    page.items.into_iter().map(|(_, v)| (v.row.title.clone(), v.row.price_minor)).collect()
}

#[tokio::test]
async fn variants_are_added_with_their_new_values() {
    let shop = Shop::open().await;
    let cx = shop.admin();
    let id = shirt(&cx).await;
    variants::bulk_create(&cx, id, &[size("M", "9.90"), size("L", "12")], &[], Strategy::Default)
        .await
        .unwrap();
    assert_eq!(sizes(&cx, id).await, [("S".into(), 0), ("M".into(), 990), ("L".into(), 1200)]);
    let twin = variants::bulk_create(&cx, id, &[size("M", "1")], &[], Strategy::Default).await;
    assert_eq!(refused(twin), ("variants.0".into(), "VARIANT_ALREADY_EXISTS".into()));
    let bad =
        variants::bulk_create(&cx, id, &[size("XL", "1"), size("XXL", "-1")], &[], Strategy::Default).await;
    assert_eq!(refused(bad), ("variants.1.price".into(), "GREATER_THAN_OR_EQUAL_TO".into()));
    assert_eq!(sizes(&cx, id).await.len(), 3);
}

#[tokio::test]
async fn the_variant_that_stands_for_no_choice_gives_way() {
    let shop = Shop::open().await;
    let cx = shop.admin();
    let id = product(&cx, "Mug").await;
    let mut red = size("Red", "5");
    red.option_values.as_mut().unwrap()[0].option_name = Some("Title".into());
    variants::bulk_create(&cx, id, &[red], &[], Strategy::Default).await.unwrap();
    assert_eq!(sizes(&cx, id).await, [("Red".into(), 500)]);
    let unknown = variants::bulk_create(&cx, id, &[size("S", "5")], &[], Strategy::Default).await;
    assert_eq!(refused(unknown).1, "OPTION_VALUES_FOR_NUMBER_OF_UNKNOWN_OPTIONS");
}

#[tokio::test]
async fn variants_may_exchange_their_values() {
    let shop = Shop::open().await;
    let cx = shop.admin();
    let id = shirt(&cx).await;
    variants::bulk_create(&cx, id, &[size("M", "2")], &[], Strategy::Default).await.unwrap();
    let page = variants::of_product(&cx, id, &PageArgs::first(9)).await.unwrap();
    let ids: Vec<_> = page.items.iter().map(|(_, v)| v.row.id()).collect();
    let to = |n: usize, name: &str| Input { id: Some(ids[n]), ..size(name, "3") };
    variants::bulk_update(&cx, id, &[to(0, "M"), to(1, "S")], &[]).await.unwrap();
    assert_eq!(sizes(&cx, id).await, [("M".into(), 300), ("S".into(), 300)]);
    assert_eq!(refused(variants::bulk_update(&cx, id, &[to(0, "S")], &[]).await).1, "VARIANT_ALREADY_EXISTS");
    let lost = Input { id: None, ..size("S", "3") };
    assert_eq!(refused(variants::bulk_update(&cx, id, &[lost], &[]).await).1, "PRODUCT_VARIANT_ID_MISSING");
}

#[tokio::test]
async fn values_go_with_their_last_variant_and_the_last_variant_stays() {
    let shop = Shop::open().await;
    let cx = shop.admin();
    let id = shirt(&cx).await;
    let added = variants::bulk_create(&cx, id, &[size("M", "2")], &[], Strategy::Default).await.unwrap();
    variants::bulk_delete(&cx, id, &added).await.unwrap();
    let product = products::by_ids(&cx, &[id]).await.unwrap().pop().flatten().unwrap();
    assert_eq!(product.options[0].values.len(), 1);
    let last = variants::of_product(&cx, id, &PageArgs::first(1)).await.unwrap().items[0].1.row.id();
    assert_eq!(refused(variants::bulk_delete(&cx, id, &[last]).await).1, "CANNOT_DELETE_LAST_VARIANT");
    let foreign = variants::bulk_delete(&cx, id, &added).await;
    assert_eq!(refused(foreign).1, "AT_LEAST_ONE_VARIANT_DOES_NOT_BELONG_TO_THE_PRODUCT");
}

#[tokio::test]
async fn a_product_takes_2048_variants_and_no_more() {
    let shop = Shop::open().await;
    let cx = shop.admin();
    let id = shirt(&cx).await;
    let inputs: Vec<Input> = (1..2_048).map(|n| size(&format!("S{n}"), "1")).collect();
    variants::bulk_create(&cx, id, &inputs, &[], Strategy::Default).await.unwrap();
    let more = variants::bulk_create(&cx, id, &[size("X", "1")], &[], Strategy::Default).await;
    assert_eq!(refused(more).0, "variants");
    crate::publish(&cx, mcom_catalog::publications::Publishable::Product(id)).await;
    let live = products::live(&shop.buyer(), &[id]).await.unwrap().pop().flatten().unwrap();
    assert_eq!(live.document.variants.len(), 2_048);
}
