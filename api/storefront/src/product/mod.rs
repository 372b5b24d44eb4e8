//! Products as a buyer sees them: one by one, in lists, and as entities that other subgraphs refer to.

mod bundle;
pub(crate) mod category;
mod choice;
mod face;
mod measure;
mod media;
mod option;
mod quantity;
mod query;
mod seen;
mod term;
mod trie;
mod variant;
mod weight;
mod words;

use std::sync::Arc;

use mcom_catalog::LiveProduct;
use mcom_kit::{Cx, Error, Registry};
use mcom_schema::{
    Currency,
    id::{ProductId, VariantId},
};
use mcom_store::metafields::{Owner, OwnerKind};
use serde::Deserialize;

use crate::metafield::HasMetafields;
use face::Face;
use mcom_kit::excerpt::{self, excerpt};
pub(crate) use media::by_ids as media_by_ids;
pub(crate) use option::{option_values_by_ids, options_by_ids};
pub(crate) use query::{by_ids, connection, variants_by_ids};
pub(crate) use seen::{Seen, seen};
pub use variant::Variant;

/// A published product.
pub struct Product {
    face: Arc<Face>,
    /// How it was found, for whoever measures searches.
    tracking: Option<Arc<str>>,
}

mcom_kit::record!(Product as "Product" {
    "availableForSale" = face.stock.for_sale,
    "category" => Product::category,
    "compareAtPriceRange" = face.compare_at_range,
    "createdAt" = face.document.created_at,
    "descriptionHtml" = face.document.description_html,
    "encodedVariantAvailability" => Product::availability,
    "encodedVariantExistence" => Product::existence,
    "featuredImage" => Product::featured_image,
    "handle" = face.document.handle,
    "id" = face.id,
    "isGiftCard" = face.document.gift_card,
    "priceRange" = face.price_range,
    "productType" = face.document.product_type,
    "publishedAt" = face.document.published_at,
    "seo" = face.seo,
    "tags" = face.document.tags,
    "title" = face.document.title,
    "totalInventory" => Product::total_inventory,
    "trackingParameters" => Product::tracking,
    "updatedAt" = face.document.updated_at,
    "variantsCount" => Product::variants_count,
    "vendor" = face.document.vendor,
});

mcom_kit::connection!(ProductConnection, ProductEdge of Product as "ProductConnection" "ProductEdge" {
    "filters" = filters: Vec<crate::search::Filter>,
});

/// How many there are, counted to the end.
pub struct Count {
    count: i32,
}

impl Count {
    /// So many, and no more.
    pub(crate) fn exactly(count: usize) -> Self {
        Count { count: whole(i64::try_from(count).unwrap_or(i64::MAX)) }
    }
}

mcom_kit::record!(Count as "Count" { "count" = count, "precision" => exact });

fn exact(_: &Count) -> &'static str {
    "EXACT"
}

pub(crate) fn register(registry: &mut Registry) {
    registry.on::<Product>().field("description", description).field("onlineStoreUrl", online_store_url);
    bundle::register(registry);
    media::register(registry);
    option::register(registry);
    quantity::register(registry);
    query::register(registry);
    variant::register(registry);
    words::register(registry);
}

fn description(_: &Cx, product: &Product, args: &excerpt::Length) -> Result<String, Error> {
    Ok(excerpt(&product.face.document.description, args))
}

#[derive(Deserialize)]
struct NoArgs {}

fn online_store_url(cx: &Cx, product: &Product, _: &NoArgs) -> Result<String, Error> {
    Ok(cx.origin().absolute(&product.path()))
}

impl Product {
    /// Shows a product of a store that sells in `currency`.
    pub(crate) fn of(live: &LiveProduct, currency: Currency) -> Arc<Self> {
        Product::found(live, currency, None)
    }

    /// Shows a product that a search found, with the parameters that its links carry so that the search can be measured.
    pub(crate) fn found(live: &LiveProduct, currency: Currency, tracking: Option<Arc<str>>) -> Arc<Self> {
        Arc::new(Product { face: live.face(|live| Face::of(live, currency)), tracking })
    }

    /// Shows the variant at `index` of a product's document.
    pub(crate) fn variant(&self, index: usize) -> Option<Arc<Variant>> {
        Variant::at(&self.face, index)
    }

    /// Where it is in the store.
    pub(crate) fn path(&self) -> String {
        format!("/products/{}", self.face.document.handle)
    }

    /// What the catalog knows it by.
    pub(crate) fn number(&self) -> ProductId {
        self.face.document.id
    }

    /// Its variants.
    pub(crate) fn variant_ids(&self) -> impl Iterator<Item = VariantId> + '_ {
        self.face.document.variants.iter().map(|variant| variant.id)
    }

    fn availability(&self) -> &str {
        self.face.availability()
    }

    fn existence(&self) -> &str {
        self.face.existence()
    }

    fn featured_image(&self) -> Option<Arc<crate::image::Image>> {
        self.face.media.first().map(|media| media.image.clone())
    }

    fn total_inventory(&self) -> Option<i32> {
        let counted = self.face.stock.variants.iter().any(|stock| stock.tracked);
        counted.then(|| whole(self.face.stock.total))
    }

    fn tracking(&self) -> Option<&str> {
        self.tracking.as_deref()
    }

    fn variants_count(&self) -> Count {
        Count::exactly(self.face.document.variants.len())
    }
}

impl HasMetafields for Product {
    fn owner(&self, _: &Cx) -> Owner {
        Owner { kind: OwnerKind::Product, id: self.number().0 }
    }
}

/// GraphQL integers have 32 bits; what is beyond is as good as the limit.
fn whole(number: i64) -> i32 {
    i32::try_from(number).unwrap_or(if number < 0 { i32::MIN } else { i32::MAX })
}
