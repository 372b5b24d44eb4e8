//! Places where goods are.

use mcom_catalog::{
    inventory::{self, InventoryItem, InventoryQuantityInput, InventorySetQuantitiesInput},
    variants,
};
use mcom_data::Result;
use mcom_schema::id::{InventoryItemId, LARGEST, LocationId, VariantId};
use mcom_store::locations::{self, Location, LocationAddress, LocationInput, Point};

use crate::{
    file::places,
    run::{Action, Run},
    target,
};

pub(crate) async fn apply(run: &mut Run<'_>) -> Result<()> {
    let Some(section) = &run.file.locations else { return Ok(()) };
    run.named_once("locations", section.iter().map(|it| it.name.as_str()));
    let there = locations::all(run.cx).await?;
    for (index, told) in section.iter().enumerate() {
        let path = format!("locations.{index}");
        let before = there.iter().find(|it| it.name == told.name);
        if let Some(location) = put(run, &path, told, before).await? {
            stock(run, &path, told, location).await?;
        }
    }
    for location in there.iter().filter(|it| !section.iter().any(|told| told.name == it.name)) {
        if run.passes("location", &location.name) {
            locations::retire(run.cx, location.id).await?;
        }
    }
    Ok(())
}

/// Answers with the location, or with one that there is not if it is only planned.
async fn put(
    run: &mut Run<'_>,
    path: &str,
    told: &places::Location,
    before: Option<&Location>,
) -> Result<Option<LocationId>> {
    if told.latitude.is_some() != told.longitude.is_some() {
        run.fault(path, "latitude and longitude are given together");
    }
    let input = meant(told);
    let Some(checked) = run.heed(path, input.check())? else { return Ok(None) };
    let does = match before {
        Some(before) if is_so(before, &checked) => {
            run.keeps();
            return Ok(Some(before.id));
        }
        Some(_) => run.does(Action::Update, "location", &told.name),
        None => run.does(Action::Create, "location", &told.name),
    };
    if !does {
        return Ok(Some(before.map_or(LocationId(LARGEST), |it| it.id)));
    }
    let done = locations::put(run.cx, &checked).await;
    run.heed(path, done)
}

fn meant(told: &places::Location) -> LocationInput {
    let address = told.address.clone();
    let point = told.latitude.zip(told.longitude);
    LocationInput {
        name: told.name.clone(),
        address: LocationAddress {
            address1: address.address1,
            address2: address.address2,
            city: address.city,
            province_code: address.province_code,
            zip: address.zip,
            country_code: address.country_code,
            phone: address.phone,
        },
        point: point.map(|(latitude, longitude)| Point { latitude, longitude }),
        fulfills_online_orders: told.fulfills_online_orders,
        pickup: told.pickup.is_some(),
        pickup_time: told.pickup.as_ref().and_then(|pickup| pickup.time.clone()),
    }
}

fn is_so(there: &Location, wanted: &LocationInput) -> bool {
    let is = (&there.address, there.point, there.fulfills_online_orders, there.pickup, &there.pickup_time);
    let shall =
        (&wanted.address, wanted.point, wanted.fulfills_online_orders, wanted.pickup, &wanted.pickup_time);
    is == shall
}

/// Puts pieces where none ever were.
async fn stock(run: &mut Run<'_>, path: &str, told: &places::Location, location: LocationId) -> Result<()> {
    let mut quantities = vec![];
    for (name, quantity) in &told.opening_stock {
        let found = target::find(run, &format!("variant:{name}")).await?;
        let Some(variant) = found.and_then(|found| VariantId::parse(&found.gid)) else {
            run.fault(&format!("{path}.openingStock"), format!("there is no variant «{name}»"));
            continue;
        };
        if let Some(item) = newcomer(run, variant, location).await? {
            quantities.push(InventoryQuantityInput {
                change_from_quantity: None,
                inventory_item_id: item,
                location_id: location,
                quantity: *quantity,
            });
        }
    }
    if quantities.is_empty() || !run.does(Action::Create, "stock", &told.name) {
        return Ok(());
    }
    let input = InventorySetQuantitiesInput {
        name: "available".to_owned(),
        quantities,
        reason: "received".to_owned(),
        reference_document_uri: None,
    };
    let done = inventory::set_quantities(run.cx, &input).await;
    run.heed(&format!("{path}.openingStock"), done)?;
    Ok(())
}

/// What a variant is in the warehouse, if it never was at this location.
async fn newcomer(
    run: &Run<'_>,
    variant: VariantId,
    location: LocationId,
) -> Result<Option<InventoryItemId>> {
    let Some(variant) = variants::by_ids(run.cx, &[variant]).await?.pop().flatten() else { return Ok(None) };
    let item = inventory::items(run.cx, &[variant.inventory_item_id]).await?.pop().flatten();
    let was_there = |item: &InventoryItem| item.levels.iter().any(|level| level.location_id == location);
    Ok(item.filter(|item| !was_there(item)).map(|item| item.id))
}
