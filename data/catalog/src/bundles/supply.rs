//! What there is of bundles: as many as can be put together from their components.

use mcom_schema::id::{ProductId, VariantId};
use serde::Deserialize;

use crate::{live::VariantStock, variants::InventoryPolicy};

/// So many pieces of a variant in one bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Component {
    /// Of which variant.
    pub variant_id: VariantId,
    /// How many; more than 0.
    pub quantity: i64,
}

/// A component as it is at this moment.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Part {
    /// The bundle.
    variant_id: i64,
    /// None: it was deleted.
    component_id: Option<i64>,
    product_id: Option<i64>,
    quantity: i64,
    /// Pieces free to sell online.
    available: i64,
    tracked: Option<bool>,
    policy: Option<InventoryPolicy>,
    /// Whether its product is on the online store.
    published: bool,
}

impl Part {
    /// The bundle that it is a part of.
    pub(crate) fn bundle(&self) -> i64 {
        self.variant_id
    }

    fn component(&self) -> Option<Component> {
        Some(Component { variant_id: VariantId(self.component_id?), quantity: self.quantity })
    }

    fn is_counted(&self) -> bool {
        self.tracked == Some(true)
    }

    /// For how many bundles there are pieces.
    fn suffices_for(&self) -> i64 {
        self.available.div_euclid(self.quantity.max(1))
    }
}

/// How much there is of the bundle that consists of `parts`. It cannot be had while one of them was deleted or is not on the online store.
pub(crate) fn supply(parts: &[Part]) -> VariantStock {
    if parts.iter().any(|part| part.component_id.is_none() || !part.published) {
        return VariantStock { available: 0, for_sale: false, tracked: true };
    }
    let counted = || parts.iter().filter(|part| part.is_counted());
    let limits = counted().filter(|part| part.policy != Some(InventoryPolicy::Continue));
    VariantStock {
        available: counted().map(Part::suffices_for).min().unwrap_or_default(),
        for_sale: limits.map(Part::suffices_for).min().is_none_or(|most| most > 0),
        tracked: counted().next().is_some(),
    }
}

/// Of what a bundle consists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consists {
    /// In the merchant's order; without those that were deleted.
    pub of: Vec<Component>,
    /// Whether none of them was deleted or taken from the online store.
    pub is_whole: bool,
}

impl Consists {
    pub(crate) fn of(parts: &[Part]) -> Option<Self> {
        let is_whole = parts.iter().all(|part| part.component_id.is_some() && part.published);
        let of = parts.iter().filter_map(Part::component).collect();
        (!parts.is_empty()).then_some(Consists { of, is_whole })
    }
}

/// The bundles among the variants of a product.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bundles {
    /// By variant; most products have none.
    bundles: Vec<(VariantId, Consists)>,
    /// The products of all components, each once: when these change, so may what there is of the bundles.
    leans_on: Vec<ProductId>,
}

impl Bundles {
    /// Those that consist of these parts.
    pub(crate) fn of(parts: &[Part]) -> Self {
        let mut leans_on: Vec<ProductId> =
            parts.iter().filter_map(|part| part.product_id).map(ProductId).collect();
        leans_on.sort_unstable();
        leans_on.dedup();
        let each = parts.chunk_by(|a, b| a.variant_id == b.variant_id);
        let bundle = |parts: &[Part]| Some((VariantId(parts.first()?.variant_id), Consists::of(parts)?));
        Bundles { bundles: each.filter_map(bundle).collect(), leans_on }
    }

    /// Of what a variant consists; none if it is no bundle.
    pub fn get(&self, variant: VariantId) -> Option<&Consists> {
        self.bundles.iter().find(|(bundle, _)| *bundle == variant).map(|(_, consists)| consists)
    }

    pub(crate) fn leans_on(&self) -> &[ProductId] {
        &self.leans_on
    }
}

/// The parts of one of several bundles, whose parts stand together.
pub(crate) fn parts_of(parts: &[Part], variant: VariantId) -> Option<&[Part]> {
    parts.chunk_by(|a, b| a.variant_id == b.variant_id).find(|parts| parts[0].variant_id == variant.0)
}

#[cfg(test)]
mod tests {
    use mcom_schema::id::{ProductId, VariantId};

    use super::{Bundles, Part, supply};
    use crate::variants::InventoryPolicy::{self, Continue, Deny};

    fn part(component: i64, quantity: i64, available: i64, policy: InventoryPolicy) -> Part {
        Part {
            variant_id: 1,
            component_id: Some(component),
            product_id: Some(component * 10),
            quantity,
            available,
            tracked: Some(true),
            policy: Some(policy),
            published: true,
        }
    }

    fn told(parts: &[Part]) -> (i64, bool, bool) {
        let stock = supply(parts);
        (stock.available, stock.for_sale, stock.tracked)
    }

    #[test]
    fn the_scarcest_component_decides() {
        assert_eq!(told(&[part(2, 1, 9, Deny), part(3, 4, 11, Deny)]), (2, true, true));
        assert_eq!(told(&[part(2, 1, 9, Deny), part(3, 4, 3, Deny)]), (0, false, true));
        let uncounted = Part { tracked: Some(false), ..part(3, 4, 0, Deny) };
        assert_eq!(told(&[part(2, 1, 9, Deny), uncounted.clone()]), (9, true, true));
        assert_eq!(told(&[uncounted]), (0, true, false));
    }

    #[test]
    fn components_that_are_sold_on_do_not_stop_a_bundle() {
        assert_eq!(told(&[part(2, 2, -3, Continue), part(3, 1, 5, Deny)]), (-2, true, true));
        assert_eq!(told(&[part(2, 2, -3, Continue), part(3, 1, 0, Deny)]), (-2, false, true));
    }

    #[test]
    fn a_bundle_with_a_gap_cannot_be_had_and_leans_on_what_is_left() {
        let gone = Part { component_id: None, product_id: None, published: false, ..part(2, 1, 9, Deny) };
        let hidden = Part { published: false, ..part(2, 1, 9, Deny) };
        for gap in [gone, hidden] {
            assert_eq!(told(&[gap, part(3, 1, 5, Deny)]), (0, false, true));
        }
        let other = Part { variant_id: 7, ..part(3, 1, 5, Deny) };
        let bundles = Bundles::of(&[part(2, 1, 1, Deny), part(3, 2, 1, Deny), other]);
        assert_eq!(bundles.leans_on(), [ProductId(20), ProductId(30)]);
        let quantities: Vec<i64> =
            bundles.get(VariantId(1)).unwrap().of.iter().map(|it| it.quantity).collect();
        assert_eq!((quantities, bundles.get(VariantId(7)).unwrap().of.len()), (vec![1, 2], 1));
        assert!(bundles.get(VariantId(2)).is_none());
    }
}
