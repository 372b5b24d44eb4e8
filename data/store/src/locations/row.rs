//! A location as it is kept.

use diesel::{pg::Pg, prelude::*};
use mcom_schema::{country, id::LocationId};
use mcom_tables::locations;
use serde::{Deserialize, Serialize};

use super::rule::Point;

#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = locations, check_for_backend(Pg))]
pub(super) struct LocationRow {
    id: i64,
    name: String,
    address: serde_json::Value,
    fulfills_online_orders: bool,
    latitude: Option<f64>,
    longitude: Option<f64>,
    pickup_enabled: bool,
    pickup_time: Option<String>,
}

/// A place that holds stock.
#[derive(Debug, Clone, PartialEq)]
pub struct Location {
    /// The location.
    pub id: LocationId,
    /// Its name, by which it is known.
    pub name: String,
    /// Where it is, in words.
    pub address: LocationAddress,
    /// Where it is on the map.
    pub point: Option<Point>,
    /// Whether its stock may be sold online.
    pub fulfills_online_orders: bool,
    /// Whether buyers pick up there.
    pub pickup: bool,
    /// When goods are ready, in the merchant's words.
    pub pickup_time: Option<String>,
}

/// Where a location is, as far as the merchant said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct LocationAddress {
    /// Street and number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address1: Option<String>,
    /// Building, floor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address2: Option<String>,
    /// City or town.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// ISO 3166-2 code of the province without its country.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub province_code: Option<String>,
    /// Postal code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zip: Option<String>,
    /// ISO 3166-1 alpha-2 code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country_code: Option<String>,
    /// Telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

impl LocationRow {
    pub(super) fn read(self) -> Location {
        let point = self.latitude.zip(self.longitude);
        Location {
            id: LocationId(self.id),
            name: self.name,
            // What is not an address is an empty one.
            address: serde_json::from_value(self.address).unwrap_or_default(),
            point: point.map(|(latitude, longitude)| Point { latitude, longitude }),
            fulfills_online_orders: self.fulfills_online_orders,
            pickup: self.pickup_enabled,
            pickup_time: self.pickup_time,
        }
    }
}

impl LocationAddress {
    /// English name of the country.
    pub fn country(&self) -> Option<&'static str> {
        country::name(self.country_code.as_deref()?)
    }

    /// Name of the province, or what was written for it.
    pub fn province(&self) -> Option<&str> {
        let code = self.province_code.as_deref()?;
        country::province_name(self.country_code.as_deref().unwrap_or_default(), code).or(Some(code))
    }

    /// Its lines, without those that would be empty.
    pub fn formatted(&self) -> Vec<String> {
        let town: Vec<&str> = [&self.city, &self.province_code, &self.zip]
            .into_iter()
            .filter_map(|part| part.as_deref())
            .collect();
        let country = self.country().map(str::to_owned).or_else(|| self.country_code.clone());
        let lines = [self.address1.clone(), self.address2.clone(), Some(town.join(" ")), country];
        lines.into_iter().flatten().filter(|line| !line.is_empty()).collect()
    }
}
