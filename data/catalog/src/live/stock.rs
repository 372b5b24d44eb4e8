//! Stock beside the document: small, and read again whenever something is sold.

use std::collections::HashMap;

use super::document::{DocumentVariant, ProductDocument};
use crate::variants::InventoryPolicy;

/// How much there is of a product's variants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductStock {
    /// In the order of the document's variants.
    pub variants: Vec<VariantStock>,
    /// Whether at least one variant can be bought.
    pub for_sale: bool,
    /// Pieces of all tracked variants together; below zero where selling went on without stock.
    pub total: i64,
}

/// How much there is of one variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VariantStock {
    /// Pieces free to sell at the active locations that fulfill online orders.
    pub available: i64,
    /// Whether a buyer may take one: some are left, or it does not matter.
    pub for_sale: bool,
}

impl ProductStock {
    /// Puts the pieces that are available (by variant id) beside the variants of the document.
    pub(crate) fn of(document: &ProductDocument, available: &HashMap<i64, i64>) -> Self {
        let of_variant = |variant: &DocumentVariant| {
            let available = available.get(&variant.id.0).copied().unwrap_or_default();
            VariantStock { available, for_sale: sellable(variant.tracked, variant.policy, available) }
        };
        let variants: Vec<VariantStock> = document.variants.iter().map(of_variant).collect();
        let tracked = document.variants.iter().zip(&variants).filter(|(variant, _)| variant.tracked);
        let total = tracked.map(|(_, stock)| stock.available).sum();
        ProductStock { for_sale: variants.iter().any(|stock| stock.for_sale), total, variants }
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
