//! Publications: where products and collections are on sale.

mod change;
mod published;

use std::sync::Arc;

use mcom_catalog::publications;
use mcom_kit::{Cx, Error, Registry, connection::Paging};
use mcom_schema::id::PublicationId;

use crate::id::{self, IdArgs};

/// A place where products and collections are on sale.
pub struct Publication {
    it: publications::Publication,
}

mcom_kit::record!(Publication as "Publication" { "id" => Publication::gid, "name" = it.name });

mcom_kit::connection!(
    PublicationConnection, PublicationEdge of Publication as "PublicationConnection" "PublicationEdge"
);

pub(crate) fn register(registry: &mut Registry) {
    registry.query("publication", one).query("publications", list);
    published::register(registry);
    change::register(registry);
}

impl Publication {
    fn of(it: publications::Publication) -> Arc<Self> {
        Arc::new(Publication { it })
    }

    fn gid(&self) -> String {
        self.it.id.gid()
    }
}

async fn one(cx: &Cx, args: IdArgs) -> Result<Option<Arc<Publication>>, Error> {
    find(cx, id::read(PublicationId::parse, &args.id)?).await
}

async fn list(cx: &Cx, args: Paging) -> Result<PublicationConnection, Error> {
    page_of(&publications::list(cx).await?, &args)
}

fn page_of(all: &[publications::Publication], paging: &Paging) -> Result<PublicationConnection, Error> {
    let keyed = all.iter().map(|it| (0, it.id.0, Publication::of(it.clone()))).collect();
    Ok(PublicationConnection::of(mcom_kit::slice::page_of(keyed, "ID", &paging.page()?)?))
}

/// The publication with this id.
///
/// # Errors
/// `Forbidden` without `read_publications`.
pub(crate) async fn find(cx: &Cx, id: PublicationId) -> Result<Option<Arc<Publication>>, Error> {
    let all = publications::list(cx).await?;
    Ok(all.iter().find(|it| it.id == id).cloned().map(Publication::of))
}
