//! The catalog: products with their options, variants and media, collections, publications, stock, and the storefront's ready-made view of them.

mod bulk;
pub mod collections;
mod gid;
pub mod import;
pub mod inventory;
mod keyset;
mod live;
mod patch;
pub mod products;
pub mod publications;
pub mod redirects;
pub mod seed;
mod store;
mod text;
pub mod variants;

use mcom_data::ServicesBuilder;

pub use live::{
    DocumentMedia, DocumentOption, DocumentOptionValue, DocumentVariant, LiveProduct, MoneyRange,
    ProductDocument, ProductStock, VariantStock,
};
pub use patch::Patch;
pub use text::plain;

/// Adds what the catalog shares across requests: the caches of the storefront's view.
#[must_use]
pub fn with_caches(builder: ServicesBuilder) -> ServicesBuilder {
    builder.with(|services| live::Cache::listening(&services.changes))
}
