//! Every plan of a store, and what is sold by it.

use std::collections::{HashMap, HashSet};

use mcom_schema::id::{ProductId, SellingPlanGroupId, SellingPlanId, VariantId};

use super::details::{GroupDetails, PlanDetails};

/// A group with its plans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SellingPlanGroup {
    /// Its id.
    pub id: SellingPlanGroupId,
    /// What the merchant says of it.
    pub details: GroupDetails,
    /// The ids of its plans, in their order.
    pub plans: Vec<SellingPlanId>,
}

/// Where a plan stands among those of its store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanPlace {
    /// Its group.
    pub group: usize,
    /// Its place in it.
    pub plan: usize,
}

/// The plans of a store.
#[derive(Debug, Default)]
pub struct SellingPlans {
    groups: Vec<SellingPlanGroup>,
    places: HashMap<SellingPlanId, PlanPlace>,
    products: HashMap<ProductId, Vec<usize>>,
    variants: HashMap<VariantId, Vec<usize>>,
    /// Products that cannot be had without a plan.
    required: HashSet<ProductId>,
}

impl SellingPlans {
    /// Those of these groups, in their order.
    pub(super) fn of(groups: Vec<SellingPlanGroup>) -> Self {
        let mut plans = SellingPlans::default();
        for (group, it) in groups.iter().enumerate() {
            plans
                .places
                .extend(it.plans.iter().enumerate().map(|(plan, id)| (*id, PlanPlace { group, plan })));
            for (product, required) in &it.details.products {
                plans.products.entry(*product).or_default().push(group);
                if *required {
                    plans.required.insert(*product);
                }
            }
            for variant in &it.details.variants {
                plans.variants.entry(*variant).or_default().push(group);
            }
        }
        SellingPlans { groups, ..plans }
    }

    /// All groups, oldest first.
    pub fn groups(&self) -> &[SellingPlanGroup] {
        &self.groups
    }

    /// Where a plan stands.
    pub fn place(&self, id: SellingPlanId) -> Option<PlanPlace> {
        self.places.get(&id).copied()
    }

    /// The plan at a place, with its id.
    pub fn at(&self, place: PlanPlace) -> Option<(SellingPlanId, &PlanDetails)> {
        let group = self.groups.get(place.group)?;
        Some((*group.plans.get(place.plan)?, group.details.plans.get(place.plan)?))
    }

    /// The groups by which a product or one of its variants is sold, by their places.
    pub fn groups_of(&self, product: ProductId, variants: impl Iterator<Item = VariantId>) -> Vec<usize> {
        let mut groups = self.products.get(&product).cloned().unwrap_or_default();
        if !self.variants.is_empty() {
            groups.extend(variants.filter_map(|id| self.variants.get(&id)).flatten());
        }
        groups.sort_unstable();
        groups.dedup();
        groups
    }

    /// The plans by which a variant is sold.
    pub fn plans_of(&self, product: ProductId, variant: VariantId) -> Vec<PlanPlace> {
        let groups = self.groups_of(product, std::iter::once(variant));
        let plans =
            |group: usize| (0..self.groups[group].plans.len()).map(move |plan| PlanPlace { group, plan });
        groups.into_iter().flat_map(plans).collect()
    }

    /// The plan, if a variant is sold by it.
    pub fn applicable(
        &self,
        id: SellingPlanId,
        product: ProductId,
        variant: VariantId,
    ) -> Option<&PlanDetails> {
        let place = self.place(id)?;
        let is_in = |groups: Option<&Vec<usize>>| groups.is_some_and(|it| it.contains(&place.group));
        let applies = is_in(self.products.get(&product)) || is_in(self.variants.get(&variant));
        self.at(place).filter(|_| applies).map(|(_, plan)| plan)
    }

    /// Whether a product cannot be had without a plan.
    pub fn is_required(&self, product: ProductId) -> bool {
        self.required.contains(&product)
    }
}

#[cfg(test)]
mod tests {
    use mcom_schema::id::{ProductId, SellingPlanGroupId, SellingPlanId, VariantId};

    use super::{super::details::PlanDetails, GroupDetails, SellingPlanGroup, SellingPlans};

    fn group(id: i64, products: &[(i64, bool)], variants: &[i64]) -> SellingPlanGroup {
        let products = products.iter().map(|(id, required)| (ProductId(*id), *required)).collect();
        let variants = variants.iter().copied().map(VariantId).collect();
        let plans = vec![PlanDetails::default(), PlanDetails::default()];
        let details = GroupDetails { products, variants, plans, ..GroupDetails::default() };
        let plans = vec![SellingPlanId(id * 10), SellingPlanId(id * 10 + 1)];
        SellingPlanGroup { id: SellingPlanGroupId(id), details, plans }
    }

    #[test]
    fn a_variant_is_sold_by_the_plans_of_its_product_and_by_its_own() {
        let plans = SellingPlans::of(vec![group(1, &[(1, false)], &[]), group(2, &[(2, true)], &[11])]);
        let applies = |plan, product, variant| {
            plans.applicable(SellingPlanId(plan), ProductId(product), VariantId(variant)).is_some()
        };
        assert!(applies(10, 1, 12) && applies(21, 1, 11) && !applies(21, 1, 12) && !applies(10, 2, 20));
        assert!(!applies(99, 1, 11));
        assert_eq!(plans.plans_of(ProductId(1), VariantId(11)).len(), 4);
        assert_eq!(plans.groups_of(ProductId(1), [12, 13].into_iter().map(VariantId)), [0]);
        assert!(plans.is_required(ProductId(2)) && !plans.is_required(ProductId(1)));
    }
}
