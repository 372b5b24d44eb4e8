//! Bundles in a cart: what they are put together from, how much of that there is, and what of their price falls to which component.

use std::collections::HashMap;

use mcom_catalog::variants::{InventoryPolicy, QuantityRule, SaleVariant};
use mcom_data::Result;
use mcom_schema::{Money, Refusal, id::VariantId, refuse};

use super::{
    draft::Draft,
    offer::{Offers, limit},
    view::{CartView, LineComponent, LineView},
};
use crate::discounts::{AppliedDiscount, DiscountClass};

/// Where a line stands in its cart, or a component in the line of its bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinePlace {
    /// Of the line, among those of the cart.
    pub index: usize,
    /// Of the component, among those of the line.
    pub component: Option<usize>,
}

impl LinePlace {
    /// The place of a line as a whole.
    pub const fn whole(index: usize) -> Self {
        LinePlace { index, component: None }
    }
}

impl CartView {
    /// What stands at a place: of a component, its part of the line.
    pub fn line_at(&self, place: LinePlace) -> &LineView {
        let line = &self.lines[place.index];
        place.component.map_or(line, |number| &line.components[number].line)
    }

    /// Where the line of this id stands, or the component.
    pub(super) fn place_of(&self, id: &str) -> Option<LinePlace> {
        if let Some(index) = self.lines.iter().position(|line| line.id == id) {
            return Some(LinePlace::whole(index));
        }
        let index =
            self.lines.iter().position(|line| id.starts_with(&*line.id) && !line.components.is_empty())?;
        let component = self.lines[index].components.iter().position(|it| it.line.id == id)?;
        Some(LinePlace { index, component: Some(component) })
    }

    /// What one of the cart's discounts takes off what stands at a place, in minor units.
    pub fn off_line(&self, place: LinePlace, discount: &AppliedDiscount) -> i64 {
        let Some(number) = place.component else { return discount.off_line(place.index) };
        let off = &self.lines[place.index].components[number].off;
        let known = self.discounts.iter().zip(off).find(|(known, _)| std::ptr::eq(*known, discount));
        known.map_or(0, |(_, off)| *off)
    }
}

/// Makes bundles what their components make of them, in all that is offered. What lacks a component is not offered.
pub(super) fn put_together(offers: &mut HashMap<VariantId, SaleVariant>) {
    let bundles: Vec<VariantId> =
        offers.values().filter(|it| !it.components.is_empty()).map(|it| it.variant_id).collect();
    for id in bundles {
        let Some(mut bundle) = offers.remove(&id) else { continue };
        let components = bundle.components.iter().map(|it| Some((offers.get(&it.variant_id)?, it.quantity)));
        let Some(components) = components.collect::<Option<Vec<_>>>() else { continue };
        let limits = components.iter().filter_map(|(offer, quantity)| Some(limit(offer)? / quantity));
        let most = limits.min();
        (bundle.tracked, bundle.policy) = (most.is_some(), InventoryPolicy::Deny);
        bundle.available = most.unwrap_or_default();
        bundle.requires_shipping = components.iter().any(|(offer, _)| offer.requires_shipping);
        offers.insert(id, bundle);
    }
}

impl Offers {
    /// What one piece of a variant takes from the shelf: itself, or what it consists of.
    pub(super) fn takes(&self, id: VariantId) -> Vec<(VariantId, i64)> {
        match self.get(id) {
            Some(offer) if !offer.components.is_empty() => {
                offer.components.iter().map(|it| (it.variant_id, it.quantity)).collect()
            }
            _ => vec![(id, 1)],
        }
    }

    /// How many pieces of `part` that is.
    fn takes_of(&self, id: VariantId, part: VariantId) -> i64 {
        match self.get(id) {
            Some(offer) if !offer.components.is_empty() => {
                let same = offer.components.iter().filter(|it| it.variant_id == part);
                same.map(|it| it.quantity).sum()
            }
            _ => i64::from(id == part),
        }
    }

    fn is_bundle(&self, id: VariantId) -> bool {
        self.get(id).is_some_and(|offer| !offer.components.is_empty())
    }
}

impl Draft<'_> {
    /// How many pieces of a variant there is room for beside all lines but the one at `but`; `None`: as many as wanted.
    pub(super) fn room(&self, variant: VariantId, but: Option<usize>) -> Option<i64> {
        let taken = |part: VariantId| -> i64 {
            let others = self.document.lines.iter().enumerate().filter(|(place, _)| Some(*place) != but);
            others
                .map(|(_, line)| self.offers.takes_of(line.variant, part).saturating_mul(line.quantity))
                .sum()
        };
        let rooms = self.offers.takes(variant).into_iter().filter_map(|(part, pieces)| {
            let left = self.offers.limit(part)? - taken(part);
            Some(left.max(0) / pieces)
        });
        rooms.min()
    }

    /// Neither does a bundle belong to another line, nor anything to a bundle.
    pub(super) fn unmixed(&self, variant: VariantId, parent: Option<&str>) -> Result<(), Refusal> {
        let above = self.document.lines.iter().find(|line| Some(line.id.as_str()) == parent);
        let Some(above) = above else { return Ok(()) };
        if !self.offers.is_bundle(variant) && !self.offers.is_bundle(above.variant) {
            return Ok(());
        }
        let message = "Bundles do not belong to other lines, and nothing belongs to them.";
        Err(refuse("parent", "BUNDLES_AND_ADDONS_CANNOT_BE_MIXED", message))
    }
}

/// The components of a priced line, if it is a bundle: its price is split over them in proportion to their own.
pub(super) fn components(
    line: &LineView,
    offer: &SaleVariant,
    offers: &Offers,
) -> Result<Vec<LineComponent>> {
    let parts: Option<Vec<(&SaleVariant, i64)>> =
        offer.components.iter().map(|it| Some((offers.get(it.variant_id)?, it.quantity))).collect();
    let Some(parts) = parts.filter(|parts| !parts.is_empty()) else { return Ok(vec![]) };
    let worth: Vec<i64> =
        parts.iter().map(|(part, pieces)| part.price_minor.saturating_mul(*pieces)).collect();
    let pieces: Vec<i64> = parts.iter().map(|(_, pieces)| *pieces).collect();
    let is_free = worth.iter().all(|minor| *minor == 0);
    let shares = line.subtotal.allocate(if is_free { &pieces } else { &worth })?;
    let each = (1..).zip(parts).zip(shares);
    each.map(|((number, part), share)| component(line, number, part, share)).collect()
}

fn component(
    line: &LineView,
    number: usize,
    (part, pieces): (&SaleVariant, i64),
    share: Money,
) -> Result<LineComponent> {
    let quantity = pieces.saturating_mul(line.quantity);
    let line = LineView {
        id: format!("{}.{number}", line.id),
        variant: part.variant_id,
        product: part.product_id,
        title: part.product_title.clone(),
        variant_title: part.variant_title.clone(),
        quantity,
        attributes: line.attributes.clone(),
        parent: None,
        unit: share.share(1, quantity)?,
        compare_at: None,
        plan: None,
        quantity_rule: QuantityRule::default(),
        subtotal: share,
        total: share,
        requires_shipping: part.requires_shipping,
        available: limit(part),
        components: vec![],
    };
    Ok(LineComponent { line, off: vec![] })
}

/// Splits what each discount takes off the line at `place` over its components. Of none more is taken than is left of it.
pub(super) fn discounted(line: &mut LineView, place: usize, discounts: &[AppliedDiscount]) -> Result<()> {
    let Some(first) = line.components.first() else { return Ok(()) };
    let currency = first.line.subtotal.currency;
    let mut left: Vec<i64> = line.components.iter().map(|it| it.line.subtotal.minor).collect();
    for discount in discounts {
        let off = discount.off_line(place);
        let shares = match off {
            0 => vec![0; left.len()],
            off => minors(Money::new(off, currency).allocate(&left)?),
        };
        for ((component, left), share) in line.components.iter_mut().zip(&mut left).zip(shares) {
            *left -= share;
            component.off.push(share);
            if discount.class == DiscountClass::Product {
                component.line.total = component.line.total.minus(Money::new(share, currency))?;
            }
        }
    }
    Ok(())
}

fn minors(shares: Vec<Money>) -> Vec<i64> {
    shares.into_iter().map(|share| share.minor).collect()
}
