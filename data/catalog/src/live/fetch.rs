//! Reading what is not remembered: from the cache that processes share, else from the database; each product once at a time.

use std::{collections::HashMap, sync::Arc};

use mcom_data::{
    Cx, Result, TenantId,
    cache::{Boarding, Landed},
};
use mcom_schema::id::ProductId;

use super::{
    LiveProduct, ProductDocument, absent, by_ids,
    cache::{Cache, Found, Stamp},
    lean::Lean,
    query, shared,
};

/// A product that has to be read.
pub(super) struct Wanted {
    pub(super) id: ProductId,
    /// Taken before anything is read: what changes from then on makes the answer one that is not remembered.
    pub(super) stamp: Stamp,
    /// As it was, if only its stock is to be read.
    live: Option<Arc<LiveProduct>>,
    /// Taken before as well.
    lean: Lean,
}

impl Wanted {
    /// A product that is not remembered, or only as it was before its stock changed.
    pub(super) fn new(
        cache: &Cache,
        (tenant, id): (TenantId, ProductId),
        (stamp, live): (Stamp, Option<Arc<LiveProduct>>),
    ) -> Self {
        Wanted { id, stamp, lean: cache.lean(tenant, live.as_deref()), live }
    }

    /// Its document, if only its stock is to be read.
    pub(super) fn document(&self) -> Option<Arc<ProductDocument>> {
        self.live.as_ref().map(|live| live.document.clone())
    }

    /// Under which stamp it is read. Whoever knows of a later change of what it leans on does not wait for this.
    fn flight(&self) -> Stamp {
        Stamp { stock: self.stamp.stock.wrapping_add(self.lean.stamp()), ..self.stamp }
    }

    /// Under what it is remembered.
    fn since(&self) -> (Stamp, &Lean) {
        (self.stamp, &self.lean)
    }
}

type Product = Option<Arc<LiveProduct>>;
type Products = HashMap<ProductId, Product>;

/// Reads products and remembers them. Those that others are reading already are waited for.
pub(super) async fn products(cx: &Cx, cache: &Cache, mut wanted: Vec<Wanted>) -> Result<Products> {
    let mut found = HashMap::with_capacity(wanted.len());
    while !wanted.is_empty() {
        let (mut led, mut followed, mut flights) = (vec![], vec![], vec![]);
        for one in wanted {
            match cache.loads.products.board((cx.tenant().id(), one.id, one.flight())) {
                Boarding::Lead(flight) => {
                    flights.push((one.id, flight));
                    led.push(one);
                }
                Boarding::Follow(follower) => followed.push((one, follower)),
            }
        }
        // First one's own, so that nobody waits for somebody who waits.
        let read = read(cx, cache, led).await;
        for (id, flight) in flights {
            flight.land(read.as_ref().map(|read| read.get(&id).cloned().flatten()).map_err(Clone::clone));
        }
        found.extend(read?);
        let (mut given_up, mut late) = (vec![], vec![]);
        for (one, follower) in followed {
            match follower.landed(cx).await {
                Landed::With(live) => drop(found.insert(one.id, live?)),
                Landed::Never => given_up.push(one),
                Landed::Late => late.push(one),
            }
        }
        found.extend(self::read(cx, cache, late).await?);
        wanted = given_up;
    }
    Ok(found)
}

/// Reads and remembers. At most two statements, none for what another process left.
async fn read(cx: &Cx, cache: &Cache, wanted: Vec<Wanted>) -> Result<Products> {
    let tenant = cx.tenant().id();
    let mut found = HashMap::with_capacity(wanted.len());
    let mut missing = Vec::with_capacity(wanted.len());
    for one in wanted {
        // Somebody may have landed with it since it was looked for.
        match cache.product(tenant, one.id, one.stamp) {
            Found::Fresh(live) => drop(found.insert(one.id, live)),
            Found::Stale(_) => missing.push(one),
        }
    }
    let mut copies = shared::copies(cx, cache, &missing).await;
    let mut stockless = vec![];
    let mut unread = vec![];
    for one in missing {
        match (copies.remove(&one.id), one.document()) {
            (Some(shared::Copy { document, pieces: Some(pieces) }), None) => {
                let live = LiveProduct::stocked(document, &pieces);
                cache.keep_product((tenant, one.id), Some(live.clone()), one.since());
                found.insert(one.id, Some(live));
            }
            (Some(copy), None) => stockless.push((one, copy.document)),
            (_, Some(document)) => stockless.push((one, document)),
            (None, None) => unread.push(one),
        }
    }
    found.extend(whole(cx, cache, unread).await?);
    found.extend(stock(cx, cache, stockless).await?);
    Ok(found)
}

/// Reads documents and stock.
async fn whole(cx: &Cx, cache: &Cache, wanted: Vec<Wanted>) -> Result<Products> {
    if wanted.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<i64> = wanted.iter().map(|one| one.id.0).collect();
    let rows = cx.read(async |db| query::shelves(db, &ids).await).await?;
    let mut read = HashMap::with_capacity(rows.len());
    for row in &rows {
        let shelf = row.read()?;
        read.insert(shelf.document.id, LiveProduct::on(shelf));
    }
    shared::keep(cx, rows);
    let keep = |one: Wanted| {
        let live = read.remove(&one.id);
        cache.keep_product((cx.tenant().id(), one.id), live.clone(), one.since());
        (one.id, live)
    };
    Ok(wanted.into_iter().map(keep).collect())
}

/// Reads stock beside documents that are known.
async fn stock(cx: &Cx, cache: &Cache, wanted: Vec<(Wanted, Arc<ProductDocument>)>) -> Result<Products> {
    if wanted.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<i64> = wanted.iter().map(|(one, _)| one.id.0).collect();
    let mut stock = cx.read(async |db| query::stock(db, &ids).await).await?;
    let keep = |(one, document): (Wanted, _)| {
        let pieces = stock.remove(&one.id.0).unwrap_or_default();
        let live = Some(LiveProduct::stocked(document, &pieces));
        cache.keep_product((cx.tenant().id(), one.id), live.clone(), one.since());
        (one.id, live)
    };
    Ok(wanted.into_iter().map(keep).collect())
}

/// The product with this handle, if its id is remembered; `Some(None)`: there is none.
pub(super) async fn known_by_handle(cx: &Cx, cache: &Cache, handle: &str) -> Result<Option<Product>> {
    match cache.handle(cx.tenant().id(), handle) {
        Some(Some(id)) => Ok(at_handle(cx, id, handle).await?.map(Some)),
        Some(None) => Ok(Some(None)),
        None => Ok(None),
    }
}

/// Reads the product with this handle and remembers it. The stamp is that of the store.
pub(super) async fn by_handle(cx: &Cx, cache: &Cache, handle: &str, stamp: Stamp) -> Result<Product> {
    let tenant = cx.tenant().id();
    // Somebody may have landed with it since it was looked for.
    if let Some(known) = known_by_handle(cx, cache, handle).await? {
        return Ok(known);
    }
    if let Some(id) = shared::at_handle(cx, handle).await
        && let Some(live) = at_handle(cx, id, handle).await?
    {
        cache.keep_handle(tenant, handle, Some(id), stamp);
        return Ok(Some(live));
    }
    let (told, lean) = (cache.told(), cache.lean(tenant, None));
    let row = cx.read(async |db| query::shelf_by_handle(db, handle).await).await?;
    let live = row.as_ref().map(query::ShelfRow::read).transpose()?.map(LiveProduct::on);
    let id = live.as_ref().map(|live| live.document.id);
    cache.keep_handle(tenant, handle, id, stamp);
    if let Some(id) = id {
        let stamp = cache.stamp(tenant, id);
        if cache.told() == told {
            cache.keep_product((tenant, id), live.clone(), (stamp, &lean));
        }
        shared::keep_handle(cx, handle, id);
    } else {
        absent::note(cx, cache, stamp).await?;
    }
    shared::keep(cx, row.into_iter().collect());
    Ok(live)
}

/// The product, if it has this handle: it may have moved to another address meanwhile, and another one to this.
async fn at_handle(cx: &Cx, id: ProductId, handle: &str) -> Result<Product> {
    let live = by_ids(cx, &[id]).await?.pop().flatten();
    Ok(live.filter(|live| live.document.handle == handle))
}
