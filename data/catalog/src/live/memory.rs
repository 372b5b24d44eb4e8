//! Variants as this process remembers them: for whoever is in a transaction already and must not wait for another connection.

use std::sync::Arc;

use mcom_data::{Cx, Result, TenantId};
use mcom_schema::id::VariantId;

use super::{Cache, LiveProduct, cache::Found};
use crate::variants::{SaleVariant, SelectedOption};

/// A moment before something was read from the tables: what was read is true as long as nothing else was heard of since.
#[derive(Debug, Clone, Copy)]
pub struct Before(u64);

/// What is known of one store's published variants without asking the database.
#[derive(Clone)]
pub struct Memory {
    cache: Arc<Cache>,
    store: TenantId,
}

impl Memory {
    /// That of the context's store.
    ///
    /// # Errors
    /// `Broken` if this process keeps no catalog.
    pub fn of(cx: &Cx) -> Result<Self> {
        Ok(Memory { cache: cx.shared::<Cache>()?, store: cx.tenant().id() })
    }

    /// The variant, if it is published and neither its product nor its stock has changed since they were read.
    pub fn variant(&self, id: VariantId) -> Option<SaleVariant> {
        let product = self.cache.owner(self.store, id)?;
        let stamp = self.cache.stamp(self.store, product);
        let Found::Fresh(Some(live)) = self.cache.product(self.store, product, stamp) else {
            return self.cache.sale(self.store, id, stamp).map(Arc::unwrap_or_clone);
        };
        let place = live.document.variants.iter().position(|variant| variant.id == id)?;
        let consists = live.stock.bundles.get(id);
        // With a gap it is not sold, which the tables tell better.
        let is_whole = consists.is_none_or(|consists| consists.is_whole);
        is_whole.then(|| sale_variant(&live, place))
    }

    /// To be called before variants are read from the tables, and given to [`Memory::keep`] with them.
    pub fn before(&self) -> Before {
        Before(self.cache.told())
    }

    /// Remembers a published variant that was read after `before`, in a transaction that changed none. Bundles are not: what they
    /// are put together from may change behind their backs.
    pub fn keep(&self, before: Before, read: &SaleVariant) {
        if !read.published || !read.components.is_empty() {
            return;
        }
        let stamp = self.cache.stamp(self.store, read.product_id);
        // The stamp is of now. It was the same before if nothing was told in between.
        if self.cache.told() == before.0 {
            self.cache.keep_owner(self.store, read.variant_id, read.product_id);
            self.cache.keep_sale(self.store, read.clone(), stamp);
        }
    }
}

fn sale_variant(live: &LiveProduct, place: usize) -> SaleVariant {
    let (product, variant, stock) =
        (&live.document, &live.document.variants[place], &live.stock.variants[place]);
    let image = variant.media.and_then(|place| product.media.get(place)).or(product.media.first());
    SaleVariant {
        variant_id: variant.id,
        product_id: product.id,
        product_title: product.title.clone(),
        product_handle: product.handle.clone(),
        product_type: product.product_type.clone(),
        variant_title: variant.title.clone(),
        sku: variant.sku.clone(),
        vendor: product.vendor.clone(),
        price_minor: variant.price_minor,
        compare_at_minor: variant.compare_at_minor,
        image_url: image.map(|image| image.url.clone()),
        options: variant.chosen(&product.options).map(selected).collect(),
        requires_shipping: variant.requires_shipping,
        taxable: variant.taxable,
        gift_card: product.gift_card,
        weight_grams: variant.weight_grams,
        inventory_item_id: variant.inventory_item_id,
        tracked: stock.tracked,
        policy: variant.policy,
        available: stock.available,
        components: live.stock.bundles.get(variant.id).map(|it| it.of.clone()).unwrap_or_default(),
        quantities: variant.quantities.clone(),
        published: true,
    }
}

fn selected((name, value): (&str, &str)) -> SelectedOption {
    SelectedOption { name: name.to_owned(), value: value.to_owned() }
}
