//! Stock beside the document: small, and read again whenever something is sold.

use std::collections::HashMap;

use serde::Deserialize;

use super::document::{DocumentVariant, ProductDocument};
use crate::{
    bundles::{self, Bundles, Part},
    variants::InventoryPolicy,
};

/// What is read of a product's stock.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Pieces {
    /// Pieces free to sell online, by variant.
    own: HashMap<i64, i64>,
    /// What the bundles among the variants consist of, bundle by bundle.
    parts: Option<Vec<Part>>,
}

impl Pieces {
    /// Of what the bundles consist.
    pub(super) fn bundles(&self) -> Bundles {
        Bundles::of(self.parts())
    }

    fn parts(&self) -> &[Part] {
        self.parts.as_deref().unwrap_or_default()
    }
}

/// How much there is of a product's variants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductStock {
    /// In the order of the document's variants.
    pub variants: Vec<VariantStock>,
    /// Whether at least one variant can be bought.
    pub for_sale: bool,
    /// Pieces of all tracked variants together; below zero where selling went on without stock.
    pub total: i64,
    /// The bundles among the variants.
    pub bundles: Bundles,
}

/// How much there is of one variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VariantStock {
    /// Pieces free to sell at the active locations that fulfill online orders.
    pub available: i64,
    /// Whether a buyer may take one: some are left, or it does not matter.
    pub for_sale: bool,
    /// Whether pieces are counted at all.
    pub tracked: bool,
}

impl ProductStock {
    /// Puts the pieces that are available beside the variants of the document.
    pub(crate) fn of(document: &ProductDocument, pieces: &Pieces) -> Self {
        let own = |variant: &DocumentVariant| {
            let available = pieces.own.get(&variant.id.0).copied().unwrap_or_default();
            let for_sale = sellable(variant.tracked, variant.policy, available);
            VariantStock { available, for_sale, tracked: variant.tracked }
        };
        let parts = pieces.parts();
        let of_variant = |variant: &DocumentVariant| {
            let bundle = if parts.is_empty() { None } else { bundles::parts_of(parts, variant.id) };
            bundle.map_or_else(|| own(variant), bundles::supply)
        };
        let variants: Vec<VariantStock> = document.variants.iter().map(of_variant).collect();
        let total = variants.iter().filter(|stock| stock.tracked).map(|stock| stock.available).sum();
        let for_sale = variants.iter().any(|stock| stock.for_sale);
        ProductStock { for_sale, total, variants, bundles: pieces.bundles() }
    }
}

/// Whether one more piece may be sold.
pub(crate) fn sellable(tracked: bool, policy: InventoryPolicy, available: i64) -> bool {
    !tracked || policy == InventoryPolicy::Continue || available > 0
}

#[cfg(test)]
mod tests {
    use super::sellable;
    use crate::variants::InventoryPolicy::{Continue, Deny};

    #[test]
    fn untracked_and_oversold_variants_never_run_out() {
        assert!(!sellable(true, Deny, 0));
        assert!(sellable(true, Deny, 1));
        assert!(sellable(true, Continue, -3));
        assert!(sellable(false, Deny, 0));
    }
}
