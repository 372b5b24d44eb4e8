//! Products as a merchant sees them, published or not.

mod change;
mod list;
mod option;
mod parts;
mod price;

use std::sync::Arc;

use mcom_catalog::products;
use mcom_data::page::Page;
use mcom_kit::{Cx, Registry};

use crate::{id, image::Image, media::MediaImage, seo::Seo};

pub(crate) use list::{Identifier, by_handle, find};
pub(crate) use option::ProductOptionValue;

/// A product.
pub struct Product {
    /// What the catalog knows of it.
    pub it: Arc<products::Product>,
    /// Where the online store shows it; none while it does not.
    online: Option<String>,
}

mcom_kit::record!(Product as "Product" {
    "bodyHtml" = it.row.description_html,
    "createdAt" = it.row.created_at,
    "defaultCursor" => Product::cursor,
    "descriptionHtml" = it.row.description_html,
    "featuredImage" => Product::featured_image,
    "handle" = it.row.handle,
    "hasOnlyDefaultVariant" => Product::has_only_default_variant,
    "id" => Product::gid,
    "isGiftCard" = it.row.gift_card,
    "legacyResourceId" => Product::number,
    "onlineStorePreviewUrl" = online,
    "onlineStoreUrl" = online,
    "productType" = it.row.product_type,
    "publishedAt" = it.published_at,
    "seo" => Product::seo,
    "status" = it.row.status,
    "tags" = it.row.tags,
    "templateSuffix" = it.row.template_suffix,
    "title" = it.row.title,
    "totalInventory" = it.total_inventory,
    "totalVariants" = it.variants_count,
    "tracksInventory" = it.tracks_inventory,
    "updatedAt" = it.row.updated_at,
    "vendor" = it.row.vendor,
});

mcom_kit::connection!(ProductConnection, ProductEdge of Product as "ProductConnection" "ProductEdge");

pub(crate) fn register(registry: &mut Registry) {
    list::register(registry);
    option::register(registry);
    parts::register(registry);
    price::register(registry);
    change::register(registry);
}

impl Product {
    /// Shows a product.
    pub(crate) fn of(cx: &Cx, it: Arc<products::Product>) -> Arc<Self> {
        let online = it.published_at.filter(|_| it.row.status == "ACTIVE").map(|_| {
            let store = crate::shop::address(cx.tenant());
            format!("{store}/products/{}", it.row.handle)
        });
        Arc::new(Product { it, online })
    }

    /// Shows a page of products.
    pub(crate) fn page(cx: &Cx, page: Page<Arc<products::Product>>) -> ProductConnection {
        ProductConnection::of(page.map(|it| Product::of(cx, it)))
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

    fn featured_image(&self) -> Option<Arc<Image>> {
        Some(MediaImage::of(self.it.media.first()?).image)
    }

    fn has_only_default_variant(&self) -> bool {
        let named = |option: &products::ProductOption| option.name == "Title" && option.values.len() == 1;
        self.it.variants_count == 1 && self.it.options.len() == 1 && self.it.options.iter().all(named)
    }

    fn seo(&self) -> Seo {
        Seo { title: self.it.row.seo_title.clone(), description: self.it.row.seo_description.clone() }
    }
}
