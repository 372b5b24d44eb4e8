//! Where a product or a collection is on sale: the same fields for both.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Utc};
use mcom_catalog::publications::{self, ONLINE_STORE, Publishable};
use mcom_kit::{Args, Cx, Error, Record, Registry, Shaped, connection::Paging};
use mcom_schema::id::PublicationId;
use serde::Deserialize;

use super::{Publication, PublicationConnection, page_of};
use crate::{collections::Collection, count::Count, id, products::Product};

/// That something is published somewhere.
pub struct ResourcePublication {
    publication: Arc<Publication>,
    since: DateTime<Utc>,
    thing: Arc<dyn Record>,
}

mcom_kit::record!(ResourcePublication as "ResourcePublicationV2" {
    "isPublished" => ResourcePublication::is_published,
    "publication" = publication,
    "publishDate" = since,
    "publishable" = thing,
});

mcom_kit::connection!(
    ResourcePublicationConnection, ResourcePublicationEdge of ResourcePublication
        as "ResourcePublicationV2Connection" "ResourcePublicationV2Edge"
);

impl ResourcePublication {
    /// Nothing is published ahead of time.
    fn is_published(&self) -> bool {
        true
    }
}

/// A record that can be published.
pub(crate) trait Published: Shaped {
    /// What it is to the catalog.
    fn thing(&self) -> Publishable;
    /// The same record once more.
    fn again(&self, cx: &Cx) -> Arc<dyn Record>;
}

impl Published for Product {
    fn thing(&self) -> Publishable {
        Publishable::Product(self.it.row.id())
    }

    fn again(&self, cx: &Cx) -> Arc<dyn Record> {
        Product::of(cx, self.it.clone())
    }
}

impl Published for Collection {
    fn thing(&self) -> Publishable {
        Publishable::Collection(self.it.row.id())
    }

    fn again(&self, _: &Cx) -> Arc<dyn Record> {
        Collection::of(self.it.clone())
    }
}

pub(super) fn register(registry: &mut Registry) {
    fields::<Product>(registry);
    fields::<Collection>(registry);
}

fn fields<T: Published>(registry: &mut Registry) {
    registry
        .on::<T>()
        .load("availablePublicationsCount", count::<T>)
        .load("publicationCount", plain_count::<T>)
        .load("publishedOnCurrentPublication", on_current::<T>)
        .load("publishedOnPublication", on_publication::<T>)
        .load("resourcePublicationsCount", count::<T>)
        .load("resourcePublicationsV2", published::<T>)
        .load("unpublishedPublications", unpublished::<T>);
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OnPublication {
    publication_id: String,
}

async fn count<T: Published>(cx: &Cx, it: &T, _: Args) -> Result<Count, Error> {
    Ok(Count::exact(number(cx, it).await?))
}

async fn plain_count<T: Published>(cx: &Cx, it: &T, _: Args) -> Result<i64, Error> {
    number(cx, it).await
}

async fn number<T: Published>(cx: &Cx, it: &T) -> Result<i64, Error> {
    Ok(publications::of(cx, it.thing()).await?.len() as i64)
}

async fn on_publication<T: Published>(cx: &Cx, it: &T, args: OnPublication) -> Result<bool, Error> {
    let wanted = id::read(PublicationId::parse, &args.publication_id)?;
    Ok(publications::of(cx, it.thing()).await?.iter().any(|(id, _)| *id == wanted))
}

async fn on_current<T: Published>(cx: &Cx, it: &T, _: Args) -> Result<bool, Error> {
    let all = publications::list(cx).await?;
    let online = all.iter().find(|it| it.handle == ONLINE_STORE).map(|it| it.id);
    Ok(publications::of(cx, it.thing()).await?.iter().any(|(id, _)| Some(*id) == online))
}

async fn published<T: Published>(
    cx: &Cx,
    it: &T,
    args: Paging,
) -> Result<ResourcePublicationConnection, Error> {
    let since: HashMap<PublicationId, DateTime<Utc>> =
        publications::of(cx, it.thing()).await?.iter().copied().collect();
    let all = publications::list(cx).await?;
    let shown = all.iter().filter_map(|publication| {
        let (id, since) = (publication.id.0, *since.get(&publication.id)?);
        let thing = it.again(cx);
        Some((
            0,
            id,
            Arc::new(ResourcePublication { publication: Publication::of(publication.clone()), since, thing }),
        ))
    });
    Ok(ResourcePublicationConnection::of(mcom_kit::slice::page_of(shown.collect(), "ID", &args.page()?)?))
}

async fn unpublished<T: Published>(cx: &Cx, it: &T, args: Paging) -> Result<PublicationConnection, Error> {
    let known = publications::of(cx, it.thing()).await?;
    let mut all = publications::list(cx).await?.to_vec();
    all.retain(|publication| !known.iter().any(|(id, _)| *id == publication.id));
    page_of(&all, &args)
}
