//! What the catalog says about the variants in a cart, as needed to price it.

use std::collections::HashMap;

use mcom_catalog::variants::{self, InventoryPolicy, SaleVariant};
use mcom_data::{Result, TenantConn};
use mcom_schema::id::{ProductId, VariantId};

/// Variants that can be bought, by id; the others are absent.
#[derive(Default)]
pub(crate) struct Offers(HashMap<VariantId, SaleVariant>);

impl Offers {
    /// Asks the catalog's tables, in one go.
    pub(crate) async fn load(db: &mut TenantConn, ids: &[VariantId]) -> Result<Self> {
        if ids.is_empty() {
            return Ok(Offers::default());
        }
        let known = variants::for_sale(db, ids).await?;
        Ok(Offers(known.into_iter().flatten().filter(|v| v.published).map(|v| (v.variant_id, v)).collect()))
    }

    /// What is offered of one variant.
    pub(crate) fn get(&self, id: VariantId) -> Option<&SaleVariant> {
        self.0.get(&id)
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
