//! Attempts on products, variants, collections and publications.

use std::io::Cursor;

use mcom_catalog::{
    collections::{self, CollectionList, CollectionProductSort, Refresh},
    export,
    images::{self, StoredFile},
    import::{self, Progress, Remark, Totals},
    index,
    products::{self, AdminProductSort, ListQuery, ProductList, ProductSort},
    publications::{self, Publishable},
    redirects, seed,
    sitemap::{self, Listed},
    variants::{self, ProductVariantsBulkCreateStrategy, VariantList},
};
use mcom_data::page::{Page, PageArgs};
use mcom_schema::id::{ProductId, ProductOptionId};
use serde_json::json;

use super::{
    Attempt, changes, finds,
    stage::{SECRET, input},
};

fn first() -> PageArgs {
    PageArgs::first(50)
}

fn any<T>(page: &Page<T>) -> bool {
    !page.items.is_empty()
}

pub(super) fn finding() -> Vec<Attempt> {
    let groups = [products_found(), variants_found(), collections_found(), published_found(), indexed()];
    groups.into_iter().flatten().collect()
}

fn products_found() -> Vec<Attempt> {
    vec![
        finds!("catalog::products::by_ids", |s| products::by_ids(&s.cx, &[s.of.product]).await?[0].is_some()),
        finds!("catalog::products::ById", |s| s.cx.load::<products::ById>(s.of.product).await?.is_some()),
        finds!("catalog::products::by_handle", |s| products::by_handle(&s.cx, SECRET).await?.is_some()),
        finds!("catalog::products::count", |s| products::count(&s.cx, None).await? > 0),
        finds!("catalog::products::page", |s| {
            let list = ProductList { sort: AdminProductSort::default(), filter: None, page: first() };
            any(&products::page(&s.cx, &list).await?)
        }),
        finds!("catalog::live::by_ids", |s| products::live(&s.cx, &[s.of.product]).await?[0].is_some()),
        finds!("catalog::live::by_handle", |s| products::live_by_handle(&s.cx, SECRET).await?.is_some()),
        finds!("catalog::live::page", |s| {
            let list = ListQuery { sort: ProductSort::default(), filter: None, page: first() };
            any(&products::live_page(&s.cx, &list).await?)
        }),
        finds!("catalog::products::of_options", |s| {
            products::of_options(&s.cx, &[ProductOptionId(s.of.option)]).await?[0].is_some()
        }),
        finds!("catalog::products::of_option_values", |s| {
            products::of_option_values(&s.cx, &[s.of.option_value]).await?[0].is_some()
        }),
        finds!("catalog::live::related", |s| !products::related(&s.cx, s.of.product).await?.is_empty()),
        finds!("catalog::live::complementary", |s| {
            !products::complementary(&s.cx, s.of.product).await?.is_empty()
        }),
        finds!("catalog::sitemap::pages", |s| sitemap::pages(&s.cx, Listed::Products).await?.count() > 0),
        finds!("catalog::sitemap::page", |s| {
            let page = sitemap::page(&s.cx, Listed::Collections, 1).await?.unwrap_or_default();
            !page.entries.is_empty()
        }),
        finds!("catalog::live::tags", |s| !products::tags(&s.cx, 50).await?.is_empty()),
        finds!("catalog::live::types", |s| !products::types(&s.cx, 50).await?.is_empty()),
        finds!("catalog::images::awaited", |s| {
            images::awaited(&s.cx, ProductId(0)).await?.contains_key(&s.of.product)
        }),
        finds!("catalog::images::count_awaited", |s| images::count_awaited(&s.cx).await? > 0),
        finds!("catalog::redirects::resolve", |s| {
            redirects::resolve(&s.cx, "/products/mug").await?.is_some()
        }),
        finds!("catalog::seed::offered", |s| !seed::offered(&s.cx).await?.is_empty()),
        finds!("catalog::export::run", |s| {
            let mut sheet = vec![];
            export::run(&s.cx, &mut sheet, &mut |_| ()).await?;
            String::from_utf8_lossy(&sheet).contains(SECRET)
        }),
    ]
}

fn variants_found() -> Vec<Attempt> {
    vec![
        finds!("catalog::live::by_variants", |s| variants::live(&s.cx, &[s.of.variant]).await?[0].is_some()),
        finds!("catalog::variants::by_ids", |s| variants::by_ids(&s.cx, &[s.of.variant]).await?[0].is_some()),
        finds!("catalog::variants::ById", |s| s.cx.load::<variants::ById>(s.of.variant).await?.is_some()),
        finds!("catalog::variants::of_product", |s| {
            any(&variants::of_product(&s.cx, s.of.product, &first()).await?)
        }),
        finds!("catalog::variants::page", |s| {
            let list = VariantList { products: None, sku: None, page: first() };
            any(&variants::page(&s.cx, &list).await?)
        }),
        finds!("catalog::variants::for_sale", |s| {
            let variant = s.of.variant;
            s.cx.read(async |db| variants::for_sale(db, &[variant]).await).await?[0].is_some()
        }),
    ]
}

fn collections_found() -> Vec<Attempt> {
    vec![
        finds!("catalog::collections::by_ids", |s| {
            collections::by_ids(&s.cx, &[s.of.collection]).await?[0].is_some()
        }),
        finds!("catalog::collections::ById", |s| {
            s.cx.load::<collections::ById>(s.of.collection).await?.is_some()
        }),
        finds!("catalog::collections::by_handle", |s| collections::by_handle(&s.cx, SECRET).await?.is_some()),
        finds!("catalog::collections::page", |s| {
            any(&collections::page(&s.cx, &CollectionList::all(first())).await?)
        }),
        finds!("catalog::collections::count", |s| collections::count(&s.cx).await? > 0),
        finds!("catalog::collections::of_product_admin", |s| {
            any(&collections::of_product_admin(&s.cx, s.of.product, &first()).await?)
        }),
        finds!("catalog::collections::products_admin", |s| {
            any(&collections::products_admin(&s.cx, s.of.collection, &first()).await?)
        }),
        finds!("catalog::collections::products_count", |s| {
            collections::products_count(&s.cx, s.of.collection).await? > 0
        }),
        finds!("catalog::collections::MembersCount", |s| {
            collections::products_count(&s.cx, s.of.by_rules).await? > 0
        }),
        finds!("catalog::collections::has_product", |s| {
            collections::has_product(&s.cx, s.of.collection, s.of.product).await?
        }),
        finds!("catalog::collections::Membership", |s| {
            collections::has_product(&s.cx, s.of.by_rules, s.of.product).await?
        }),
    ]
}

fn published_found() -> Vec<Attempt> {
    vec![
        finds!("catalog::collections::live", |s| {
            collections::live(&s.cx, &[s.of.collection]).await?[0].is_some()
        }),
        finds!("catalog::collections::live_by_handle", |s| {
            collections::live_by_handle(&s.cx, SECRET).await?.is_some()
        }),
        finds!("catalog::collections::live_page", |s| {
            any(&collections::live_page(&s.cx, &CollectionList::all(first())).await?)
        }),
        finds!("catalog::collections::of_product", |s| {
            any(&collections::of_product(&s.cx, s.of.product, &first()).await?)
        }),
        finds!("catalog::collections::products", |s| {
            let sort = CollectionProductSort::CollectionDefault;
            any(&collections::products(&s.cx, &s.of.shown, sort, &first()).await?)
        }),
        finds!("catalog::collections::products_among", |s| {
            let (ids, sort) = ([s.of.product], CollectionProductSort::Manual);
            any(&collections::products_among(&s.cx, &s.of.shown, &ids, sort, &first()).await?)
        }),
        finds!("catalog::publications::list", |s| {
            publications::list(&s.cx).await?.iter().any(|publication| publication.id == s.of.publication)
        }),
        finds!("catalog::publications::All", |s| {
            let all = s.cx.load::<publications::All>(()).await?;
            all.iter().flat_map(|all| all.iter()).any(|publication| publication.id == s.of.publication)
        }),
        finds!("catalog::publications::of", |s| {
            !publications::of(&s.cx, Publishable::Product(s.of.product)).await?.is_empty()
        }),
        finds!("catalog::publications::PlacesOf", |s| {
            let thing = Publishable::Collection(s.of.collection);
            s.cx.load::<publications::PlacesOf>(thing).await?.is_some()
        }),
    ]
}

fn indexed() -> Vec<Attempt> {
    vec![
        finds!("catalog::index::state", |s| !index::state(&s.cx, &[s.of.product]).await?.products.is_empty()),
        finds!("catalog::index::after", |s| {
            !index::after(&s.cx, ProductId(0), 50).await?.products.is_empty()
        }),
        finds!("catalog::index::count", |s| index::count(&s.cx).await? > 0),
        finds!("catalog::index::of_items", |s| !index::of_items(&s.cx, &[s.of.item]).await?.is_empty()),
        finds!("catalog::index::members", |s| {
            !index::members(&s.cx, s.of.collection, ProductId(0), 50).await?.is_empty()
        }),
    ]
}

pub(super) fn changing() -> Vec<Attempt> {
    let groups = [whole_catalog(), products_changed(), collections_changed(), ended()];
    groups.into_iter().flatten().collect()
}

fn whole_catalog() -> Vec<Attempt> {
    vec![
        changes!("catalog::seed::products", |s| seed::products(&s.cx, 3, &mut |_| ()).await),
        changes!("catalog::images::keep", |s| {
            let hash = "cd".repeat(32);
            images::keep(&s.cx, &StoredFile { hash, ..kept() }).await
        }),
        changes!("catalog::seed::restock", |s| seed::restock(&s.cx, 1_000).await),
        changes!("catalog::import::run", |s| {
            let sheet = format!("Handle,Title,Variant Price\n{SECRET},Imported,9.90\n");
            import::run(&s.cx, Cursor::new(sheet), &mut Silent).await
        }),
    ]
}

fn products_changed() -> Vec<Attempt> {
    vec![
        changes!("catalog::products::create", |s| {
            products::create(&s.cx, &input(json!({ "title": "Bowl" })), &[]).await
        }),
        changes!("catalog::products::update", |s| {
            products::update(&s.cx, s.of.product, &input(json!({ "title": "Cup" })), &[]).await
        }),
        changes!("catalog::products::update_option", |s| {
            let option =
                json!({ "id": format!("gid://shopify/ProductOption/{}", s.of.option), "name": "Size" });
            products::update_option(&s.cx, s.of.product, &input(option), &[]).await
        }),
        changes!("catalog::images::attach", |s| {
            images::attach(&s.cx, s.of.product, &[(s.of.picture.clone(), kept())]).await
        }),
        finds!("catalog::images::file", |s| images::file(&s.cx, &kept().hash).await?.is_some()),
        changes!("catalog::variants::bulk_update", |s| {
            let variant = json!({ "id": s.of.variant.gid(), "price": "13.00" });
            variants::bulk_update(&s.cx, s.of.product, &[input(variant)], &[]).await
        }),
        changes!("catalog::variants::bulk_create", |s| {
            let value = json!({ "optionId": format!("gid://shopify/ProductOption/{}", s.of.option), "name": "Large" });
            let variant = json!({ "price": "14.00", "optionValues": [value] });
            let strategy = ProductVariantsBulkCreateStrategy::PreserveStandaloneVariant;
            variants::bulk_create(&s.cx, s.of.product, &[input(variant)], &[], strategy).await
        }),
        changes!("catalog::variants::bulk_delete", |s| {
            variants::bulk_delete(&s.cx, s.of.product, &[s.of.variant]).await
        }),
        changes!("catalog::publications::unpublish", |s| {
            let place = json!({ "publicationId": s.of.publication.gid() });
            publications::unpublish(&s.cx, Publishable::Product(s.of.product), &[input(place)]).await
        }),
        changes!("catalog::publications::publish", |s| {
            let place = json!({ "publicationId": s.of.publication.gid() });
            publications::publish(&s.cx, Publishable::Product(s.of.product), &[input(place)]).await
        }),
    ]
}

fn collections_changed() -> Vec<Attempt> {
    vec![
        changes!("catalog::collections::create", |s| {
            let collection = json!({ "title": "Kitchen", "products": [s.of.product.gid()] });
            collections::create(&s.cx, &input(collection)).await
        }),
        changes!("catalog::collections::update", |s| {
            collections::update(&s.cx, s.of.collection, &input(json!({ "title": "Table" }))).await
        }),
        changes!("catalog::collections::refresh", |s| {
            collections::refresh(&s.cx, Refresh { collection: s.of.untrue, after: 0 }).await
        }),
    ]
}

fn ended() -> Vec<Attempt> {
    vec![
        changes!("catalog::collections::delete", |s| collections::delete(&s.cx, s.of.collection).await),
        changes!("catalog::products::delete", |s| products::delete(&s.cx, s.of.product).await),
    ]
}

/// What the picture would be kept as.
fn kept() -> StoredFile {
    StoredFile {
        hash: "ab".repeat(32),
        content_type: "image/jpeg".to_owned(),
        bytes: 7,
        width: Some(1),
        height: Some(1),
        thumbhash: None,
    }
}

/// Nobody listens.
struct Silent;

impl Progress for Silent {
    fn refused(&mut self, _: &Remark) {}
    fn noticed(&mut self, _: &Remark) {}
    fn advanced(&mut self, _: &Totals) {}
}
