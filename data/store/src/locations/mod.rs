//! Locations: where a store's goods are, where that is on the map, and whether buyers pick them up there.

mod query;
mod row;
mod rule;

use std::sync::Arc;

use mcom_data::{Change, Cx, Error, Result};
use mcom_schema::{Scope, id::LocationId};
use serde_json::json;

use crate::content;

pub use row::{Location, LocationAddress};
pub use rule::{LocationInput, Point};

/// The locations at which buyers pick up, in the merchant's order, for everybody to read. One statement, none if they are remembered. Not
/// inside `cx.write`: a cold cache would take a second connection.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn pickup(cx: &Cx) -> Result<Arc<Vec<Arc<Location>>>> {
    let read = async {
        let rows = cx.read(async |db| query::pickup(db).await).await?;
        Ok(rows.into_iter().map(Arc::new).collect())
    };
    content::remembered(cx, "locations for pickup".to_owned(), Box::pin(read)).await
}

/// Every location in use, in the merchant's order.
///
/// # Errors
/// `Forbidden` without `read_locations`.
pub async fn all(cx: &Cx) -> Result<Vec<Location>> {
    cx.require(Scope::ReadLocations)?;
    cx.read(async |db| query::all(db).await).await
}

/// Makes the location of this name what `input` says; one that is not in use any more is used again.
///
/// # Errors
/// `Forbidden` without `write_locations`; refuses what [`LocationInput::check`] refuses.
pub async fn put(cx: &Cx, input: &LocationInput) -> Result<LocationId> {
    cx.require(Scope::WriteLocations)?;
    let input = input.check()?;
    cx.write("location_put", async |db| {
        let id = query::put(db, &input, cx.now()).await?;
        let payload = json!({ "id": LocationId(id).gid(), "name": input.name });
        content::told(cx, db, "locations/update", ("location", id), &payload).await?;
        // What can be bought online depends on where it is.
        db.changed(Change::Everything);
        Ok(LocationId(id))
    })
    .await
}

/// Uses a location no longer: what is there is not sold.
///
/// # Errors
/// `NotFound` if it is not in use; `Forbidden` without `write_locations`.
pub async fn retire(cx: &Cx, id: LocationId) -> Result<()> {
    cx.require(Scope::WriteLocations)?;
    cx.write("location_retire", async |db| {
        if !query::retire(db, id.0, cx.now()).await? {
            return Err(Error::NotFound("location"));
        }
        let payload = json!({ "id": id.gid() });
        content::told(cx, db, "locations/deactivate", ("location", id.0), &payload).await?;
        db.changed(Change::Everything);
        Ok(())
    })
    .await
}
