//! The shapes of functions that answer fields, and how each becomes one that an engine can call.

use std::{future::Future, sync::Arc};

use futures_util::future::BoxFuture;

use crate::{
    Args, Cx, Fault,
    answer::{Payload, Site, ToFault},
    probe::Probe,
    record::{Given, Kind, Prop, Record},
    selection::Selection,
};

type Now = dyn for<'a> Fn(&'a Cx, &'a dyn Record, Args, Selection) -> Result<Prop<'a>, Fault> + Send + Sync;
type Later = dyn for<'a> Fn(&'a Cx, &'a dyn Record, Args, Selection) -> BoxFuture<'a, Result<Prop<'static>, Fault>>
    + Send
    + Sync;

/// How a function runs.
#[derive(Clone)]
pub enum Run {
    /// At once, lending from the parent.
    Now(Arc<Now>),
    /// As a future, giving what it owns.
    Later(Arc<Later>),
}

/// A function that answers a field.
#[derive(Clone)]
pub struct Function {
    /// What it gives.
    pub kind: Kind,
    /// Whether it wants the selection below the field.
    pub selection: bool,
    /// Holds its arguments against those of the SDL.
    pub probe: fn(&Probe<'_>),
    /// The function, its parent found and its errors put into words.
    pub run: Run,
}

/// A function that computes a field from its parent.
pub trait FieldFn<'a, P, A>: Send + Sync + 'static {
    /// What it gives.
    type Given: Given<'a>;
    /// Runs it.
    ///
    /// # Errors
    /// Whatever the function answers, in words for the client.
    fn answer(&self, site: Site<'a>, parent: &'a P, args: &A) -> Result<Self::Given, Fault>;
}

impl<'a, F, P, A, G, E> FieldFn<'a, P, A> for F
where
    F: Fn(&'a Cx, &'a P, &A) -> Result<G, E> + Send + Sync + 'static,
    P: 'a,
    G: Given<'a>,
    E: ToFault,
{
    type Given = G;

    fn answer(&self, site: Site<'a>, parent: &'a P, args: &A) -> Result<G, Fault> {
        self(site.cx, parent, args).map_err(|error| error.to_fault(&site))
    }
}

/// A function that loads a field of a parent.
pub trait LoadFn<'a, P, A>: Send + Sync + 'static {
    /// What it gives.
    type Given: Given<'static>;
    /// Runs it.
    fn load(&self, site: Site<'a>, parent: &'a P, args: A) -> BoxFuture<'a, Result<Prop<'static>, Fault>>;
}

impl<'a, F, P, A, W, G, E> LoadFn<'a, P, A> for F
where
    F: Fn(&'a Cx, &'a P, A) -> W + Send + Sync + 'static,
    W: Future<Output = Result<G, E>> + Send + 'a,
    P: 'a,
    G: Given<'static>,
    E: ToFault,
{
    type Given = G;

    fn load(&self, site: Site<'a>, parent: &'a P, args: A) -> BoxFuture<'a, Result<Prop<'static>, Fault>> {
        let work = self(site.cx, parent, args);
        Box::pin(async move { work.await.map(Given::give).map_err(|error| error.to_fault(&site)) })
    }
}

/// A function that answers a root query.
pub trait QueryFn<'a, A>: Send + Sync + 'static {
    /// What it gives.
    type Given: Given<'static>;
    /// Runs it.
    fn query(&self, site: Site<'a>, args: A) -> BoxFuture<'a, Result<Prop<'static>, Fault>>;
}

impl<'a, F, A, W, G, E> QueryFn<'a, A> for F
where
    F: Fn(&'a Cx, A) -> W + Send + Sync + 'static,
    W: Future<Output = Result<G, E>> + Send + 'a,
    G: Given<'static>,
    E: ToFault,
{
    type Given = G;

    fn query(&self, site: Site<'a>, args: A) -> BoxFuture<'a, Result<Prop<'static>, Fault>> {
        let work = self(site.cx, args);
        Box::pin(async move { work.await.map(Given::give).map_err(|error| error.to_fault(&site)) })
    }
}

/// A function that changes something.
pub trait MutateFn<'a, A>: Send + Sync + 'static {
    /// What it gives.
    type Payload: Payload;
    /// Runs it.
    fn mutate(&self, site: Site<'a>, args: A) -> BoxFuture<'a, Result<Self::Payload, Fault>>;
}

impl<'a, F, A, W, P, E> MutateFn<'a, A> for F
where
    F: Fn(&'a Cx, A) -> W + Send + Sync + 'static,
    W: Future<Output = Result<P, E>> + Send + 'a,
    P: Payload,
    E: ToFault + Send,
{
    type Payload = P;

    fn mutate(&self, site: Site<'a>, args: A) -> BoxFuture<'a, Result<P, Fault>> {
        let work = self(site.cx, args);
        Box::pin(async move {
            work.await
                .or_else(|error| error.refusals().map(P::refused).map_err(|error| error.to_fault(&site)))
        })
    }
}
