//! The providers that need nobody else: for orders that cost nothing, and for those that the merchant collects money for otherwise.

use futures_util::{FutureExt, future::BoxFuture};

use super::{Charge, NoAnswer, Outcome, Provider, Refund, RefundFailure};

/// Pays nothing, always.
#[derive(Debug, Clone, Copy)]
pub struct Free;

/// Leaves payment to buyer and merchant.
#[derive(Debug, Clone, Copy)]
pub struct Manual;

impl Provider for Free {
    fn name(&self) -> &'static str {
        "free"
    }

    fn charge<'a>(&'a self, _: &'a Charge<'a>) -> BoxFuture<'a, Result<Outcome, NoAnswer>> {
        ready(Ok(Outcome::Paid { reference: "free".to_owned() }))
    }

    fn find<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<Option<Outcome>, NoAnswer>> {
        ready(Ok(Some(Outcome::Paid { reference: "free".to_owned() })))
    }

    fn void<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<(), NoAnswer>> {
        ready(Ok(()))
    }

    fn refund<'a>(&'a self, _: &'a Refund<'a>) -> BoxFuture<'a, Result<String, RefundFailure>> {
        ready(Ok("free".to_owned()))
    }
}

impl Provider for Manual {
    fn name(&self) -> &'static str {
        "manual"
    }

    fn charge<'a>(&'a self, _: &'a Charge<'a>) -> BoxFuture<'a, Result<Outcome, NoAnswer>> {
        ready(Ok(Outcome::Deferred))
    }

    fn find<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<Option<Outcome>, NoAnswer>> {
        ready(Ok(Some(Outcome::Deferred)))
    }

    fn void<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<(), NoAnswer>> {
        ready(Ok(()))
    }

    fn refund<'a>(&'a self, _: &'a Refund<'a>) -> BoxFuture<'a, Result<String, RefundFailure>> {
        ready(Err(RefundFailure::Refused("what was paid outside is given back outside".to_owned())))
    }
}

fn ready<'a, T: Send + 'a>(answer: T) -> BoxFuture<'a, T> {
    std::future::ready(answer).boxed()
}
