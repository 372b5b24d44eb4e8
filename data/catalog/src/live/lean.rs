//! What a product's stock leans on: that of a bundle leans on other products, whose changes make what is remembered of it stale.

use std::sync::Arc;

use mcom_data::TenantId;
use mcom_schema::id::ProductId;

use super::{LiveProduct, cache::Cache};

/// What a product leant on when it was last read, as it was before it is read again.
pub(super) struct Lean {
    on: Box<[ProductId]>,
    stamp: u64,
    /// How much this process had been told by then.
    told: u64,
}

impl Lean {
    /// Changes when something changes that the product leant on.
    pub(super) fn stamp(&self) -> u64 {
        self.stamp
    }
}

impl Cache {
    /// To be taken before a product is read from the database; `known` is what is remembered of it.
    pub(super) fn lean(&self, tenant: TenantId, known: Option<&LiveProduct>) -> Lean {
        let told = self.told();
        let on: Box<[ProductId]> = known.map_or(&[][..], LiveProduct::leans_on).into();
        Lean { stamp: self.lean_stamp(tenant, &on), on, told }
    }

    /// The stamp under which `live` may be kept. None: it turned out to lean on something that may have changed while it was read.
    pub(super) fn lean_since(
        &self,
        tenant: TenantId,
        before: &Lean,
        live: Option<&Arc<LiveProduct>>,
    ) -> Option<u64> {
        let on = live.map_or(&[][..], |live| live.leans_on());
        if *on == *before.on {
            return Some(before.stamp);
        }
        let stamp = self.lean_stamp(tenant, on);
        (on.is_empty() || self.told() == before.told).then_some(stamp)
    }

    /// The present stamp of all these products together; nothing has none.
    pub(super) fn lean_stamp(&self, tenant: TenantId, on: &[ProductId]) -> u64 {
        let stamps = on.iter().map(|product| self.stamp(tenant, *product));
        // Each only grows, so that their sum changes when one does.
        stamps.fold(0, |sum: u64, stamp| sum.wrapping_add(stamp.thing).wrapping_add(stamp.stock))
    }
}
