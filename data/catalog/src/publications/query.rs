//! SQL on publications.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use mcom_data::{Result, TenantConn};
use mcom_schema::id::{CollectionId, ProductId, PublicationId};
use mcom_tables::{collection_publications as cp, product_publications as pp, publications};

use super::{Place, Publication, Publishable};

pub(super) async fn list(db: &mut TenantConn) -> Result<Vec<Publication>> {
    let rows: Vec<(i64, String, String)> = publications::table
        .filter(publications::tenant_id.eq(db.tenant_id()))
        .order(publications::id)
        .select((publications::id, publications::handle, publications::name))
        .load(db.conn())
        .await?;
    let publication = |(id, handle, name)| Publication { id: PublicationId(id), handle, name };
    Ok(rows.into_iter().map(publication).collect())
}

/// Where `things` are, in the order of the publications. One statement for each kind of thing.
pub(super) async fn places(db: &mut TenantConn, things: &[Publishable]) -> Result<Vec<(Publishable, Place)>> {
    let tenant = db.tenant_id();
    let (mut products, mut collections) = (vec![], vec![]);
    for thing in things {
        match thing {
            Publishable::Product(id) => products.push(id.0),
            Publishable::Collection(id) => collections.push(id.0),
        }
    }
    let mut places = vec![];
    if !products.is_empty() {
        let rows: Vec<(i64, i64, DateTime<Utc>)> = pp::table
            .filter(pp::tenant_id.eq(tenant).and(pp::product_id.eq_any(products)))
            .order(pp::publication_id)
            .select((pp::product_id, pp::publication_id, pp::published_at))
            .load(db.conn())
            .await?;
        let product = |id| Publishable::Product(ProductId(id));
        places.extend(rows.into_iter().map(|(id, at, since)| (product(id), (PublicationId(at), since))));
    }
    if !collections.is_empty() {
        let rows: Vec<(i64, i64, DateTime<Utc>)> = cp::table
            .filter(cp::tenant_id.eq(tenant).and(cp::collection_id.eq_any(collections)))
            .order(cp::publication_id)
            .select((cp::collection_id, cp::publication_id, cp::published_at))
            .load(db.conn())
            .await?;
        let collection = |id| Publishable::Collection(CollectionId(id));
        places.extend(rows.into_iter().map(|(id, at, since)| (collection(id), (PublicationId(at), since))));
    }
    Ok(places)
}

/// Puts a thing on a publication at `date`, or now if it is not there yet.
pub(super) async fn publish(
    db: &mut TenantConn,
    thing: Publishable,
    publication: i64,
    date: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<()> {
    let tenant = db.tenant_id();
    let at = date.unwrap_or(now);
    match thing {
        Publishable::Product(id) => {
            let key = (pp::tenant_id.eq(tenant), pp::product_id.eq(id.0), pp::publication_id.eq(publication));
            let new = diesel::insert_into(pp::table).values((key.0, key.1, key.2, pp::published_at.eq(at)));
            match date {
                Some(_) => {
                    let keys = (pp::tenant_id, pp::product_id, pp::publication_id);
                    new.on_conflict(keys).do_update().set(pp::published_at.eq(at)).execute(db.conn()).await?
                }
                None => new.on_conflict_do_nothing().execute(db.conn()).await?,
            };
        }
        Publishable::Collection(id) => {
            let key =
                (cp::tenant_id.eq(tenant), cp::collection_id.eq(id.0), cp::publication_id.eq(publication));
            let new = diesel::insert_into(cp::table).values((key.0, key.1, key.2, cp::published_at.eq(at)));
            match date {
                Some(_) => {
                    let keys = (cp::tenant_id, cp::collection_id, cp::publication_id);
                    new.on_conflict(keys).do_update().set(cp::published_at.eq(at)).execute(db.conn()).await?
                }
                None => new.on_conflict_do_nothing().execute(db.conn()).await?,
            };
        }
    }
    Ok(())
}

pub(super) async fn unpublish(db: &mut TenantConn, thing: Publishable, publications: &[i64]) -> Result<()> {
    let tenant = db.tenant_id();
    match thing {
        Publishable::Product(id) => {
            let mine = pp::table.filter(pp::tenant_id.eq(tenant).and(pp::product_id.eq(id.0)));
            diesel::delete(mine.filter(pp::publication_id.eq_any(publications))).execute(db.conn()).await?
        }
        Publishable::Collection(id) => {
            let mine = cp::table.filter(cp::tenant_id.eq(tenant).and(cp::collection_id.eq(id.0)));
            diesel::delete(mine.filter(cp::publication_id.eq_any(publications))).execute(db.conn()).await?
        }
    };
    Ok(())
}
