//! Places that hold stock.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Utc};
use mcom_data::{
    Cx, Result,
    load::Batch,
    page::{Page, PageArgs},
};
use mcom_schema::{Scope, id::LocationId};

use super::query;

/// A place that holds stock.
#[derive(Debug, Clone, PartialEq)]
pub struct Location {
    /// The location.
    pub id: LocationId,
    /// Its name.
    pub name: String,
    /// Its address, as it was sent.
    pub address: serde_json::Value,
    /// Whether it is in use.
    pub active: bool,
    /// Whether its stock may be sold online.
    pub fulfills_online_orders: bool,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// Which locations; by name.
#[derive(Debug, Clone)]
pub struct LocationList {
    /// Also those that are no longer in use.
    pub include_inactive: bool,
    /// In the order in which they were made instead of by name.
    pub by_id: bool,
    /// Which page.
    pub page: PageArgs,
}

/// Locations by id, for whatever hangs off a list: `cx.load::<inventory::LocationById>(id)`.
pub struct LocationById;

impl Batch for LocationById {
    type Key = LocationId;
    type Value = Arc<Location>;

    async fn load(cx: &Cx, keys: Vec<LocationId>) -> Result<HashMap<LocationId, Arc<Location>>> {
        cx.require(Scope::ReadLocations)?;
        let ids: Vec<i64> = keys.iter().map(|id| id.0).collect();
        let found = cx.read(async |db| query::locations_by_ids(db, &ids).await).await?;
        Ok(found.into_iter().map(|location| (location.id, Arc::new(location))).collect())
    }
}

/// The locations there are among `ids`, in the order of `ids`.
///
/// # Errors
/// `Forbidden` without `read_locations`; `Busy` or `Broken` if the database cannot be read.
pub async fn locations(cx: &Cx, ids: &[LocationId]) -> Result<Vec<Option<Arc<Location>>>> {
    let mut found = LocationById::load(cx, ids.to_vec()).await?;
    Ok(ids.iter().map(|id| found.remove(id)).collect())
}

/// One page of the locations.
///
/// # Errors
/// `Forbidden` without `read_locations`; refuses cursors of other lists.
pub async fn locations_page(cx: &Cx, list: &LocationList) -> Result<Page<Arc<Location>>> {
    cx.require(Scope::ReadLocations)?;
    let ids = cx.read(async |db| query::locations_page(db, list).await).await?;
    let keys: Vec<LocationId> = ids.items.iter().map(|(_, id)| LocationId(*id)).collect();
    let mut found = locations(cx, &keys).await?.into_iter();
    let items = ids.items.into_iter().filter_map(|(cursor, _)| Some((cursor, found.next()??)));
    Ok(Page { items: items.collect(), has_next: ids.has_next, has_previous: ids.has_previous })
}
