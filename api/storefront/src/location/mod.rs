//! Where buyers pick up what they bought.

mod availability;

use std::sync::Arc;

use mcom_kit::{
    Cx, Error, Refusal, Registry,
    connection::{Page, PageArgs, Paging},
    slice::{self, Place},
};
use mcom_schema::{id::LocationId, refuse};
use mcom_store::{
    locations::{self, LocationAddress, Point},
    metafields::{Owner, OwnerKind},
};
use serde::Deserialize;

use crate::metafield::HasMetafields;

/// A location.
pub struct Location {
    it: Arc<locations::Location>,
    id: String,
}

mcom_kit::record!(Location as "Location" {
    "address" => Location::address,
    "id" = id,
    "name" = it.name,
});

mcom_kit::connection!(LocationConnection, LocationEdge of Location as "LocationConnection" "LocationEdge");

/// Where it is.
pub struct Address {
    it: Arc<locations::Location>,
}

mcom_kit::record!(Address as "LocationAddress" {
    "address1" = it.address.address1,
    "address2" = it.address.address2,
    "city" = it.address.city,
    "country" => Address::country,
    "countryCode" = it.address.country_code,
    "formatted" => Address::formatted,
    "latitude" => Address::latitude,
    "longitude" => Address::longitude,
    "phone" = it.address.phone,
    "province" => Address::province,
    "provinceCode" = it.address.province_code,
    "zip" = it.address.zip,
});

/// Where the buyer is, or wants to pick something up.
#[derive(Clone, Copy, Deserialize)]
pub(crate) struct Near {
    latitude: f64,
    longitude: f64,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum Sort {
    City,
    Distance,
    #[default]
    Id,
    Name,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ListArgs {
    #[serde(flatten)]
    paging: Paging,
    near: Option<Near>,
    sort_key: Option<Sort>,
}

pub(crate) fn register(registry: &mut Registry) {
    registry.query("locations", list);
    availability::register(registry);
}

async fn list(cx: &Cx, args: ListArgs) -> Result<LocationConnection, Error> {
    let all = locations::pickup(cx).await?;
    let page = sorted(&all, (args.sort_key.unwrap_or_default(), args.near), &args.paging.page()?)?;
    Ok(LocationConnection::of(page.map(|index| Location::of(all[index].clone()))))
}

fn sorted(
    all: &[Arc<locations::Location>],
    (sort, near): (Sort, Option<Near>),
    page: &PageArgs,
) -> Result<Page<usize>, Refusal> {
    match sort {
        Sort::Id => slice::page(page, "ID", places(all, |it| it.id.0)),
        Sort::Name => slice::page(page, "NAME", places(all, |it| it.name.to_lowercase())),
        Sort::City => {
            let city =
                |it: &locations::Location| it.address.city.as_deref().unwrap_or_default().to_lowercase();
            slice::page(page, "CITY", places(all, city))
        }
        Sort::Distance => {
            let unknown = || refuse("near", "INVALID", "to sort by distance, say from where: near");
            let near = near.ok_or_else(unknown)?;
            slice::page(page, "DISTANCE", places(all, |it| near.metres_to(it)))
        }
    }
}

fn places<K>(all: &[Arc<locations::Location>], key: impl Fn(&locations::Location) -> K) -> Vec<Place<K>> {
    all.iter().enumerate().map(|(index, it)| Place { key: key(it), id: it.id.0, index }).collect()
}

/// The locations with these ids, in their order: those where buyers pick up.
pub(crate) async fn by_ids(cx: &Cx, ids: &[LocationId]) -> Result<Vec<Option<Arc<Location>>>, Error> {
    let all = locations::pickup(cx).await?;
    let find = |id: &LocationId| all.iter().find(|it| it.id == *id).cloned().map(Location::of);
    Ok(ids.iter().map(find).collect())
}

impl Near {
    /// How far away a location is, in whole metres; one of which nobody said where it is comes last.
    fn metres_to(self, location: &locations::Location) -> i64 {
        let here = Point { latitude: self.latitude, longitude: self.longitude };
        #[expect(clippy::cast_possible_truncation, reason = "no way on earth is longer than i64 metres")]
        location.point.map_or(i64::MAX, |point| here.metres_to(point).round() as i64)
    }
}

impl Location {
    /// Shows a location.
    fn of(it: Arc<locations::Location>) -> Arc<Self> {
        Arc::new(Location { id: it.id.gid(), it })
    }

    fn address(&self) -> Address {
        Address { it: self.it.clone() }
    }
}

impl HasMetafields for Location {
    fn owner(&self, _: &Cx) -> Owner {
        Owner { kind: OwnerKind::Location, id: self.it.id.0 }
    }
}

impl Address {
    fn it(&self) -> &LocationAddress {
        &self.it.address
    }

    fn country(&self) -> Option<&'static str> {
        self.it().country()
    }

    fn province(&self) -> Option<&str> {
        self.it().province()
    }

    fn formatted(&self) -> Vec<String> {
        self.it().formatted()
    }

    fn latitude(&self) -> Option<f64> {
        self.it.point.map(|point| point.latitude)
    }

    fn longitude(&self) -> Option<f64> {
        self.it.point.map(|point| point.longitude)
    }
}
