//! Lines of bundles, and the components that they are put together from.

use std::sync::Arc;

use mcom_kit::{Cx, Error, Record, Registry};
use mcom_sales::carts::{self, CartView, LinePlace};

use super::{
    attribute::{self, Attribute},
    cart::ById,
    line::{self, Cost, EstimatedCost, Line, Merchandise},
    selling_plan::Allocation,
};

/// A line of a bundle.
pub struct Bundle(Line);

mcom_kit::record!(Bundle as "ComponentizableCartLine" {
    "attributes" => Bundle::attributes,
    "cost" => Bundle::cost,
    "estimatedCost" => Bundle::estimated_cost,
    "id" => Bundle::id,
    "lineComponents" => Bundle::components,
    "merchandise" => Bundle::merchandise,
    "quantity" => Bundle::quantity,
    "sellingPlanAllocation" => Bundle::plan,
    "viewKey" => Bundle::view_key,
});

/// What a buyer may do with a line.
pub struct Instructions {
    allowed: bool,
}

mcom_kit::record!(Instructions as "CartLineInstructions" {
    "canRemove" = allowed,
    "canUpdateQuantity" = allowed,
});

impl Instructions {
    /// Components go and grow with their bundle; everything else is the buyer's.
    pub(super) fn of(place: LinePlace) -> Self {
        Instructions { allowed: place.component.is_none() }
    }
}

pub(super) fn register(registry: &mut Registry) {
    registry.on::<Bundle>().field("attribute", note).field("discountAllocations", discounts);
    registry.entity(entities);
}

/// The line at a place of a cart.
pub(super) fn shown(cart: &Arc<CartView>, index: usize) -> Arc<dyn Record> {
    let line = Line::at(cart, LinePlace::whole(index));
    if line.it().components.is_empty() { Arc::new(line) } else { Arc::new(Bundle(line)) }
}

async fn entities(cx: &Cx, keys: Vec<ById>) -> Result<Vec<Option<Arc<Bundle>>>, Error> {
    let mut found = Vec::with_capacity(keys.len());
    for key in keys {
        let line = carts::line(cx, &key.id).await?.map(|(cart, place)| Line::at(&cart, place));
        let bundle = line.filter(|line| !line.it().components.is_empty());
        found.push(bundle.map(|line| Arc::new(Bundle(line))));
    }
    Ok(found)
}

fn note(cx: &Cx, bundle: &Bundle, args: &attribute::ByKey) -> Result<Option<Attribute>, Error> {
    line::note(cx, &bundle.0, args)
}

fn discounts(cx: &Cx, bundle: &Bundle, level: &line::Level) -> Result<Vec<Arc<dyn Record>>, Error> {
    line::discounts(cx, &bundle.0, level)
}

impl Bundle {
    fn attributes(&self) -> Vec<Attribute> {
        self.0.attributes()
    }

    fn cost(&self) -> Cost {
        self.0.cost()
    }

    fn estimated_cost(&self) -> EstimatedCost {
        self.0.estimated_cost()
    }

    fn id(&self) -> String {
        self.0.id()
    }

    fn components(&self) -> Vec<Arc<Line>> {
        self.0.components().map(Arc::new).collect()
    }

    fn merchandise(&self) -> Merchandise {
        self.0.merchandise()
    }

    fn quantity(&self) -> i32 {
        self.0.quantity()
    }

    fn plan(&self) -> Option<Allocation> {
        self.0.plan()
    }

    fn view_key(&self) -> Option<&str> {
        self.0.view_key()
    }
}
