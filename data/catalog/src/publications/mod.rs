//! Publications: channels on which products and collections are sold. The online store is one of them.

mod load;
mod query;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use mcom_data::{Cx, Error, Result, TenantConn};
use mcom_schema::{
    Refusal, Scope,
    id::{CollectionId, ProductId, PublicationId},
    refuse,
};
use serde::Deserialize;

use crate::{collections, products};

pub use load::{All, PlacesOf};

/// The handle of the publication that the storefront shows.
pub const ONLINE_STORE: &str = "online-store";

/// A channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// The publication.
    pub id: PublicationId,
    /// Its handle.
    pub handle: String,
    /// Its name.
    pub name: String,
}

/// What can be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Publishable {
    /// A product.
    Product(ProductId),
    /// A collection.
    Collection(CollectionId),
}

impl Publishable {
    /// Reads a global id of either kind.
    pub fn parse(gid: &str) -> Option<Self> {
        let product = ProductId::parse(gid).map(Publishable::Product);
        product.or_else(|| CollectionId::parse(gid).map(Publishable::Collection))
    }
}

/// A publication that something is on, and since when.
pub type Place = (PublicationId, DateTime<Utc>);

/// Where, and from when on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PublicationInput {
    /// The channel.
    #[serde(deserialize_with = "crate::gid::maybe")]
    pub publication_id: Option<PublicationId>,
    /// Since when; now if it is left out. The future is refused.
    pub publish_date: Option<DateTime<Utc>>,
}

/// All publications, in the order in which they were made.
///
/// # Errors
/// `Forbidden` without `read_publications`.
pub async fn list(cx: &Cx) -> Result<Arc<[Publication]>> {
    Ok(cx.load::<All>(()).await?.unwrap_or_else(|| Arc::new([])))
}

/// On which publications a thing is, and since when.
///
/// # Errors
/// `Forbidden` without `read_publications`.
pub async fn of(cx: &Cx, thing: Publishable) -> Result<Arc<[Place]>> {
    Ok(cx.load::<PlacesOf>(thing).await?.unwrap_or_else(|| Arc::new([])))
}

/// Puts a thing on publications. Where it is already, the date changes if one is given.
///
/// # Errors
/// `NotFound`, `Forbidden` without `write_publications`; refuses unknown publications and dates to come.
pub async fn publish(cx: &Cx, thing: Publishable, inputs: &[PublicationInput]) -> Result<()> {
    cx.require(Scope::WritePublications)?;
    let now = cx.now();
    cx.write("publishable_publish", async |db| {
        lock(db, thing).await?;
        for id in known(db, inputs).await? {
            let date = inputs.iter().find(|input| input.publication_id.map(|id| id.0) == Some(id));
            let date = date.and_then(|input| input.publish_date);
            if date.is_some_and(|date| date > now) {
                let message = "Publishing at a later time is not supported";
                return Err(refuse("input.publishDate", "INVALID", message).into());
            }
            query::publish(db, thing, id, date, now).await?;
        }
        settle(cx, db, thing).await
    })
    .await
}

/// Takes a thing off publications.
///
/// # Errors
/// `NotFound`, `Forbidden` without `write_publications`; refuses unknown publications.
pub async fn unpublish(cx: &Cx, thing: Publishable, inputs: &[PublicationInput]) -> Result<()> {
    cx.require(Scope::WritePublications)?;
    cx.write("publishable_unpublish", async |db| {
        lock(db, thing).await?;
        let ids = known(db, inputs).await?;
        query::unpublish(db, thing, &ids).await?;
        settle(cx, db, thing).await
    })
    .await
}

/// The number of the publication that the storefront shows.
pub(crate) async fn online_store(db: &mut TenantConn) -> Result<i64> {
    let known = query::list(db).await?;
    let online = known.iter().find(|publication| publication.handle == ONLINE_STORE);
    online.map(|publication| publication.id.0).ok_or(Error::NotFound("publication"))
}

async fn lock(db: &mut TenantConn, thing: Publishable) -> Result<()> {
    match thing {
        Publishable::Product(id) => products::query::lock(db, id.0).await.map(drop),
        Publishable::Collection(id) => collections::lock(db, id.0).await.map(drop),
    }
}

async fn settle(cx: &Cx, db: &mut TenantConn, thing: Publishable) -> Result<()> {
    match thing {
        Publishable::Product(id) => products::settle(cx, db, id.0, products::Settled::Updated).await,
        Publishable::Collection(id) => collections::settle(cx, db, id.0, "collections/update").await,
    }
}

/// The publications that `inputs` name.
async fn known(db: &mut TenantConn, inputs: &[PublicationInput]) -> Result<Vec<i64>> {
    let known = query::list(db).await?;
    let one = |(index, input): (usize, &PublicationInput)| {
        let found = known.iter().find(|publication| Some(publication.id) == input.publication_id);
        let path = format!("input.{index}.publicationId");
        found
            .map(|publication| publication.id.0)
            .ok_or_else(|| refuse(&path, "INVALID", "Publication does not exist or is not publishable"))
    };
    inputs.iter().enumerate().map(one).collect::<Result<_, Refusal>>().map_err(Error::from)
}
