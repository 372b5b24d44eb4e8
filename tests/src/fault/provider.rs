//! A payment provider behind a line that may be cut before a call arrives, or before its answer does.

use std::sync::Arc;

use futures_util::{FutureExt, future::BoxFuture};
use mcom_sales::payments::{Charge, NoAnswer, Outcome, Provider, Refund, RefundFailure};

use super::fuse::{Fuse, IsCut};

/// A provider behind a fuse. It hears every call twice, as it may from a network that repeats itself.
pub(super) struct Distant<P> {
    pub(super) provider: P,
    pub(super) fuse: Arc<Fuse>,
}

fn silence(_: IsCut) -> NoAnswer {
    NoAnswer("the line is cut".to_owned())
}

impl<P: Provider> Provider for Distant<P> {
    fn name(&self) -> &'static str {
        self.provider.name()
    }

    fn charge<'a>(&'a self, charge: &'a Charge<'a>) -> BoxFuture<'a, Result<Outcome, NoAnswer>> {
        async move {
            self.fuse.pass().await.map_err(silence)?;
            let _ = self.provider.charge(charge).await;
            let outcome = self.provider.charge(charge).await;
            self.fuse.pass().await.map_err(silence)?;
            outcome
        }
        .boxed()
    }

    fn find<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<Outcome>, NoAnswer>> {
        async move {
            self.fuse.pass().await.map_err(silence)?;
            self.provider.find(key).await
        }
        .boxed()
    }

    fn void<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<(), NoAnswer>> {
        async move {
            self.fuse.pass().await.map_err(silence)?;
            let _ = self.provider.void(key).await;
            let voided = self.provider.void(key).await;
            self.fuse.pass().await.map_err(silence)?;
            voided
        }
        .boxed()
    }

    fn refund<'a>(&'a self, refund: &'a Refund<'a>) -> BoxFuture<'a, Result<String, RefundFailure>> {
        async move {
            let lost = |cut| RefundFailure::NoAnswer(silence(cut));
            self.fuse.pass().await.map_err(lost)?;
            let _ = self.provider.refund(refund).await;
            let refunded = self.provider.refund(refund).await;
            self.fuse.pass().await.map_err(lost)?;
            refunded
        }
        .boxed()
    }
}
