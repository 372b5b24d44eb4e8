//! Entity loaders: one batch for all representations of a type in a call.

use std::{future::Future, sync::Arc};

use async_graphql::{Name, Value, indexmap::IndexMap};
use futures_util::future::BoxFuture;
use serde::de::DeserializeOwned;

use crate::{
    Cx, Fault,
    answer::{Site, ToFault},
    reader,
    record::{Record, Shaped},
};

/// The fields by which another subgraph refers to an entity.
pub type Representation = IndexMap<Name, Value>;

/// One answer for each representation, in order.
pub type Entities = Vec<Option<Arc<dyn Record>>>;

/// A batch loader as the engine calls it.
pub type EntityFn =
    Arc<dyn for<'a> Fn(&'a Cx, Vec<Representation>) -> BoxFuture<'a, Result<Entities, Fault>> + Send + Sync>;

/// A batch loader as it is written.
pub trait LoadEntities<'a, K, T>: Send + Sync + 'static {
    /// Loads the entities of these keys.
    fn load(&self, site: Site<'a>, keys: Vec<K>) -> BoxFuture<'a, Result<Vec<Option<Arc<T>>>, Fault>>;
}

impl<'a, F, K, T, W, E> LoadEntities<'a, K, T> for F
where
    F: Fn(&'a Cx, Vec<K>) -> W + Send + Sync + 'static,
    W: Future<Output = Result<Vec<Option<Arc<T>>>, E>> + Send + 'a,
    E: ToFault,
{
    fn load(&self, site: Site<'a>, keys: Vec<K>) -> BoxFuture<'a, Result<Vec<Option<Arc<T>>>, Fault>> {
        let work = self(site.cx, keys);
        Box::pin(async move { work.await.map_err(|error| error.to_fault(&site)) })
    }
}

pub(super) fn entity<K, T, F>(load: F) -> EntityFn
where
    K: DeserializeOwned + Send + 'static,
    T: Shaped,
    F: for<'a> LoadEntities<'a, K, T>,
{
    let load = Arc::new(load);
    batch(move |cx, representations| {
        let load = load.clone();
        Box::pin(async move {
            let keys = representations.into_iter().map(reader::read::<K>).collect::<Result<Vec<_>, _>>()?;
            let wanted = keys.len();
            let found = load.load(Site { cx, field: T::TYPE }, keys).await?;
            if found.len() != wanted {
                let message =
                    format!("{wanted} entities of {} were asked for, {} loaded", T::TYPE, found.len());
                return Err(Fault::new("INTERNAL_SERVER_ERROR", message));
            }
            Ok(found.into_iter().map(|it| it.map(|it| it as Arc<dyn Record>)).collect())
        })
    })
}

fn batch<F>(run: F) -> EntityFn
where
    F: for<'a> Fn(&'a Cx, Vec<Representation>) -> BoxFuture<'a, Result<Entities, Fault>>
        + Send
        + Sync
        + 'static,
{
    Arc::new(run)
}
