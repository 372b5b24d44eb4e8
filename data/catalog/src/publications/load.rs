//! What hangs off lists of products and collections, in batches: where each is on sale.

use std::{collections::HashMap, sync::Arc};

use mcom_data::{Cx, Result, load::Batch};
use mcom_schema::Scope;

use super::{Place, Publication, Publishable, query};

/// All publications, in the order in which they were made.
pub struct All;

impl Batch for All {
    type Key = ();
    type Value = Arc<[Publication]>;

    async fn load(cx: &Cx, _: Vec<()>) -> Result<HashMap<(), Arc<[Publication]>>> {
        cx.require(Scope::ReadPublications)?;
        let all = cx.read(async |db| query::list(db).await).await?;
        Ok(HashMap::from([((), all.into())]))
    }
}

/// On which publications things are, in the order in which the publications were made.
pub struct PlacesOf;

impl Batch for PlacesOf {
    type Key = Publishable;
    type Value = Arc<[Place]>;

    async fn load(cx: &Cx, things: Vec<Publishable>) -> Result<HashMap<Publishable, Arc<[Place]>>> {
        cx.require(Scope::ReadPublications)?;
        let mut places: HashMap<Publishable, Vec<Place>> = HashMap::new();
        for (thing, place) in cx.read(async |db| query::places(db, &things).await).await? {
            places.entry(thing).or_default().push(place);
        }
        Ok(places.into_iter().map(|(thing, places)| (thing, places.into())).collect())
    }
}
