//! What changed of the storefront's view, and when.

use mcom_data::{Change, Heard, TenantId, Told, Transaction, cache::Stamps};
use mcom_schema::id::ProductId;

use super::cache::Stamp;

/// The changes of everything that is remembered.
#[derive(Default)]
pub(super) struct Changed {
    products: Stamps,
    stock: Stamps,
    collections: Stamps,
    stores: Stamps,
}

impl Changed {
    /// Takes notice.
    pub(super) fn heed(&self, heard: Heard) {
        let all = [&self.products, &self.stock, &self.collections, &self.stores].into_iter();
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
            }
            Change::Stock(id) => self.stock.touch((told.tenant, id), by),
            Change::Collection(id) => {
                self.collections.touch((told.tenant, id), by);
                self.stores.touch(told.tenant, by);
            }
            _ => {}
        }
    }

    pub(super) fn product(&self, tenant: TenantId, id: ProductId) -> Stamp {
        let key = (tenant.get(), id.0);
        Stamp { thing: self.products.of(key), stock: self.stock.of(key) }
    }

    pub(super) fn store(&self, tenant: TenantId) -> Stamp {
        Stamp { thing: self.stores.of(tenant.get()), stock: 0 }
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
