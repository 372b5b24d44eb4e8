//! How many pieces of a variant are sold at once, and from how many on one of them costs less.

use std::sync::Arc;

use mcom_catalog::variants::{PriceBreak, QuantityRule as Rule};
use mcom_kit::{Cx, Error, Registry, connection::Paging, slice};
use mcom_schema::Money;
use serde::Deserialize;

use super::{variant::Variant, whole};

/// How many at once.
pub struct QuantityRule {
    it: Rule,
}

mcom_kit::record!(QuantityRule as "QuantityRule" {
    "increment" => QuantityRule::increment,
    "maximum" => QuantityRule::maximum,
    "minimum" => QuantityRule::minimum,
});

/// From how many on a piece costs what.
pub struct QuantityPriceBreak {
    from: i64,
    price: Money,
}

mcom_kit::record!(QuantityPriceBreak as "QuantityPriceBreak" {
    "minimumQuantity" => QuantityPriceBreak::from,
    "price" = price,
});

mcom_kit::connection!(
    BreakConnection, BreakEdge of QuantityPriceBreak as "QuantityPriceBreakConnection" "QuantityPriceBreakEdge"
);

/// The list begins with the fewest pieces, and is not turned round.
#[derive(Deserialize)]
struct Part {
    first: Option<i64>,
    after: Option<String>,
    last: Option<i64>,
    before: Option<String>,
}

pub(super) fn register(registry: &mut Registry) {
    registry.on::<Variant>().field("quantityPriceBreaks", breaks);
}

fn breaks(_: &Cx, variant: &Variant, part: &Part) -> Result<BreakConnection, Error> {
    let Part { first, after, last, before } = part;
    let (after, before) = (after.clone(), before.clone());
    let paging = Paging { first: *first, after, last: *last, before, reverse: None };
    let shown = |it: &PriceBreak| {
        (it.from, 0, Arc::new(QuantityPriceBreak { from: it.from, price: variant.money(it.price_minor) }))
    };
    let all = variant.it().quantities.breaks.iter().map(shown).collect();
    Ok(BreakConnection::of(slice::page_of(all, "FROM", &paging.page()?)?))
}

impl Variant {
    pub(super) fn quantity_rule(&self) -> QuantityRule {
        QuantityRule { it: self.it().quantities.rule }
    }
}

impl QuantityRule {
    fn increment(&self) -> i32 {
        whole(self.it.increment)
    }

    fn maximum(&self) -> Option<i32> {
        self.it.maximum.map(whole)
    }

    fn minimum(&self) -> i32 {
        whole(self.it.minimum)
    }
}

impl QuantityPriceBreak {
    fn from(&self) -> i32 {
        whole(self.from)
    }
}
