//! By which plan a line is bought, and how many pieces of a variant are sold at once.

use mcom_catalog::variants::{QuantityRule, WrongQuantity};
use mcom_schema::{
    Refusal,
    id::{SellingPlanId, VariantId},
    refuse,
};

use super::draft::Draft;

impl Draft<'_> {
    /// The plan by which a line of a variant is to be bought; `None`: once and at once.
    ///
    /// # Errors
    /// Refuses plans by which it is not sold, and none for what is sold by plans only.
    pub(super) fn plan(
        &self,
        variant: VariantId,
        wanted: Option<&str>,
    ) -> Result<Option<SellingPlanId>, Refusal> {
        let product = self.offers.get(variant).map(|offer| offer.product_id);
        let Some(id) = wanted else {
            return match product.filter(|product| self.plans.is_required(*product)) {
                Some(_) => Err(refuse(
                    "sellingPlanId",
                    "VARIANT_REQUIRES_SELLING_PLAN",
                    "This product can only be bought with a selling plan.",
                )),
                None => Ok(None),
            };
        };
        let plan = SellingPlanId::parse(id)
            .filter(|plan| product.is_some_and(|it| self.plans.applicable(*plan, it, variant).is_some()));
        let message = "The selling plan cannot be applied to the merchandise.";
        plan.map(Some).ok_or_else(|| refuse("sellingPlanId", "SELLING_PLAN_NOT_APPLICABLE", message))
    }

    /// So many pieces, if as many are sold at once.
    pub(super) fn allowed(&self, variant: VariantId, quantity: i64) -> Result<i64, Refusal> {
        let rule = self.rule(variant);
        let (code, message) = match rule.allows(quantity) {
            Ok(()) => return Ok(quantity),
            Err(WrongQuantity::BelowMinimum) => {
                ("MINIMUM_NOT_MET", format!("At least {} pieces have to be bought.", rule.minimum))
            }
            Err(WrongQuantity::AboveMaximum) => (
                "MAXIMUM_EXCEEDED",
                format!("At most {} pieces can be bought.", rule.maximum.unwrap_or(quantity)),
            ),
            Err(WrongQuantity::BetweenIncrements) => {
                ("INVALID_INCREMENT", format!("Pieces are sold in multiples of {}.", rule.increment))
            }
        };
        Err(refuse("quantity", code, message))
    }

    /// The most of `wanted` pieces that are sold at once where there is room for so many.
    pub(super) fn most(&self, variant: VariantId, wanted: i64, room: i64) -> i64 {
        if wanted <= room { wanted } else { self.rule(variant).most_within(room) }
    }

    fn rule(&self, variant: VariantId) -> QuantityRule {
        self.offers.get(variant).map(|offer| offer.quantities.rule).unwrap_or_default()
    }
}
