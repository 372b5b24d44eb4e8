//! What the catalog says about the variants in a cart, as needed to price it.

use std::collections::HashMap;

use mcom_catalog::{
    live::Memory,
    variants::{self, InventoryPolicy, SaleVariant},
};
use mcom_data::{Result, TenantConn};
use mcom_schema::id::{ProductId, VariantId};
use mcom_store::markets::{self, Market};

use super::bundle;

/// Variants that can be bought, by id; the others are absent.
#[derive(Default)]
pub(crate) struct Offers(HashMap<VariantId, SaleVariant>);

impl Offers {
    /// What is remembered, and the rest from the catalog's tables, in one go: for carts, which show at most what was true a moment ago.
    pub(crate) async fn remembered(db: &mut TenantConn, memory: &Memory, ids: &[VariantId]) -> Result<Self> {
        let mut offers = Offers::default();
        offers.take_in(db, Some(memory), ids).await?;
        offers.complete(db, Some(memory)).await
    }

    /// Asks the catalog's tables, in one go: for what is sold.
    pub(crate) async fn read(db: &mut TenantConn, ids: &[VariantId]) -> Result<Self> {
        let mut offers = Offers::default();
        offers.take_in(db, None, ids).await?;
        offers.complete(db, None).await
    }

    async fn take_in(
        &mut self,
        db: &mut TenantConn,
        memory: Option<&Memory>,
        ids: &[VariantId],
    ) -> Result<()> {
        let remembered = |id: &VariantId| Some((*id, memory?.variant(*id)?));
        self.0.extend(ids.iter().filter_map(remembered));
        let others: Vec<VariantId> = ids.iter().filter(|id| !self.0.contains_key(id)).copied().collect();
        if others.is_empty() {
            return Ok(());
        }
        let before = memory.map(Memory::before);
        let known = variants::for_sale(db, &others).await?;
        if let Some((memory, before)) = memory.zip(before) {
            known.iter().flatten().for_each(|read| memory.keep(before, read));
        }
        self.0.extend(known.into_iter().flatten().filter(|it| it.published).map(|it| (it.variant_id, it)));
        Ok(())
    }

    /// Looks up what bundles consist of, which takes another go if there are any.
    async fn complete(mut self, db: &mut TenantConn, memory: Option<&Memory>) -> Result<Self> {
        let components = self.0.values().flat_map(|offer| &offer.components).map(|it| it.variant_id);
        let mut missing: Vec<VariantId> = components.filter(|id| !self.0.contains_key(id)).collect();
        missing.sort_unstable();
        missing.dedup();
        self.take_in(db, memory, &missing).await?;
        bundle::put_together(&mut self.0);
        Ok(self)
    }

    /// Puts the prices of a market in the place of the store's. One statement if it has some that are not converted.
    pub(super) async fn reprice(&mut self, db: &mut TenantConn, market: &Market) -> Result<()> {
        if market.is_plain() {
            return Ok(());
        }
        let fixed = markets::prices_for_sale(db, market, &self.variants()).await?;
        for offer in self.0.values_mut() {
            let price = market.price(offer.price_minor, offer.compare_at_minor, fixed.get(offer.variant_id));
            (offer.price_minor, offer.compare_at_minor) = (price.price_minor, price.compare_at_minor);
            offer.quantities.exchange(&market.exchange);
        }
        Ok(())
    }

    /// What is offered of one variant.
    pub(crate) fn get(&self, id: VariantId) -> Option<&SaleVariant> {
        self.0.get(&id)
    }

    /// The variants, each once.
    pub(crate) fn variants(&self) -> Vec<VariantId> {
        let mut variants: Vec<VariantId> = self.0.keys().copied().collect();
        variants.sort_unstable();
        variants
    }

    /// The products of all variants, each once.
    pub(crate) fn products(&self) -> Vec<ProductId> {
        let mut products: Vec<ProductId> = self.0.values().map(|offer| offer.product_id).collect();
        products.sort_unstable();
        products.dedup();
        products
    }

    /// How many of it can be had; `None`: as many as wanted, or it is not offered at all.
    pub(crate) fn limit(&self, id: VariantId) -> Option<i64> {
        self.get(id).and_then(limit)
    }
}

/// How many pieces can be had; `None`: as many as wanted, because stock is not counted or selling goes on without it.
pub(crate) fn limit(offer: &SaleVariant) -> Option<i64> {
    (offer.tracked && offer.policy == InventoryPolicy::Deny).then_some(offer.available.max(0))
}
