//! The market's catalog: twenty-four products with three variants each, one of them deleted.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock, Weak};

use mcom_kit::connection::PageInfo;
use mcom_kit::{Args, Cx, Fault, Record, Registry, shown};
use serde::Deserialize;

pub struct Money {
    amount: String,
    currency: &'static str,
}
mcom_kit::record!(Money as "MoneyV2" { "amount" = amount, "currencyCode" = currency });

struct Image {
    url: String,
    alt: Option<String>,
    width: i64,
    height: i64,
}
mcom_kit::record!(Image as "Image" { "url" = url, "altText" = alt, "width" = width, "height" = height });

struct Seo {
    title: Option<String>,
    description: Option<String>,
}
mcom_kit::record!(Seo as "SEO" { "title" = title, "description" = description });

struct Selected {
    name: String,
    value: String,
}
mcom_kit::record!(Selected as "SelectedOption" { "name" = name, "value" = value });

struct ProductOption {
    id: String,
    name: String,
    values: Vec<String>,
}
mcom_kit::record!(ProductOption as "ProductOption" { "id" = id, "name" = name, "values" = values });

struct PriceRange {
    min: Money,
    max: Money,
}
mcom_kit::record!(PriceRange as "ProductPriceRange" { "minVariantPrice" = min, "maxVariantPrice" = max });

struct Variant {
    id: String,
    title: String,
    sku: Option<String>,
    weight: f64,
    price: Money,
    compare_at: Option<Money>,
    selected: Vec<Selected>,
    image: Option<Image>,
    product: OnceLock<Weak<Product>>,
}
mcom_kit::record!(Variant as "ProductVariant" {
    "id" = id, "title" = title, "sku" = sku, "weight" = weight, "price" = price, "compareAtPrice" = compare_at,
    "selectedOptions" = selected, "image" = image,
});

struct Product {
    id: String,
    handle: String,
    title: String,
    description: String,
    vendor: String,
    tags: Vec<String>,
    available: bool,
    created: String,
    url: Option<String>,
    images: Vec<Option<Image>>,
    options: Vec<Arc<ProductOption>>,
    range: PriceRange,
    seo: Seo,
    variants: Vec<Arc<Variant>>,
    old: Option<String>,
}
mcom_kit::record!(Product as "Product" {
    "id" = id, "handle" = handle, "title" = title, "vendor" = vendor, "tags" = tags, "availableForSale" = available,
    "createdAt" = created, "onlineStoreUrl" = url, "images" = images, "priceRange" = range, "seo" = seo, "old" = old,
});
mcom_kit::connection!(ProductConnection, ProductEdge of Product as "ProductConnection" "ProductEdge");
mcom_kit::connection!(VariantConnection, VariantEdge of Variant as "ProductVariantConnection" "ProductVariantEdge");

/// The items of a page, each with its cursor, and where the page stands.
pub type Cut<T> = (Vec<(String, Arc<T>)>, PageInfo);

/// Which items of a list a connection shows.
pub fn cut<T>(all: &[Arc<T>], args: &Args) -> Result<Cut<T>, Fault> {
    let first = args.int("first").unwrap_or(10);
    let count = usize::try_from(first).map_err(|_| Fault::arguments("first must not be negative"))?;
    let after = args.str("after").and_then(|cursor| cursor.strip_prefix('c')?.parse::<usize>().ok());
    let from = after.map_or(0, |index| index + 1).min(all.len());
    let to = (from + count).min(all.len());
    let items: Vec<_> = (from..to).map(|index| (format!("c{index}"), all[index].clone())).collect();
    let info = PageInfo {
        has_next_page: to < all.len(),
        has_previous_page: from > 0,
        start_cursor: items.first().map(|(cursor, _)| cursor.clone()),
        end_cursor: items.last().map(|(cursor, _)| cursor.clone()),
    };
    Ok((items, info))
}

/// Shows a page of a list as the connection of its node type.
#[macro_export]
macro_rules! page {
    ($connection:ident, $edge:ident, $all:expr, $args:expr) => {{
        let (items, page_info) = $crate::market::cut($all, $args)?;
        let nodes = items.iter().map(|(_, node)| node.clone()).collect();
        let edges = items.into_iter().map(|(cursor, node)| $edge { cursor, node }).collect();
        $connection { nodes, edges, page_info }
    }};
}

/// Euros by cents.
pub fn money(cents: i64) -> Money {
    Money { amount: format!("{}.{:02}", cents / 100, cents % 100), currency: "EUR" }
}

fn image(product: usize, view: usize) -> Image {
    Image {
        url: format!("https://cdn.example.com/{product}-{view}.jpg"),
        alt: (view > 0).then(|| format!("Product {product}, view \"{view}\"")),
        width: 1200,
        height: 1600,
    }
}

fn variant(product: usize, index: usize) -> Variant {
    Variant {
        id: format!("gid://shop/ProductVariant/{product}{index}"),
        title: format!("Size {index} / Blue"),
        sku: (index > 0).then(|| format!("SKU-{product}-{index}")),
        weight: index as f64 * 0.5,
        price: money(2995 + product as i64 * 100),
        compare_at: (index == 1).then(|| money(3995)),
        selected: vec![Selected { name: "Size".into(), value: index.to_string() }],
        image: (index != 2).then(|| image(product, index)),
        product: OnceLock::new(),
    }
}

fn product(index: usize) -> Product {
    let option = |place: usize, name: &str| {
        let id = format!("gid://shop/ProductOption/{index}{place}");
        Arc::new(ProductOption { id, name: name.into(), values: vec!["S".into(), "M".into()] })
    };
    Product {
        id: format!("gid://shop/Product/{index}"),
        handle: format!("shirt-{index}"),
        title: format!("Organic cotton shirt {index}"),
        description: "A soft shirt.\nMade in \"Portugal\" — ü.".into(),
        vendor: "Acme".into(),
        tags: vec!["cotton".into(), if index.is_multiple_of(2) { "summer" } else { "winter" }.into()],
        available: index != 3,
        created: "2026-03-01T10:00:00Z".into(),
        url: None,
        images: (0..5).map(|view| (view != 3).then(|| image(index, view))).collect(),
        options: vec![option(0, "Size"), option(1, "Colour")],
        range: PriceRange { min: money(2995), max: money(3495) },
        seo: Seo { title: Some("Organic".into()), description: None },
        variants: (0..3).map(|place| Arc::new(variant(index, place))).collect(),
        old: None,
    }
}

struct Store {
    products: Vec<Arc<Product>>,
    variants: HashMap<String, Arc<Variant>>,
}

fn store() -> &'static Store {
    static STORE: OnceLock<Store> = OnceLock::new();
    STORE.get_or_init(|| {
        let products: Vec<Arc<Product>> = (0..24).map(|index| Arc::new(product(index))).collect();
        let mut variants = HashMap::new();
        for product in &products {
            for variant in &product.variants {
                let _ = variant.product.set(Arc::downgrade(product));
                variants.insert(variant.id.clone(), variant.clone());
            }
        }
        // Deleted, though a cart still holds it.
        variants.remove("gid://shop/ProductVariant/132");
        Store { products, variants }
    })
}

fn by_id(id: &str) -> Option<Arc<dyn Record>> {
    let Store { products, variants } = store();
    if let Some(product) = products.iter().find(|p| p.id == id) {
        return Some(product.clone());
    }
    if let Some(variant) = variants.get(id) {
        return Some(variant.clone());
    }
    let option = products.iter().flat_map(|p| &p.options).find(|o| o.id == id)?;
    Some(option.clone())
}

#[derive(Deserialize)]
struct ById {
    id: String,
}

async fn load_products(_: &Cx, keys: Vec<ById>) -> Result<Vec<Option<Arc<Product>>>, Fault> {
    Ok(keys.iter().map(|key| store().products.iter().find(|p| p.id == key.id).cloned()).collect())
}

async fn load_variants(_: &Cx, keys: Vec<ById>) -> Result<Vec<Option<Arc<Variant>>>, Fault> {
    tokio::task::yield_now().await;
    Ok(keys.iter().map(|key| store().variants.get(&key.id).cloned()).collect())
}

async fn find_product(_: &Cx, args: Args) -> Result<Option<Arc<Product>>, Fault> {
    let is_asked = |p: &&Arc<Product>| args.str("handle") == Some(&p.handle) || args.str("id") == Some(&p.id);
    Ok(store().products.iter().find(is_asked).cloned())
}

async fn find_products(_: &Cx, args: Args) -> Result<ProductConnection, Fault> {
    let filters: Vec<serde_json::Value> =
        args.list("filters").iter().filter_map(|f| f.clone().into_json().ok()).collect();
    let passes = |p: &&Arc<Product>| filters.is_empty() || filters.iter().any(|filter| fits(p, filter));
    let mut all: Vec<_> = store().products.iter().filter(passes).cloned().collect();
    if args.str("sortKey") == Some("TITLE") {
        all.sort_by(|a, b| a.title.cmp(&b.title));
    }
    if args.flag("reverse") {
        all.reverse();
    }
    Ok(page!(ProductConnection, ProductEdge, &all, &args))
}

fn fits(product: &Product, filter: &serde_json::Value) -> bool {
    let price: f64 = product.variants[0].price.amount.parse().unwrap_or_default();
    filter["tag"].as_str().is_none_or(|tag| product.tags.iter().any(|t| t == tag))
        && filter["price"]["min"].as_f64().is_none_or(|min| price >= min)
        && filter["titles"].as_array().is_none_or(|titles| titles.iter().any(|t| *t == product.title))
}

async fn find_node(_: &Cx, args: Args) -> Result<Option<Arc<dyn Record>>, Fault> {
    Ok(args.str("id").and_then(by_id))
}

async fn find_nodes(_: &Cx, args: Args) -> Result<Vec<Option<Arc<dyn Record>>>, Fault> {
    let id = |value: &async_graphql::Value| match value {
        async_graphql::Value::String(id) => by_id(id),
        _ => None,
    };
    Ok(args.list("ids").iter().map(id).collect())
}

fn description(_: &Cx, product: &Product, args: &Args) -> Result<String, Fault> {
    let Some(length) = args.int("truncateAt") else { return Ok(product.description.clone()) };
    let length = usize::try_from(length).map_err(|_| Fault::arguments("truncateAt must not be negative"))?;
    Ok(product.description.get(..length).unwrap_or(&product.description).to_owned())
}

fn variants(_: &Cx, product: &Product, args: &Args) -> Result<VariantConnection, Fault> {
    Ok(page!(VariantConnection, VariantEdge, &product.variants, args))
}

fn options(_: &Cx, product: &Product, args: &Args) -> Result<Vec<Arc<ProductOption>>, Fault> {
    let first = args.int("first").and_then(|n| usize::try_from(n).ok()).unwrap_or(99);
    Ok(product.options.iter().take(first).cloned().collect())
}

fn featured_image<'a>(
    _: &'a Cx,
    product: &'a Product,
    _: &Args,
) -> Result<mcom_kit::record::Shown<'a, Option<Image>>, Fault> {
    Ok(shown(&product.images[0]))
}

fn variant_product(_: &Cx, variant: &Variant, _: &Args) -> Result<Arc<Product>, Fault> {
    let product = variant.product.get().and_then(Weak::upgrade);
    product.ok_or_else(|| Fault::new("NOT_FOUND", "product"))
}

fn broken_product(_: &Cx, product: &Product, _: &Args) -> Result<Option<String>, Fault> {
    Err(Fault::new("NOT_FOUND", format!("broken {}", product.id)))
}

fn broken_required(_: &Cx, product: &Product, _: &Args) -> Result<String, Fault> {
    Err(Fault::new("NOT_FOUND", format!("broken {}", product.id)))
}

fn broken_variant(_: &Cx, _: &Variant, _: &Args) -> Result<Option<String>, Fault> {
    Err(Fault::new("NOT_FOUND", "broken variant"))
}

pub(super) fn registry() -> Registry {
    let mut registry = Registry::default();
    registry
        .query("product", find_product)
        .query("products", find_products)
        .query("node", find_node)
        .query("nodes", find_nodes)
        .entity(load_products)
        .entity(load_variants);
    registry
        .on::<Product>()
        .field("description", description)
        .field("variants", variants)
        .field("options", options)
        .field("featuredImage", featured_image)
        .field("broken", broken_product)
        .field("brokenRequired", broken_required);
    registry.on::<Variant>().field("product", variant_product).field("broken", broken_variant);
    registry
}
