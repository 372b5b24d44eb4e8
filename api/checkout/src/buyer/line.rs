//! The lines of a cart.

use std::sync::Arc;

use mcom_kit::{
    Cx, Error, Record, Registry,
    connection::Paging,
    slice::{self, Place},
};
use mcom_sales::{
    carts::{self, CartView, LinePlace, LineView},
    discounts::{AppliedDiscount, DiscountClass},
};
use mcom_schema::{Money, id::VariantId, refusal::Refusal};
use serde::Deserialize;

use super::{
    attribute::{self, Attribute},
    bundle::{self, Instructions},
    cart::{ById, Cart},
    discount,
    selling_plan::Allocation,
};

/// A line, by its place in its cart.
pub struct Line {
    cart: Arc<CartView>,
    place: LinePlace,
}

mcom_kit::record!(Line as "CartLine" {
    "attributes" => Line::attributes,
    "cost" => Line::cost,
    "estimatedCost" => Line::estimated_cost,
    "id" => Line::id,
    "instructions" => Line::instructions,
    "merchandise" => Line::merchandise,
    "parentRelationship" => Line::parent,
    "quantity" => Line::quantity,
    "sellingPlanAllocation" => Line::plan,
    "viewKey" => Line::view_key,
});

/// That a line belongs to another.
pub struct ParentRelationship {
    parent: Arc<Line>,
}

mcom_kit::record!(ParentRelationship as "CartLineParentRelationship" { "parent" = parent });

mcom_kit::connection!(LineConnection, LineEdge of dyn Record as "BaseCartLineConnection" "BaseCartLineEdge");

/// What is bought; the storefront tells the rest.
pub struct Merchandise {
    id: String,
}

mcom_kit::record!(Merchandise as "ProductVariant" { "id" = id });

/// What a line costs.
pub struct Cost {
    unit: Money,
    compare_at: Option<Money>,
    subtotal: Money,
    total: Money,
}

mcom_kit::record!(Cost as "CartLineCost" {
    "amountPerQuantity" = unit,
    "compareAtAmountPerQuantity" = compare_at,
    "subtotalAmount" = subtotal,
    "totalAmount" = total,
});

/// What a line costs, in its older form.
pub struct EstimatedCost(Cost);

mcom_kit::record!(EstimatedCost as "CartLineEstimatedCost" {
    "amount" => EstimatedCost::amount,
    "compareAtAmount" => EstimatedCost::compare_at,
    "subtotalAmount" => EstimatedCost::subtotal,
    "totalAmount" => EstimatedCost::total,
});

pub(super) fn register(registry: &mut Registry) {
    registry.on::<Cart>().field("lines", lines);
    registry.on::<Line>().field("attribute", note).field("discountAllocations", discounts);
    registry.entity(entities);
    bundle::register(registry);
}

/// Lines of one cart are found in one reading of it.
async fn entities(cx: &Cx, keys: Vec<ById>) -> Result<Vec<Option<Arc<Line>>>, Error> {
    let mut found = Vec::with_capacity(keys.len());
    for key in keys {
        let line = carts::line(cx, &key.id).await?;
        let line = line.map(|(cart, place)| Line { cart, place });
        found.push(line.filter(|line| line.it().components.is_empty()).map(Arc::new));
    }
    Ok(found)
}

fn lines(_: &Cx, cart: &Cart, paging: &Paging) -> Result<LineConnection, Error> {
    Ok(page(&cart.view, 0..cart.view.lines.len(), paging)?)
}

pub(super) fn note(_: &Cx, line: &Line, args: &attribute::ByKey) -> Result<Option<Attribute>, Error> {
    Ok(attribute::find(&line.it().attributes, &args.key))
}

/// Whether what is taken off the whole cart is left out.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Level {
    line_level_only: Option<bool>,
}

pub(super) fn discounts(_: &Cx, line: &Line, level: &Level) -> Result<Vec<Arc<dyn Record>>, Error> {
    let only_of_lines = level.line_level_only.unwrap_or(true);
    let wanted = |it: &AppliedDiscount| !only_of_lines || it.class == DiscountClass::Product;
    let off = |it: &AppliedDiscount| if wanted(it) { line.cart.off_line(line.place, it) } else { 0 };
    Ok(discount::of_part(&line.cart, off))
}

/// A page of the lines at `places` of a cart.
pub(super) fn page(
    cart: &Arc<CartView>,
    places: impl Iterator<Item = usize>,
    paging: &Paging,
) -> Result<LineConnection, Refusal> {
    let place = |index| Place { key: slice::ordinal(index), id: slice::ordinal(index), index };
    let page = slice::page(&paging.page()?, "LINES", places.map(place).collect())?;
    Ok(LineConnection::of(page.map(|index| bundle::shown(cart, index))))
}

impl Merchandise {
    /// A variant.
    pub(super) fn of(variant: VariantId) -> Self {
        Merchandise { id: variant.gid() }
    }
}

impl Line {
    /// The line at a place of a cart.
    pub(super) fn at(cart: &Arc<CartView>, place: LinePlace) -> Self {
        Line { cart: cart.clone(), place }
    }

    pub(super) fn it(&self) -> &LineView {
        self.cart.line_at(self.place)
    }

    /// What it is put together from, if it is a bundle.
    pub(super) fn components(&self) -> impl Iterator<Item = Line> + '_ {
        let place = |number| LinePlace { component: Some(number), ..self.place };
        (0..self.it().components.len()).map(move |number| Line::at(&self.cart, place(number)))
    }

    fn instructions(&self) -> Instructions {
        Instructions::of(self.place)
    }

    pub(super) fn id(&self) -> String {
        self.cart.line_gid(self.it())
    }

    pub(super) fn view_key(&self) -> Option<&str> {
        Some(&self.it().id)
    }

    /// The line it belongs to, if that is still sold.
    fn parent(&self) -> Option<ParentRelationship> {
        let id = self.it().parent.as_ref()?;
        // A line that has become a bundle since has nothing that belongs to it.
        let is_it = |line: &LineView| line.id == *id && line.components.is_empty();
        let index = self.cart.lines.iter().position(is_it)?;
        Some(ParentRelationship { parent: Arc::new(Line::at(&self.cart, LinePlace::whole(index))) })
    }

    pub(super) fn attributes(&self) -> Vec<Attribute> {
        attribute::all(&self.it().attributes)
    }

    pub(super) fn merchandise(&self) -> Merchandise {
        Merchandise::of(self.it().variant)
    }

    pub(super) fn plan(&self) -> Option<Allocation> {
        let line = self.it();
        line.plan.as_ref().map(|plan| Allocation::of(plan, line.unit))
    }

    pub(super) fn quantity(&self) -> i32 {
        i32::try_from(self.it().quantity).unwrap_or(i32::MAX)
    }

    pub(super) fn cost(&self) -> Cost {
        let line = self.it();
        Cost { unit: line.unit, compare_at: line.compare_at, subtotal: line.subtotal, total: line.total }
    }

    pub(super) fn estimated_cost(&self) -> EstimatedCost {
        EstimatedCost(self.cost())
    }
}

impl EstimatedCost {
    fn amount(&self) -> Money {
        self.0.unit
    }

    fn compare_at(&self) -> Option<Money> {
        self.0.compare_at
    }

    fn subtotal(&self) -> Money {
        self.0.subtotal
    }

    fn total(&self) -> Money {
        self.0.total
    }
}
