//! What a store file says of the places where goods are.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

/// A place that holds stock.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Location {
    /// Its name, by which it is known. A new store has one that is called `Main`.
    pub name: String,
    /// Where it is.
    #[serde(default)]
    pub address: LocationAddress,
    /// In degrees north, with `longitude`.
    pub latitude: Option<f64>,
    /// In degrees east, with `latitude`.
    pub longitude: Option<f64>,
    /// Whether what is there is sold online.
    #[serde(default = "super::yes")]
    pub fulfills_online_orders: bool,
    /// How buyers pick up there; without it they do not.
    pub pickup: Option<Pickup>,
    /// How many pieces are there to begin with, as in `linen-shirt/LS-0001: 5`. What has been there before is left alone.
    #[serde(default)]
    pub opening_stock: BTreeMap<String, i64>,
}

/// How buyers pick up at a location.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Pickup {
    /// When goods are ready, for buyers to read.
    pub time: Option<String>,
}

/// Where a location is.
#[derive(Debug, Default, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct LocationAddress {
    /// Street and number.
    pub address1: Option<String>,
    /// Building, floor.
    pub address2: Option<String>,
    /// City or town.
    pub city: Option<String>,
    /// The second half of the province's ISO 3166-2 code.
    pub province_code: Option<String>,
    /// Postal code.
    pub zip: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country_code: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
}
