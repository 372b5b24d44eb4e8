//! Variants: what is sold of a product.

mod bundle;
mod change;
mod list;
mod measure;
mod parts;

use std::sync::Arc;

use mcom_catalog::variants;
use mcom_kit::Registry;
use mcom_schema::{Currency, Money};

use crate::{id, image::Image, media::MediaImage};

pub(crate) use list::{find, of_product, shown};

/// A variant.
pub struct ProductVariant {
    /// What the catalog knows of it.
    pub it: Arc<variants::Variant>,
    currency: Currency,
}

mcom_kit::record!(ProductVariant as "ProductVariant" {
    "availableForSale" = it.for_sale,
    "barcode" = it.row.barcode,
    "compareAtPrice" => ProductVariant::compare_at_price,
    "createdAt" = it.row.created_at,
    "defaultCursor" => ProductVariant::cursor,
    "displayName" => ProductVariant::display_name,
    "id" => ProductVariant::gid,
    "image" => ProductVariant::image,
    "inventoryPolicy" = it.row.inventory_policy,
    "inventoryQuantity" = it.inventory_quantity,
    "legacyResourceId" => ProductVariant::number,
    "position" = it.row.position,
    "price" => ProductVariant::price,
    "requiresComponents" => ProductVariant::requires_components,
    "sellableOnlineQuantity" = it.online_quantity,
    "sku" = it.row.sku,
    "taxable" = it.row.taxable,
    "title" = it.row.title,
    "unitPrice" => ProductVariant::unit_price,
    "unitPriceMeasurement" => ProductVariant::unit_price_measurement,
    "updatedAt" = it.row.updated_at,
});

mcom_kit::connection!(
    ProductVariantConnection, ProductVariantEdge of ProductVariant as "ProductVariantConnection" "ProductVariantEdge"
);

pub(crate) fn register(registry: &mut Registry) {
    list::register(registry);
    parts::register(registry);
    change::register(registry);
    bundle::register(registry);
}

impl ProductVariant {
    /// Shows a variant whose prices are in `currency`.
    pub(crate) fn of(it: Arc<variants::Variant>, currency: Currency) -> Arc<Self> {
        Arc::new(ProductVariant { it, currency })
    }

    fn requires_components(&self) -> bool {
        !self.it.components.is_empty()
    }

    fn price(&self) -> String {
        Money::new(self.it.row.price_minor, self.currency).decimal()
    }

    fn compare_at_price(&self) -> Option<String> {
        Some(Money::new(self.it.row.compare_at_price_minor?, self.currency).decimal())
    }

    fn display_name(&self) -> String {
        format!("{} - {}", self.it.product_title, self.it.row.title)
    }

    fn image(&self) -> Option<Arc<Image>> {
        Some(MediaImage::of(self.it.media.as_ref()?).image)
    }

    fn gid(&self) -> String {
        self.it.row.id().gid()
    }

    fn number(&self) -> String {
        self.it.row.id.to_string()
    }

    fn cursor(&self) -> String {
        id::cursor(self.it.row.id)
    }
}
