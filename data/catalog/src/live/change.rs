//! What changed of the storefront's view, and when.

use mcom_data::{Change, Heard, TenantId, Told, Transaction, cache::Stamps};
use mcom_schema::id::ProductId;

use super::cache::Stamp;

/// What makes something stale that was made of many products of a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Follows {
    /// Any change of any product, stock or collection.
    Everything,
    /// Changes of what lists sort and filter by, and of which products are in them.
    Listing,
    /// Changes of collections, and of which products are in them.
    Memberships,
    /// Changes of files.
    Files,
}

/// The changes of everything that is remembered.
#[derive(Default)]
pub(super) struct Changed {
    products: Stamps,
    stock: Stamps,
    collections: Stamps,
    /// By store: anything of any product, stock or collection.
    stores: Stamps,
    /// By store: what lists sort and filter by, and what is in them.
    listings: Stamps,
    /// By store: collections, and which products are in them.
    memberships: Stamps,
    /// By store: what a merchant writes, its files included.
    files: Stamps,
}

impl Changed {
    /// Takes notice.
    pub(super) fn heed(&self, heard: Heard) {
        let of_things = [&self.products, &self.stock, &self.collections].into_iter();
        let all = of_things.chain([&self.stores, &self.listings, &self.memberships, &self.files]);
        match heard {
            Heard::Change(Told { change: Change::Everything, .. }, by) => {
                all.for_each(|stamps| stamps.touch_all(by));
            }
            Heard::Change(told, by) => self.touch(told, by),
            Heard::Deaf => all.for_each(Stamps::deafen),
            Heard::Hearing(since) => all.for_each(|stamps| stamps.hear(since)),
        }
    }

    fn touch(&self, told: Told, by: Option<Transaction>) {
        match told.change {
            Change::Product(id) => {
                self.products.touch((told.tenant, id), by);
                self.stores.touch(told.tenant, by);
                self.listings.touch(told.tenant, by);
            }
            Change::Prose(id) => {
                self.products.touch((told.tenant, id), by);
                self.stores.touch(told.tenant, by);
            }
            Change::Stock(id) => {
                self.stock.touch((told.tenant, id), by);
                self.stores.touch(told.tenant, by);
            }
            Change::Collection(id) => {
                self.collections.touch((told.tenant, id), by);
                self.stores.touch(told.tenant, by);
                self.listings.touch(told.tenant, by);
                self.memberships.touch(told.tenant, by);
            }
            Change::Content => self.files.touch(told.tenant, by),
            _ => {}
        }
    }

    pub(super) fn product(&self, tenant: TenantId, id: ProductId) -> Stamp {
        let key = (tenant.get(), id.0);
        Stamp { thing: self.products.of(key), stock: self.stock.of(key) }
    }

    pub(super) fn store(&self, tenant: TenantId, follows: Follows) -> Stamp {
        let stamps = match follows {
            Follows::Everything => &self.stores,
            Follows::Listing => &self.listings,
            Follows::Memberships => &self.memberships,
            Follows::Files => &self.files,
        };
        Stamp { thing: stamps.of(tenant.get()), stock: 0 }
    }

    pub(super) fn collection(&self, tenant: TenantId, id: i64) -> Stamp {
        Stamp { thing: self.collections.of((tenant.get(), id)), stock: 0 }
    }

    /// Whether a copy of a product's document, and one of its stock, show all changes this process knows of.
    pub(super) fn trusts(&self, tenant: TenantId, id: ProductId, snapshot: Transaction) -> (bool, bool) {
        let key = (tenant.get(), id.0);
        (self.products.trusts(key, snapshot), self.stock.trusts(key, snapshot))
    }
}
