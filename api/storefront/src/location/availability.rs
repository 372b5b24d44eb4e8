//! Where a variant can be picked up, and when.

use std::sync::Arc;

use mcom_catalog::inventory::{PickupStock, PickupStockOf};
use mcom_kit::{
    Cx, Error, Registry,
    connection::Paging,
    slice::{self, Place},
};
use mcom_store::locations;
use serde::Deserialize;

use super::{Location, Near};
use crate::product::Variant;

/// What there is of a variant at a location.
pub struct StoreAvailability {
    available: bool,
    location: Arc<Location>,
    pick_up_time: String,
    quantity: i64,
}

mcom_kit::record!(StoreAvailability as "StoreAvailability" {
    "available" = available,
    "location" = location,
    "pickUpTime" = pick_up_time,
    "quantityAvailable" = quantity,
});

mcom_kit::connection!(
    StoreAvailabilityConnection, StoreAvailabilityEdge of StoreAvailability
        as "StoreAvailabilityConnection" "StoreAvailabilityEdge"
);

#[derive(Deserialize)]
struct ListArgs {
    #[serde(flatten)]
    paging: Paging,
    near: Option<Near>,
}

pub(super) fn register(registry: &mut Registry) {
    registry.on::<Variant>().load("storeAvailability", of_variant);
}

/// The location that the buyer prefers comes first, then the nearest ones, or else as the merchant put them.
async fn of_variant(
    cx: &Cx,
    variant: &Variant,
    args: ListArgs,
) -> Result<StoreAvailabilityConnection, Error> {
    let page = args.paging.page()?;
    let all = locations::pickup(cx).await?;
    let stock: Arc<[PickupStock]> = if all.is_empty() {
        Arc::from([])
    } else {
        cx.load::<PickupStockOf>(variant.it().id).await?.unwrap_or_else(|| Arc::from([]))
    };
    let preferred = cx.locale().preferred_location;
    let mut places = vec![];
    for (index, location) in all.iter().enumerate() {
        let is_there = stock.iter().any(|it| it.location == location.id);
        let rank = match args.near {
            _ if Some(location.id) == preferred => -1,
            Some(near) => near.metres_to(location),
            None => slice::ordinal(index),
        };
        if is_there || !variant.it().tracked {
            places.push(Place { key: rank, id: location.id.0, index });
        }
    }
    let shown = |index: usize| StoreAvailability::of(variant, &all[index], &stock);
    Ok(StoreAvailabilityConnection::of(slice::page(&page, "NEAR", places)?.map(shown)))
}

impl StoreAvailability {
    fn of(variant: &Variant, location: &Arc<locations::Location>, stock: &[PickupStock]) -> Arc<Self> {
        let (tracked, policy) = (variant.it().tracked, variant.it().policy);
        let there = stock.iter().find(|it| it.location == location.id).map_or(0, |it| it.available);
        Arc::new(StoreAvailability {
            available: PickupStock { location: location.id, available: there }.is_for_sale(tracked, policy),
            location: Location::of(location.clone()),
            pick_up_time: location.pickup_time.clone().unwrap_or_default(),
            quantity: there.max(0),
        })
    }
}
