//! The storefront subgraph: what buyers browse and read. Thin field functions over the catalog's ready-made view and the merchant's texts.

mod buyer;
mod collection;
mod content;
mod image;
mod localization;
mod location;
mod media;
mod metafield;
mod node;
mod product;
mod search;
mod selling_plan;
mod seo;
mod shop;
mod sitemap;
mod versions;
mod wanted;

use mcom_kit::Registry;

/// Every record and function of the subgraph.
pub fn registry() -> Registry {
    let mut registry = Registry::default();
    buyer::register(&mut registry);
    collection::register(&mut registry);
    content::register(&mut registry);
    image::register(&mut registry);
    localization::register(&mut registry);
    location::register(&mut registry);
    media::register(&mut registry);
    metafield::register(&mut registry);
    node::register(&mut registry);
    product::register(&mut registry);
    search::register(&mut registry);
    selling_plan::register(&mut registry);
    shop::register(&mut registry);
    sitemap::register(&mut registry);
    versions::register(&mut registry);
    registry
}
