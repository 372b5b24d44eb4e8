//! The catalog: products with their options, variants and media, collections, publications, stock, and the storefront's ready-made view of them.

mod bulk;
pub mod bundles;
pub mod collections;
pub mod export;
pub mod files;
mod gid;
pub mod images;
pub mod import;
pub mod index;
pub mod inventory;
pub mod live;
mod patch;
pub mod products;
pub mod publications;
pub mod redirects;
pub mod seed;
pub mod sitemap;
mod store;
pub mod variants;

use mcom_data::ServicesBuilder;

pub use live::{
    DocumentFile, DocumentMedia, DocumentOption, DocumentOptionValue, DocumentSwatch, DocumentVariant,
    LiveProduct, MoneyRange, ProductDocument, ProductStock, VariantStock,
};
pub use patch::Patch;

/// Adds what the catalog shares across requests: the caches of the storefront's view and of kept files, and the hands that
/// make pictures smaller.
#[must_use]
pub fn with_caches(builder: ServicesBuilder) -> ServicesBuilder {
    let builder = builder.with(|services| live::Cache::listening(&services.changes));
    builder.with(|_| images::Files::new()).with(|_| images::Workshop::new())
}
