//! What this process remembers of the storefront's view, by store; entries are checked against stamps when they are read.

use std::{
    any::Any,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use mcom_data::{
    Changes, Result, TenantId, Transaction,
    cache::{FairCache, Flights},
};
use mcom_schema::id::{ProductId, VariantId};

use super::{
    LiveProduct,
    absent::Absences,
    change::{Changed, Follows},
    lean::Lean,
    views::{View, Viewpoint},
};
use crate::variants::SaleVariant;

/// How many parts (variants and images, and one for the rest) all remembered products may have together.
/// A part takes about a KiB with its share of the ready-made answer.
const PARTS: u64 = 150_000;
/// How many entries each of the other kinds may have.
const HANDLES: u64 = 100_000;
const OWNERS: u64 = 200_000;
const LISTS: u64 = 10_000;
/// Variants that were put into carts and whose product nobody looked at; about half a KiB each.
const SALES: u64 = 50_000;
/// How long it is remembered that something is not there.
const ABSENT: Duration = Duration::from_secs(10);

/// When an entry was read from the database: stamp of the thing itself, and of its stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Stamp {
    pub(super) thing: u64,
    pub(super) stock: u64,
}

#[derive(Clone)]
struct Entry<T> {
    stamp: Stamp,
    /// Of what a product's stock leans on.
    lean: u64,
    value: T,
    /// Until when an absence counts.
    until: Option<Instant>,
}

impl<T> Entry<T> {
    fn new(stamp: Stamp, value: T, is_absence: bool) -> Self {
        Entry { stamp, lean: 0, value, until: is_absence.then(|| Instant::now() + ABSENT) }
    }

    fn is_over(&self) -> bool {
        self.until.is_some_and(|until| until <= Instant::now())
    }
}

/// What is known of a product.
pub(crate) enum Found {
    /// As it is now; `None`: not published.
    Fresh(Option<Arc<LiveProduct>>),
    /// To be read: all of it, or all but the document of what it was.
    Stale(Option<Arc<LiveProduct>>),
}

/// A list that was asked for, and its entries; typed by whoever asks.
pub(crate) type List = Arc<dyn Any + Send + Sync>;
type Product = Option<Arc<LiveProduct>>;

/// The loads of what is not remembered, each under the stamp it is loaded under.
#[derive(Default)]
pub(crate) struct Loads {
    pub(super) products: Flights<(TenantId, ProductId, Stamp), Result<Product>>,
    pub(super) handles: Flights<(TenantId, Box<str>, Stamp), Result<Product>>,
    pub(super) lists: Flights<(TenantId, String, Stamp), Result<List>>,
}

pub(super) fn parts(live: &Product) -> u32 {
    let count = live.as_ref().map_or(0, |live| live.document.variants.len() + live.document.media.len());
    u32::try_from(1 + count).unwrap_or(u32::MAX)
}

/// The caches of all stores.
pub(crate) struct Cache {
    pub(super) loads: Loads,
    pub(super) absences: Absences,
    changed: Arc<Changed>,
    told: Arc<AtomicU64>,
    products: FairCache<ProductId, Entry<Product>>,
    handles: FairCache<Box<str>, Entry<Option<ProductId>>>,
    owners: FairCache<VariantId, ProductId>,
    sales: FairCache<VariantId, Entry<Arc<SaleVariant>>>,
    lists: FairCache<String, Entry<List>>,
    views: FairCache<(ProductId, Viewpoint), View>,
}

impl Cache {
    /// An empty cache that hears of `changes`.
    pub(crate) fn listening(changes: &Changes) -> Self {
        let (changed, told) = (Arc::<Changed>::default(), Arc::<AtomicU64>::default());
        let (heard, count) = (changed.clone(), told.clone());
        changes.attend(move |what| {
            // First, so that whoever sees a new stamp also sees that something was told.
            count.fetch_add(1, Ordering::AcqRel);
            heard.heed(what);
        });
        Cache {
            loads: Loads::default(),
            absences: Absences::new(),
            changed,
            told,
            products: FairCache::new(PARTS),
            handles: FairCache::new(HANDLES),
            owners: FairCache::new(OWNERS),
            sales: FairCache::new(SALES),
            lists: FairCache::new(LISTS),
            views: FairCache::new(PARTS),
        }
    }

    /// How much was told so far. A load that finds out only in the end what it is about may be kept under the stamps
    /// of that moment if nothing was told since it began.
    pub(crate) fn told(&self) -> u64 {
        self.told.load(Ordering::Acquire)
    }

    /// The stamps to be taken before a product is read from the database.
    pub(crate) fn stamp(&self, tenant: TenantId, id: ProductId) -> Stamp {
        self.changed.product(tenant, id)
    }

    /// The stamp to be taken before something that was made of many products of a store is read from the database.
    pub(crate) fn store_stamp(&self, tenant: TenantId, follows: Follows) -> Stamp {
        self.changed.store(tenant, follows)
    }

    /// The stamp to be taken before a product is looked for by its handle.
    pub(crate) fn handle_stamp(&self, tenant: TenantId) -> Stamp {
        self.store_stamp(tenant, Follows::Listing)
    }

    /// The stamp to be taken before a collection is read from the database.
    pub(crate) fn collection_stamp(&self, tenant: TenantId, id: i64) -> Stamp {
        self.changed.collection(tenant, id)
    }

    /// Whether a copy of a product's document, and one of its stock, are still true that were read in this snapshot.
    pub(super) fn trusts(&self, tenant: TenantId, id: ProductId, snapshot: Transaction) -> (bool, bool) {
        self.changed.trusts(tenant, id, snapshot)
    }

    pub(crate) fn product(&self, tenant: TenantId, id: ProductId, now: Stamp) -> Found {
        let entry = self.products.get(tenant, &id).filter(|entry| !entry.is_over());
        let Some(entry) = entry else { return Found::Stale(None) };
        match entry.value {
            live if entry.stamp == now && entry.lean == self.lean_now(tenant, &live) => Found::Fresh(live),
            // Only the stock is old: the document still serves.
            Some(live) if entry.stamp.thing == now.thing => Found::Stale(Some(live)),
            _ => Found::Stale(None),
        }
    }

    fn lean_now(&self, tenant: TenantId, live: &Product) -> u64 {
        live.as_ref().map_or(0, |live| self.lean_stamp(tenant, live.leans_on()))
    }

    /// Remembers a product that was read after `stamp` and `lean` were taken.
    pub(super) fn keep_product(
        &self,
        (tenant, id): (TenantId, ProductId),
        live: Product,
        since: (Stamp, &Lean),
    ) {
        let (stamp, before) = since;
        let Some(lean) = self.lean_since(tenant, before, live.as_ref()) else { return };
        let weight = parts(&live);
        let is_absence = live.is_none();
        self.products.put(tenant, id, Entry { lean, ..Entry::new(stamp, live, is_absence) }, weight);
    }

    /// `Some(None)`: no published product has this handle. A product that is found has to be asked for its handle.
    pub(crate) fn handle(&self, tenant: TenantId, handle: &str) -> Option<Option<ProductId>> {
        let now = self.handle_stamp(tenant);
        let entry = self.handles.get(tenant, handle).filter(|entry| !entry.is_over());
        let known =
            entry.filter(|entry| entry.value.is_some() || entry.stamp == now).map(|entry| entry.value);
        known.or_else(|| self.absences.are_sure_of(tenant, handle, now).then_some(None))
    }

    pub(crate) fn keep_handle(&self, tenant: TenantId, handle: &str, id: Option<ProductId>, stamp: Stamp) {
        self.handles.put(tenant, handle.into(), Entry::new(stamp, id, id.is_none()), 1);
    }

    pub(crate) fn owner(&self, tenant: TenantId, variant: VariantId) -> Option<ProductId> {
        self.owners.get(tenant, &variant)
    }

    pub(crate) fn keep_owner(&self, tenant: TenantId, variant: VariantId, product: ProductId) {
        self.owners.put(tenant, variant, product, 1);
    }

    /// A variant as carts need it, if nothing about its product or its stock changed since it was read.
    pub(super) fn sale(&self, tenant: TenantId, id: VariantId, now: Stamp) -> Option<Arc<SaleVariant>> {
        self.sales.get(tenant, &id).filter(|entry| entry.stamp == now).map(|entry| entry.value)
    }

    pub(super) fn keep_sale(&self, tenant: TenantId, read: SaleVariant, stamp: Stamp) {
        self.sales.put(tenant, read.variant_id, Entry::new(stamp, Arc::new(read), false), 1);
    }

    /// What a product looked like from somewhere. Whether it still does is for the caller to see.
    pub(crate) fn view(&self, tenant: TenantId, key: &(ProductId, Viewpoint)) -> Option<View> {
        self.views.get(tenant, key)
    }

    pub(crate) fn keep_view(&self, tenant: TenantId, key: (ProductId, Viewpoint), view: View, weight: u32) {
        self.views.put(tenant, key, view, weight);
    }

    /// What is remembered under `key`, if it is of this type and nothing changed since.
    pub(crate) fn list<T: Any + Send + Sync>(
        &self,
        tenant: TenantId,
        key: &str,
        now: Stamp,
    ) -> Option<Arc<T>> {
        let entry = self.lists.get(tenant, key)?;
        if entry.stamp == now { entry.value.downcast().ok() } else { None }
    }

    pub(crate) fn keep_list(&self, tenant: TenantId, key: String, value: List, stamp: Stamp) {
        self.lists.put(tenant, key, Entry::new(stamp, value, false), 1);
    }
}
