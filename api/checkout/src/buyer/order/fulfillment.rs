//! What was sent of an order, and how it can be followed on its way.

use std::sync::Arc;

use mcom_kit::{Cx, Error, Registry, connection::Paging, slice};
use mcom_sales::orders::{self, FulfillmentsOf, Parcel};
use mcom_schema::id::LineItemId;
use serde::Deserialize;

use super::{
    Order,
    line::{self, OrderLineItem},
};

/// What was sent together.
pub struct Fulfillment {
    it: orders::Fulfillment,
    lines: Vec<(LineItemId, Arc<FulfillmentLineItem>)>,
}

mcom_kit::record!(Fulfillment as "Fulfillment" { "trackingCompany" = it.tracking.company });

/// So many pieces of a line.
pub struct FulfillmentLineItem {
    line: Arc<OrderLineItem>,
    quantity: i64,
}

mcom_kit::record!(FulfillmentLineItem as "FulfillmentLineItem" { "lineItem" = line, "quantity" = quantity });

mcom_kit::connection!(
    FulfillmentLineItemConnection, FulfillmentLineItemEdge of FulfillmentLineItem as
    "FulfillmentLineItemConnection" "FulfillmentLineItemEdge"
);

/// By what a parcel can be followed.
pub struct TrackingInfo(Parcel);

mcom_kit::record!(TrackingInfo as "FulfillmentTrackingInfo" {
    "number" => TrackingInfo::number,
    "url" => TrackingInfo::url,
});

#[derive(Deserialize)]
struct First {
    first: Option<i64>,
}

impl First {
    fn most(&self) -> usize {
        self.first.map_or(usize::MAX, |first| usize::try_from(first).unwrap_or_default())
    }
}

pub(super) fn register(registry: &mut Registry) {
    registry.on::<Order>().load("successfulFulfillments", sent);
    registry.on::<Fulfillment>().field("fulfillmentLineItems", lines).field("trackingInfo", tracking);
}

async fn sent(cx: &Cx, order: &Order, args: First) -> Result<Option<Vec<Fulfillment>>, Error> {
    let sent = cx.load::<FulfillmentsOf>(order.it.id).await?.unwrap_or_default();
    let lines = line::all(cx, order).await?;
    let shown = |it: &orders::Fulfillment| Fulfillment::of(it, &lines);
    Ok(Some(sent.iter().take(args.most()).map(shown).collect()))
}

fn lines(_: &Cx, of: &Fulfillment, paging: &Paging) -> Result<FulfillmentLineItemConnection, Error> {
    let keyed = of.lines.iter().map(|(id, line)| (0, id.0, line.clone())).collect();
    Ok(FulfillmentLineItemConnection::of(slice::page_of(keyed, "ID", &paging.page()?)?))
}

fn tracking(_: &Cx, of: &Fulfillment, args: &First) -> Result<Vec<TrackingInfo>, Error> {
    let parcels = of.it.tracking.parcels.iter().take(args.most());
    Ok(parcels.cloned().map(TrackingInfo).collect())
}

impl Fulfillment {
    fn of(it: &orders::Fulfillment, lines: &[(LineItemId, Arc<OrderLineItem>)]) -> Self {
        let shown = |(id, quantity): &(LineItemId, i64)| {
            let (_, line) = lines.iter().find(|(known, _)| known == id)?;
            Some((*id, Arc::new(FulfillmentLineItem { line: line.clone(), quantity: *quantity })))
        };
        Fulfillment { lines: it.lines.iter().filter_map(shown).collect(), it: it.clone() }
    }
}

impl TrackingInfo {
    fn number(&self) -> Option<&str> {
        self.0.number.as_deref()
    }

    fn url(&self) -> Option<&str> {
        self.0.url.as_deref()
    }
}
