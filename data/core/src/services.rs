//! What a process has: database, clock, randomness, change bus, and whatever else rooms share across requests.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    sync::Arc,
};

use mcom_schema::{Clock, Entropy};

use crate::{Changes, Db};

/// Everything that outlives a request. Made once by the process, shared by all contexts.
pub struct Services {
    /// The database.
    pub db: Db,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where tokens come from.
    pub entropy: Arc<dyn Entropy>,
    /// What caches must forget.
    pub changes: Arc<Changes>,
    shared: HashMap<TypeId, Arc<dyn Any + Send + Sync>>,
}

impl Services {
    /// Starts with the essentials; rooms' caches and providers are added with [`ServicesBuilder::with`].
    pub fn builder(db: Db, clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>) -> ServicesBuilder {
        ServicesBuilder(Services { db, clock, entropy, changes: Arc::default(), shared: HashMap::new() })
    }

    /// A shared thing by its type: a room's cache, the payment providers.
    pub fn get<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        self.shared.get(&TypeId::of::<T>())?.clone().downcast().ok()
    }
}

/// Collects what [`Services`] hold.
pub struct ServicesBuilder(Services);

impl ServicesBuilder {
    /// Adds a shared thing, made with sight of what is already there.
    #[must_use]
    pub fn with<T: Any + Send + Sync>(mut self, make: impl FnOnce(&Services) -> T) -> Self {
        let thing = make(&self.0);
        self.0.shared.insert(TypeId::of::<T>(), Arc::new(thing));
        self
    }

    /// Done.
    pub fn build(self) -> Arc<Services> {
        Arc::new(self.0)
    }
}
