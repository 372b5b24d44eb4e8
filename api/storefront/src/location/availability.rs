//! Where a variant can be picked up, and when.

use std::sync::Arc;

use mcom_catalog::{
    inventory::{PickupStock, PickupStockOf},
    variants::InventoryPolicy,
};
use mcom_kit::{
    Cx, Error, Registry,
    connection::Paging,
    slice::{self, Place},
};
use mcom_schema::id::{LocationId, VariantId};
use mcom_store::locations;
use serde::Deserialize;

use super::{Location, Near};
use crate::product::{self, Variant};

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
    let shelves = if all.is_empty() { vec![] } else { shelves(cx, variant).await? };
    let preferred = cx.locale().preferred_location;
    let mut places = vec![];
    for (index, location) in all.iter().enumerate() {
        let rank = match args.near {
            _ if Some(location.id) == preferred => -1,
            Some(near) => near.metres_to(location),
            None => slice::ordinal(index),
        };
        if !shelves.is_empty() && shelves.iter().all(|shelf| shelf.is_at(location.id)) {
            places.push(Place { key: rank, id: location.id.0, index });
        }
    }
    let shown = |index: usize| StoreAvailability::of(&all[index], &shelves);
    Ok(StoreAvailabilityConnection::of(slice::page(&page, "NEAR", places)?.map(shown)))
}

/// Where buyers pick up something of which so many pieces make one of a variant.
struct Shelf {
    tracked: bool,
    policy: InventoryPolicy,
    pieces: i64,
    stock: Arc<[PickupStock]>,
}

impl Shelf {
    async fn of(cx: &Cx, variant: &Variant, pieces: i64) -> Result<Self, Error> {
        let it = variant.it();
        let stock = cx.load::<PickupStockOf>(it.id).await?.unwrap_or_else(|| Arc::from([]));
        Ok(Shelf { tracked: it.tracked, policy: it.policy, pieces, stock })
    }

    fn is_at(&self, location: LocationId) -> bool {
        !self.tracked || self.stock.iter().any(|it| it.location == location)
    }

    /// For how many there are pieces.
    fn at(&self, location: LocationId) -> PickupStock {
        let there = self.stock.iter().find(|it| it.location == location).map_or(0, |it| it.available);
        PickupStock { location, available: there.div_euclid(self.pieces) }
    }
}

/// What a variant is taken from: its own shelf, or those of what it consists of; none if it lacks something.
async fn shelves(cx: &Cx, variant: &Variant) -> Result<Vec<Shelf>, Error> {
    let Some(consists) = variant.consists() else { return Ok(vec![Shelf::of(cx, variant, 1).await?]) };
    let ids: Vec<VariantId> = consists.of.iter().map(|it| it.variant_id).collect();
    let found = if consists.is_whole { product::variants_by_ids(cx, &ids).await? } else { vec![] };
    let mut shelves = Vec::with_capacity(found.len());
    for (component, found) in consists.of.iter().zip(found) {
        let Some(found) = found else { return Ok(vec![]) };
        shelves.push(Shelf::of(cx, &found, component.quantity).await?);
    }
    Ok(shelves)
}

impl StoreAvailability {
    fn of(location: &Arc<locations::Location>, shelves: &[Shelf]) -> Arc<Self> {
        let is_for_sale = |shelf: &Shelf| shelf.at(location.id).is_for_sale(shelf.tracked, shelf.policy);
        let counted = shelves.iter().filter(|shelf| shelf.tracked);
        let quantity = counted.map(|shelf| shelf.at(location.id).available.max(0)).min();
        Arc::new(StoreAvailability {
            available: shelves.iter().all(is_for_sale),
            location: Location::of(location.clone()),
            pick_up_time: location.pickup_time.clone().unwrap_or_default(),
            quantity: quantity.unwrap_or_default(),
        })
    }
}
