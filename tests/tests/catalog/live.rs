//! What the storefront sees, how soon, and with how many statements.

use mcom_catalog::{
    inventory,
    products::{
        self, Compare, Filter, ListQuery, Match, ProductInput, ProductSort, ProductStatus, ProductTerm,
    },
    publications::{self, Publishable},
    variants::{self, InventoryItemInput, ProductVariantsBulkInput},
};
use mcom_data::{Cx, page::PageArgs};
use mcom_schema::id::ProductId;
use mcom_tests::Shop;

use crate::{online, product, published};

#[tokio::test]
async fn only_active_and_published_products_are_seen() {
    let shop = Shop::open().await;
    let (cx, buyer) = (shop.admin(), shop.buyer());
    let id = product(&cx, "Mug").await;
    let seen = async || products::live_by_handle(&shop.buyer(), "mug").await.unwrap().is_some();
    assert!(!seen().await);
    publications::publish(&cx, Publishable::Product(id), &[online(&cx).await]).await.unwrap();
    assert!(seen().await);
    let status = |status| ProductInput { status: Some(status), ..ProductInput::default() };
    products::update(&cx, id, &status(ProductStatus::Draft), &[]).await.unwrap();
    assert!(!seen().await);
    products::update(&cx, id, &status(ProductStatus::Active), &[]).await.unwrap();
    assert!(seen().await);
    publications::unpublish(&cx, Publishable::Product(id), &[online(&cx).await]).await.unwrap();
    assert!(!seen().await);
    assert!(products::live(&buyer, &[id]).await.unwrap()[0].is_none());
}

#[tokio::test]
async fn a_product_takes_three_statements_at_most_and_none_when_it_is_known() {
    let shop = Shop::open().await;
    published(&shop.admin(), "Mug").await;
    let cold = shop.buyer();
    assert!(products::live_by_handle(&cold, "mug").await.unwrap().is_some());
    assert!(cold.statements() <= 3, "{}", cold.statements());
    let warm = shop.buyer();
    assert!(products::live_by_handle(&warm, "mug").await.unwrap().is_some());
    assert_eq!(warm.statements(), 0);
}

#[tokio::test]
async fn a_listing_takes_three_statements_at_most_and_none_when_it_is_known() {
    let shop = Shop::open().await;
    for title in ["A", "B", "C"] {
        published(&shop.admin(), title).await;
    }
    let cold = shop.buyer();
    assert_eq!(titles(&cold, &list(ProductSort::Title, PageArgs::first(2))).await, ["A", "B"]);
    assert!(cold.statements() <= 3, "{}", cold.statements());
    let warm = shop.buyer();
    titles(&warm, &list(ProductSort::Title, PageArgs::first(2))).await;
    assert_eq!(warm.statements(), 0);
    published(&shop.admin(), "AA").await;
    assert_eq!(titles(&shop.buyer(), &list(ProductSort::Title, PageArgs::first(2))).await, ["A", "AA"]);
}

#[tokio::test]
async fn pages_lead_through_the_whole_list_in_both_directions() {
    let shop = Shop::open().await;
    for title in ["d", "B", "ä", "c", "A"] {
        published(&shop.admin(), title).await;
    }
    let buyer = shop.buyer();
    for sort in [
        ProductSort::Title,
        ProductSort::Vendor,
        ProductSort::ProductType,
        ProductSort::Price,
        ProductSort::CreatedAt,
        ProductSort::UpdatedAt,
        ProductSort::Id,
    ] {
        for reverse in [false, true] {
            let whole = titles(&buyer, &list(sort, PageArgs { reverse, ..PageArgs::first(9) })).await;
            assert_eq!(walk(&buyer, sort, reverse, false).await, whole, "{sort:?}");
            let mut back = walk(&buyer, sort, reverse, true).await;
            back.reverse();
            assert_eq!(back, whole, "{sort:?}");
        }
    }
    assert_eq!(
        titles(&buyer, &list(ProductSort::Title, PageArgs::first(9))).await,
        ["ä", "A", "B", "c", "d"]
    );
}

#[tokio::test]
async fn stock_is_seen_at_once_without_reading_the_document_again() {
    let shop = Shop::open().await;
    let cx = shop.admin();
    let id = published(&cx, "Mug").await;
    track(&cx, id).await;
    assert!(!live(&shop, id).await.stock.for_sale);
    let (item, location) = crate::stock::shelf(&cx, id).await;
    inventory::set_quantities(&cx, &crate::stock::set("available", (item, location), 7)).await.unwrap();
    let buyer = shop.buyer();
    let now = products::live(&buyer, &[id]).await.unwrap().pop().flatten().unwrap();
    assert_eq!((now.stock.for_sale, now.stock.total), (true, 7));
    assert_eq!(buyer.statements(), 1);
}

#[tokio::test]
async fn a_description_makes_no_list_stale_and_a_name_does() {
    let shop = Shop::open().await;
    let cx = shop.admin();
    let id = published(&cx, "A").await;
    published(&cx, "B").await;
    let by = |sort| list(sort, PageArgs::first(9));
    assert_eq!(titles(&shop.buyer(), &by(ProductSort::Title)).await, ["A", "B"]);
    assert_eq!(titles(&shop.buyer(), &by(ProductSort::UpdatedAt)).await, ["A", "B"]);

    shop.clock.advance(chrono::Duration::seconds(1));
    let cx = shop.admin();
    let described = ProductInput { description_html: Some("<p>Red.</p>".into()), ..ProductInput::default() };
    products::update(&cx, id, &described, &[]).await.unwrap();
    let buyer = shop.buyer();
    assert_eq!(titles(&buyer, &by(ProductSort::Title)).await, ["A", "B"]);
    assert_eq!(buyer.statements(), 1, "the product's document and nothing else");
    assert_eq!(live(&shop, id).await.document.description, "Red.");
    assert_eq!(titles(&shop.buyer(), &by(ProductSort::UpdatedAt)).await, ["B", "A"]);

    let named = ProductInput { title: Some("C".into()), ..ProductInput::default() };
    products::update(&cx, id, &named, &[]).await.unwrap();
    assert_eq!(titles(&shop.buyer(), &by(ProductSort::Title)).await, ["B", "C"]);
    let hidden = ProductInput { status: Some(ProductStatus::Draft), ..ProductInput::default() };
    products::update(&cx, id, &hidden, &[]).await.unwrap();
    assert_eq!(titles(&shop.buyer(), &by(ProductSort::Title)).await, ["B"]);
}

#[tokio::test]
async fn a_list_of_what_is_in_stock_follows_the_stock() {
    let shop = Shop::open().await;
    let cx = shop.admin();
    let id = published(&cx, "Mug").await;
    track(&cx, id).await;
    let in_stock = Filter::Is(ProductTerm::InventoryTotal(Compare::AtLeast(1)));
    let query = ListQuery { filter: Some(in_stock), ..list(ProductSort::Id, PageArgs::first(9)) };
    assert!(titles(&shop.buyer(), &query).await.is_empty());
    let (item, location) = crate::stock::shelf(&cx, id).await;
    inventory::set_quantities(&cx, &crate::stock::set("available", (item, location), 7)).await.unwrap();
    assert_eq!(titles(&shop.buyer(), &query).await, ["Mug"]);
}

#[tokio::test]
async fn filters_find_what_they_say() {
    let shop = Shop::open().await;
    let cx = shop.admin();
    let id = published(&cx, "Red Mug").await;
    published(&cx, "Blue Cup").await;
    let input = ProductInput {
        vendor: Some("Clay & Co".into()),
        product_type: Some("Kitchen".into()),
        tags: Some(vec!["Sale".into()]),
        ..ProductInput::default()
    };
    products::update(&cx, id, &input, &[]).await.unwrap();
    for term in [
        ProductTerm::Id(Compare::Is(id.0)),
        ProductTerm::Handle(Match::Whole("red-mug".into())),
        ProductTerm::Title(Match::Prefix("RED".into())),
        ProductTerm::Vendor(Match::Whole("clay & co".into())),
        ProductTerm::ProductType(Match::Prefix("kit".into())),
        ProductTerm::Tag("sale".into()),
        ProductTerm::Word("mug".into()),
    ] {
        let query =
            ListQuery { filter: Some(Filter::Is(term.clone())), ..list(ProductSort::Id, PageArgs::first(9)) };
        assert_eq!(titles(&shop.buyer(), &query).await, ["Red Mug"], "{term:?}");
    }
    for term in [
        ProductTerm::Status("active".into()),
        ProductTerm::Price(Compare::AtMost(0)),
        ProductTerm::ForSale(true),
        ProductTerm::Published(true),
        ProductTerm::GiftCard(false),
        ProductTerm::PriceReduced(false),
        ProductTerm::InventoryTotal(Compare::Is(0)),
        ProductTerm::CreatedAt(Compare::AtMost(cx.now())),
        ProductTerm::UpdatedAt(Compare::AtLeast(cx.now())),
    ] {
        assert_eq!(products::count(&cx, Some(&Filter::Is(term.clone()))).await.unwrap(), 2, "{term:?}");
        let not = Filter::Not(Box::new(Filter::Is(term)));
        assert_eq!(products::count(&cx, Some(&not)).await.unwrap(), 0);
    }
    for term in [
        ProductTerm::Sku(Match::Whole("x".into())),
        ProductTerm::Barcode(Match::Prefix("x".into())),
        ProductTerm::Collection(1),
    ] {
        assert_eq!(products::count(&cx, Some(&Filter::Is(term))).await.unwrap(), 0);
    }
}

/// Counts the pieces of a product's only variant.
async fn track(cx: &Cx, id: ProductId) {
    let variant = variants::of_product(cx, id, &PageArgs::first(1)).await.unwrap().items[0].1.clone();
    let item = InventoryItemInput { tracked: Some(true), ..InventoryItemInput::default() };
    let tracked = ProductVariantsBulkInput {
        id: Some(variant.row.id()),
        inventory_item: Some(item),
        ..ProductVariantsBulkInput::default()
    };
    variants::bulk_update(cx, id, &[tracked], &[]).await.unwrap();
}

fn list(sort: ProductSort, page: PageArgs) -> ListQuery {
    ListQuery { sort, filter: None, page }
}

async fn live(shop: &Shop, id: ProductId) -> std::sync::Arc<mcom_catalog::LiveProduct> {
    products::live(&shop.buyer(), &[id]).await.unwrap().pop().flatten().unwrap()
}

async fn titles(cx: &Cx, query: &ListQuery) -> Vec<String> {
    let page = products::live_page(cx, query).await.unwrap();
    page.items.into_iter().map(|(_, live)| live.document.title.clone()).collect()
}

/// All titles, two at a time.
async fn walk(cx: &Cx, sort: ProductSort, reverse: bool, backward: bool) -> Vec<String> {
    let mut all = vec![];
    let mut cursor = None;
    loop {
        let args = PageArgs { count: 2, backward, cursor, reverse };
        let page = products::live_page(cx, &list(sort, args)).await.unwrap();
        let mut found: Vec<_> = page.items;
        if backward {
            found.reverse();
        }
        all.extend(found.iter().map(|(_, live)| live.document.title.clone()));
        let more = if backward { page.has_previous } else { page.has_next };
        match found.last() {
            Some((last, _)) if more => cursor = Some(last.clone()),
            _ => return all,
        }
    }
}
