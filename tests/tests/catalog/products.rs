//! Making, changing and deleting products.

use mcom_catalog::{
    products::{self, CreateMediaInput, OptionCreateInput, OptionValueCreateInput, ProductInput},
    redirects, variants,
};
use mcom_data::{Error, page::PageArgs};
use mcom_schema::Scope;
use mcom_tests::Shop;

use crate::{product, published, refused, titled};

#[tokio::test]
async fn a_new_product_has_the_variant_that_stands_for_no_choice() {
    let shop = Shop::open().await;
    let cx = shop.admin();
    let id = product(&cx, "Red Mug").await;
    let product = products::by_ids(&cx, &[id]).await.unwrap().pop().flatten().unwrap();
    assert_eq!(product.row.handle, "red-mug");
    assert_eq!((product.variants_count, product.options[0].name.as_str()), (1, "Title"));
    let variants = variants::of_product(&cx, id, &PageArgs::first(5)).await.unwrap();
    assert_eq!(variants.items[0].1.row.title, "Default Title");
    let topics: Vec<String> = shop.events().await.into_iter().map(|event| event.topic).collect();
    assert!(topics.ends_with(&["products/create".to_owned()]), "{topics:?}");
}

#[tokio::test]
async fn a_handle_made_of_the_title_is_numbered_and_an_explicit_one_refused() {
    let shop = Shop::open().await;
    let cx = shop.admin();
    let mut handles = vec![];
    for _ in 0..20 {
        let id = product(&cx, "Mug").await;
        let product = products::by_ids(&cx, &[id]).await.unwrap().pop().flatten().unwrap();
        handles.push(product.row.handle.clone());
    }
    assert_eq!(handles[..3], ["mug", "mug-1", "mug-2"]);
    assert_eq!(handles[19], "mug-19");
    let explicit = ProductInput { handle: Some("Mug".into()), ..titled("Other") };
    assert_eq!(refused(products::create(&cx, &explicit, &[]).await), ("handle".into(), "TAKEN".into()));
}

#[tokio::test]
async fn a_refused_product_leaves_nothing_behind() {
    let shop = Shop::open().await;
    let cx = shop.admin();
    let before = shop.events().await.len();
    assert_eq!(refused(products::create(&cx, &titled(" "), &[]).await).0, "title");
    let media = CreateMediaInput { original_source: "nowhere".into(), ..CreateMediaInput::default() };
    assert_eq!(refused(products::create(&cx, &titled("A"), &[media]).await).0, "media.0.originalSource");
    assert_eq!(products::count(&cx, None).await.unwrap(), 0);
    assert_eq!(shop.events().await.len(), before);
}

#[tokio::test]
async fn only_those_who_may_write_products_do() {
    let shop = Shop::open().await;
    for cx in [shop.app(&[Scope::ReadProducts]), shop.buyer()] {
        let denied = products::create(&cx, &titled("Mug"), &[]).await;
        assert!(matches!(denied, Err(Error::Forbidden(Scope::WriteProducts))), "{denied:?}");
    }
}

#[tokio::test]
async fn a_changed_handle_leaves_a_redirect_if_asked() {
    let shop = Shop::open().await;
    let cx = shop.admin();
    let id = published(&cx, "Mug").await;
    let rename = |handle: &str, redirect| ProductInput {
        handle: Some(handle.to_owned()),
        redirect_new_handle: Some(redirect),
        ..ProductInput::default()
    };
    products::update(&cx, id, &rename("cup", true), &[]).await.unwrap();
    assert_eq!(redirects::resolve(&cx, "/products/mug").await.unwrap().as_deref(), Some("/products/cup"));
    products::update(&cx, id, &rename("beaker", true), &[]).await.unwrap();
    assert_eq!(redirects::resolve(&cx, "/products/mug").await.unwrap().as_deref(), Some("/products/beaker"));
    products::update(&cx, id, &rename("mug", false), &[]).await.unwrap();
    assert_eq!(redirects::resolve(&cx, "/products/beaker").await.unwrap(), None);
}

#[tokio::test]
async fn two_changes_at_once_lose_nothing() {
    let shop = Shop::open().await;
    let cx = shop.admin();
    let id = published(&cx, "Mug").await;
    let change = |n: i64| {
        let shop = &shop;
        async move {
            let input = if n % 2 == 0 {
                ProductInput { vendor: Some(format!("V{n}")), ..ProductInput::default() }
            } else {
                ProductInput { product_type: Some(format!("T{n}")), ..ProductInput::default() }
            };
            products::update(&shop.admin(), id, &input, &[]).await.unwrap();
        }
    };
    futures_util::future::join_all((0..8).map(change)).await;
    let live = products::live(&shop.buyer(), &[id]).await.unwrap().pop().flatten().unwrap();
    assert!(live.document.vendor.starts_with('V') && live.document.product_type.starts_with('T'));
    assert_eq!(live.document.version, 1 + 1 + 1 + 8);
}

#[tokio::test]
async fn options_come_with_all_their_values_and_one_variant() {
    let shop = Shop::open().await;
    let cx = shop.admin();
    let value = |name: &str| OptionValueCreateInput { name: name.to_owned() };
    let size =
        OptionCreateInput { name: "Size".into(), position: None, values: vec![value("S"), value("M")] };
    let input = ProductInput { product_options: Some(vec![size]), ..titled("Shirt") };
    let id = products::create(&cx, &input, &[]).await.unwrap();
    let product = products::by_ids(&cx, &[id]).await.unwrap().pop().flatten().unwrap();
    let values: Vec<_> =
        product.options[0].values.iter().map(|v| (v.name.as_str(), v.has_variants)).collect();
    assert_eq!(values, [("S", true), ("M", false)]);
}

#[tokio::test]
async fn a_deleted_product_is_gone_everywhere() {
    let shop = Shop::open().await;
    let cx = shop.admin();
    let id = published(&cx, "Mug").await;
    let buyer = shop.buyer();
    assert!(products::live_by_handle(&buyer, "mug").await.unwrap().is_some());
    products::delete(&cx, id).await.unwrap();
    assert!(products::live_by_handle(&buyer, "mug").await.unwrap().is_none());
    assert!(products::by_ids(&cx, &[id]).await.unwrap()[0].is_none());
    assert!(matches!(products::delete(&cx, id).await, Err(Error::NotFound("product"))));
    assert_eq!(shop.events().await.last().unwrap().topic, "products/delete");
}
