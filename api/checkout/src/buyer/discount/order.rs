//! What discounts took off an order, as it was agreed.

use std::sync::Arc;

use mcom_kit::{
    Record, Registry,
    connection::{PageInfo, Paging},
    slice::{self, Place},
};
use mcom_sales::{discounts::AppliedDiscount, orders};
use mcom_schema::{Currency, Money, refusal::Refusal};

use super::Face;

/// What one discount took off something.
pub struct OrderAllocation {
    face: Face,
    amount: Money,
}

mcom_kit::record!(OrderAllocation as "DiscountAllocation" {
    "allocatedAmount" = amount,
    "discountApplication" => OrderAllocation::application,
});

/// A discount by its code.
pub struct ByCode(Face);

mcom_kit::record!(ByCode as "DiscountCodeApplication" {
    "allocationMethod" => ByCode::method,
    "applicable" => ByCode::applicable,
    "code" => ByCode::code,
    "targetSelection" => ByCode::selection,
    "targetType" => ByCode::target,
    "value" => ByCode::value,
});

/// A discount that applied by itself.
pub struct Automatic(Face);

mcom_kit::record!(Automatic as "AutomaticDiscountApplication" {
    "allocationMethod" => Automatic::method,
    "targetSelection" => Automatic::selection,
    "targetType" => Automatic::target,
    "title" => Automatic::title,
    "value" => Automatic::value,
});

/// A discount at its place in a list.
pub struct ApplicationEdge {
    cursor: String,
    node: Arc<dyn Record>,
}

mcom_kit::record!(ApplicationEdge as "DiscountApplicationEdge" { "cursor" = cursor, "node" = node });

/// A page of discounts.
pub struct ApplicationConnection {
    edges: Vec<ApplicationEdge>,
    nodes: Vec<Arc<dyn Record>>,
    page_info: PageInfo,
}

mcom_kit::record!(ApplicationConnection as "DiscountApplicationConnection" {
    "edges" = edges,
    "nodes" = nodes,
    "pageInfo" = page_info,
});

pub(super) fn register(registry: &mut Registry) {
    registry.record::<ByCode>().record::<Automatic>();
}

/// A page of the discounts of an order.
pub(in super::super) fn applications_of(
    order: &orders::Order,
    paging: &Paging,
) -> Result<ApplicationConnection, Refusal> {
    let faces: Vec<Face> = Face::each(&order.discounts, order.total.currency).collect();
    let place = |index| Place { key: slice::ordinal(index), id: slice::ordinal(index), index };
    let page = slice::page(&paging.page()?, "DISCOUNTS", (0..faces.len()).map(place).collect())?;
    let page = page.map(|index| application(&faces[index]));
    let page_info = PageInfo::of(&page);
    let nodes = page.items.iter().map(|(_, node)| node.clone()).collect();
    let edges = page.items.into_iter().map(|(cursor, node)| ApplicationEdge { cursor, node }).collect();
    Ok(ApplicationConnection { edges, nodes, page_info })
}

/// What of an order's discounts `part` tells an amount of, in minor units above 0.
pub(in super::super) fn off_place(
    (discounts, currency): (&Arc<[AppliedDiscount]>, Currency),
    part: impl Fn(&AppliedDiscount) -> i64,
) -> Vec<OrderAllocation> {
    let taken = Face::each(discounts, currency)
        .map(|face| OrderAllocation { amount: face.money(part(face.it())), face });
    taken.filter(|it| it.amount.minor > 0).collect()
}

fn application(face: &Face) -> Arc<dyn Record> {
    let face = face.clone();
    if face.it().code.is_some() { Arc::new(ByCode(face)) } else { Arc::new(Automatic(face)) }
}

impl OrderAllocation {
    fn application(&self) -> Arc<dyn Record> {
        application(&self.face)
    }
}

impl ByCode {
    /// Only what applied stays with an order.
    fn applicable(&self) -> bool {
        true
    }

    fn code(&self) -> &str {
        self.0.code()
    }

    fn method(&self) -> &'static str {
        self.0.method()
    }

    fn selection(&self) -> &'static str {
        self.0.selection()
    }

    fn target(&self) -> &'static str {
        self.0.target()
    }

    fn value(&self) -> Arc<dyn Record> {
        self.0.value()
    }
}

impl Automatic {
    fn title(&self) -> &str {
        self.0.title()
    }

    fn method(&self) -> &'static str {
        self.0.method()
    }

    fn selection(&self) -> &'static str {
        self.0.selection()
    }

    fn target(&self) -> &'static str {
        self.0.target()
    }

    fn value(&self) -> Arc<dyn Record> {
        self.0.value()
    }
}
