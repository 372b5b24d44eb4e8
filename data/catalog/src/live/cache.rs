//! What this process remembers of the storefront's view, by store; entries are checked against stamps when they are read.

use std::{
    any::Any,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use mcom_data::{Change, Changes, TenantId, Told};
use mcom_schema::id::{ProductId, VariantId};
use moka::future::Cache as Moka;

use super::{LiveProduct, document::ProductDocument, stamp::Stamps};

/// How many parts (variants and images, and one for the rest) all remembered products may have together.
/// A part takes about a KiB with its share of the ready-made answer.
const PARTS: u64 = 150_000;
/// How many entries each of the other kinds may have.
const HANDLES: u64 = 100_000;
const OWNERS: u64 = 200_000;
const LISTS: u64 = 10_000;

/// When an entry was read from the database: stamp of the thing itself, and of its stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp {
    thing: u64,
    stock: u64,
}

#[derive(Clone)]
struct Entry<T> {
    stamp: Stamp,
    value: T,
}

/// What is known of a product.
pub(crate) enum Found {
    /// As it is now; `None`: not published.
    Fresh(Option<Arc<LiveProduct>>),
    /// To be read: all of it, or all but the document.
    Stale(Option<Arc<ProductDocument>>),
}

/// A list that was asked for, and its entries; typed by whoever asks.
type Lists = Moka<(TenantId, String), Entry<Arc<dyn Any + Send + Sync>>>;

#[derive(Default)]
struct Changed {
    products: Stamps,
    stock: Stamps,
    collections: Stamps,
    stores: Stamps,
    told: AtomicU64,
}

impl Changed {
    fn touch(&self, told: Told) {
        match told.change {
            Change::Product(id) => {
                self.products.touch((told.tenant, id));
                self.stores.touch(told.tenant);
            }
            Change::Stock(id) => self.stock.touch((told.tenant, id)),
            Change::Collection(id) => {
                self.collections.touch((told.tenant, id));
                self.stores.touch(told.tenant);
            }
            Change::Everything => {
                let all = [&self.products, &self.stock, &self.collections, &self.stores];
                all.into_iter().for_each(Stamps::touch_all);
            }
            _ => {}
        }
    }
}

fn parts(entry: &Entry<Option<Arc<LiveProduct>>>) -> u32 {
    let count =
        entry.value.as_ref().map_or(0, |live| live.document.variants.len() + live.document.media.len());
    u32::try_from(1 + count).unwrap_or(u32::MAX)
}

/// The caches of all stores.
pub(crate) struct Cache {
    changed: Arc<Changed>,
    products: Moka<(TenantId, ProductId), Entry<Option<Arc<LiveProduct>>>>,
    handles: Moka<(TenantId, Box<str>), Entry<Option<ProductId>>>,
    owners: Moka<(TenantId, VariantId), ProductId>,
    lists: Lists,
}

impl Cache {
    /// An empty cache that hears of `changes`.
    pub(crate) fn listening(changes: &Changes) -> Self {
        let changed = Arc::<Changed>::default();
        let heard = changed.clone();
        changes.listen(move |told| {
            // First, so that whoever sees a new stamp also sees that something was told.
            heard.told.fetch_add(1, Ordering::AcqRel);
            heard.touch(told);
        });
        Cache {
            changed,
            products: Moka::builder().max_capacity(PARTS).weigher(|_, entry| parts(entry)).build(),
            handles: Moka::new(HANDLES),
            owners: Moka::new(OWNERS),
            lists: Moka::new(LISTS),
        }
    }

    /// How much was told so far. A load that finds out only in the end what it is about may be kept under the stamps
    /// of that moment if nothing was told since it began.
    pub(crate) fn told(&self) -> u64 {
        self.changed.told.load(Ordering::Acquire)
    }

    /// The stamps to be taken before a product is read from the database.
    pub(crate) fn stamp(&self, tenant: TenantId, id: ProductId) -> Stamp {
        let key = (tenant.get(), id.0);
        Stamp { thing: self.changed.products.of(key), stock: self.changed.stock.of(key) }
    }

    /// The stamp to be taken before lists of a store, or ids by handle, are read from the database.
    pub(crate) fn store_stamp(&self, tenant: TenantId) -> Stamp {
        Stamp { thing: self.changed.stores.of(tenant.get()), stock: 0 }
    }

    /// The stamp to be taken before a collection is read from the database.
    pub(crate) fn collection_stamp(&self, tenant: TenantId, id: i64) -> Stamp {
        Stamp { thing: self.changed.collections.of((tenant.get(), id)), stock: 0 }
    }

    pub(crate) async fn product(&self, tenant: TenantId, id: ProductId) -> Found {
        let Some(entry) = self.products.get(&(tenant, id)).await else { return Found::Stale(None) };
        let now = self.stamp(tenant, id);
        match entry.value {
            live if entry.stamp == now => Found::Fresh(live),
            // Only the stock is old: the document still serves.
            Some(live) if entry.stamp.thing == now.thing => Found::Stale(Some(live.document.clone())),
            _ => Found::Stale(None),
        }
    }

    pub(crate) async fn keep_product(
        &self,
        tenant: TenantId,
        id: ProductId,
        value: Option<Arc<LiveProduct>>,
        stamp: Stamp,
    ) {
        self.products.insert((tenant, id), Entry { stamp, value }).await;
    }

    /// `Some(None)`: no published product has this handle. A product that is found has to be asked for its handle.
    pub(crate) async fn handle(&self, tenant: TenantId, handle: &str) -> Option<Option<ProductId>> {
        let entry = self.handles.get(&(tenant, handle.into())).await?;
        (entry.value.is_some() || entry.stamp == self.store_stamp(tenant)).then_some(entry.value)
    }

    pub(crate) async fn keep_handle(
        &self,
        tenant: TenantId,
        handle: &str,
        value: Option<ProductId>,
        stamp: Stamp,
    ) {
        self.handles.insert((tenant, handle.into()), Entry { stamp, value }).await;
    }

    pub(crate) async fn owner(&self, tenant: TenantId, variant: VariantId) -> Option<ProductId> {
        self.owners.get(&(tenant, variant)).await
    }

    pub(crate) async fn keep_owner(&self, tenant: TenantId, variant: VariantId, product: ProductId) {
        self.owners.insert((tenant, variant), product).await;
    }

    /// What is remembered under `key`, if it is of this type and nothing changed since.
    pub(crate) async fn list<T: Any + Send + Sync>(
        &self,
        tenant: TenantId,
        key: &str,
        now: Stamp,
    ) -> Option<Arc<T>> {
        let entry = self.lists.get(&(tenant, key.to_owned())).await?;
        if entry.stamp == now { entry.value.downcast().ok() } else { None }
    }

    pub(crate) async fn keep_list<T: Any + Send + Sync>(
        &self,
        tenant: TenantId,
        key: String,
        value: Arc<T>,
        stamp: Stamp,
    ) {
        self.lists.insert((tenant, key), Entry { stamp, value }).await;
    }
}
