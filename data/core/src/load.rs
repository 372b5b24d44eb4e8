//! Loaders: what hangs off a list is fetched in batches, once per request. The only file that knows the loader crate.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    fmt::Debug,
    hash::Hash,
    marker::PhantomData,
    sync::{Arc, Mutex, PoisonError},
};

use crate::{Cx, Error, Result};

/// One kind of batched lookup.
pub trait Batch: Send + Sync + 'static {
    /// What is looked up by.
    type Key: Clone + Eq + Hash + Debug + Send + Sync + 'static;
    /// What is found; cheap to clone.
    type Value: Clone + Send + Sync + 'static;

    /// Finds what there is for `keys`; keys without a value are left out.
    fn load(
        cx: &Cx,
        keys: Vec<Self::Key>,
    ) -> impl Future<Output = Result<HashMap<Self::Key, Self::Value>>> + Send;
}

type Found<B> = Result<Option<<B as Batch>::Value>, Error>;
type Loader<B> = dataloader::cached::Loader<<B as Batch>::Key, Found<B>, Fetch<B>>;

struct Fetch<B> {
    cx: Cx,
    batch: PhantomData<B>,
}

impl<B: Batch> dataloader::BatchFn<B::Key, Found<B>> for Fetch<B> {
    async fn load(&mut self, keys: &[B::Key]) -> HashMap<B::Key, Found<B>> {
        match B::load(&self.cx, keys.to_vec()).await {
            Ok(mut found) => keys.iter().map(|key| (key.clone(), Ok(found.remove(key)))).collect(),
            Err(error) => keys.iter().map(|key| (key.clone(), Err(error.clone()))).collect(),
        }
    }
}

/// The loaders of one request, made when first used. They hold the request's context and with it the tenant.
#[derive(Default)]
pub(crate) struct Loaders(Mutex<HashMap<TypeId, Box<dyn Any + Send + Sync>>>);

impl Loaders {
    /// Forgets what was loaded: the same request has written meanwhile.
    pub(crate) fn forget(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn of<B: Batch>(&self, cx: &Cx) -> Loader<B> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let made = known.entry(TypeId::of::<B>()).or_insert_with(|| {
            Box::new(Arc::new(
                Loader::<B>::new(Fetch { cx: cx.detached(), batch: PhantomData }).with_max_batch_size(1000),
            ))
        });
        match made.downcast_ref::<Arc<Loader<B>>>() {
            Some(loader) => Loader::<B>::clone(loader),
            None => Loader::<B>::new(Fetch { cx: cx.detached(), batch: PhantomData }),
        }
    }
}

impl Cx {
    /// The value for `key`, fetched together with what else is asked for meanwhile.
    ///
    /// # Errors
    /// Those of the batch.
    pub async fn load<B: Batch>(&self, key: B::Key) -> Result<Option<B::Value>> {
        let loader = self.loaders().of::<B>(self);
        match loader.try_load(key.clone()).await {
            Ok(found) => found,
            // The future that ran the batch was dropped: run it again ourselves.
            Err(_) => loader.try_load(key).await.map_err(Error::broken)?,
        }
    }
}
