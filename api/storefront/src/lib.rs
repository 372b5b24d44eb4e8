//! The storefront subgraph: what buyers browse and read. Thin field functions over the catalog's ready-made view and the merchant's texts.

mod collection;
mod content;
mod image;
mod metafield;
mod node;
mod product;
mod search;
mod seo;
mod shop;
mod sitemap;
mod wanted;

use mcom_kit::Registry;

/// Every record and function of the subgraph.
pub fn registry() -> Registry {
    let mut registry = Registry::default();
    collection::register(&mut registry);
    content::register(&mut registry);
    image::register(&mut registry);
    metafield::register(&mut registry);
    node::register(&mut registry);
    product::register(&mut registry);
    search::register(&mut registry);
    shop::register(&mut registry);
    sitemap::register(&mut registry);
    registry
}
