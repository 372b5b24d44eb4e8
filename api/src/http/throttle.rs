//! How much one caller may ask: a bucket per access token that fills at the rate of the store's plan.

use std::{num::NonZeroU32, sync::Arc, time::Duration};

use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::StateInformationMiddleware,
    state::{InMemoryState, NotKeyed},
};
use mcom_data::{Actor, Tenant};
use moka::sync::Cache;

use crate::gateway::ThrottleStatus;

type Bucket = RateLimiter<NotKeyed, InMemoryState, DefaultClock, StateInformationMiddleware>;

/// Store, token, refill per second, size: a plan that changes makes a new bucket.
type Key = (i64, i64, u32, u32);

/// The buckets of the callers that came lately.
pub(super) struct Throttle(Cache<Key, Arc<Bucket>>);

/// What became of a request for points.
pub(super) enum Taken {
    /// They were there.
    Granted(ThrottleStatus),
    /// They were not, and nothing was taken; `after` from now they will be.
    Refused {
        /// How long to wait.
        after: Duration,
        /// The bucket as it is.
        status: ThrottleStatus,
    },
}

impl Default for Throttle {
    fn default() -> Self {
        Throttle(Cache::builder().max_capacity(100_000).time_to_idle(Duration::from_secs(600)).build())
    }
}

impl Throttle {
    /// Takes `points` from the bucket of `actor`. A request that costs more than a full bucket takes all of it.
    pub(super) fn take(&self, tenant: &Tenant, actor: &Actor, points: u64) -> Taken {
        let limit = tenant.limit();
        let (rate, size) = (positive(limit.per_second), positive(limit.burst));
        let key = (tenant.id().get(), token(actor), rate.get(), size.get());
        let bucket = self.0.get_with(key, || {
            let quota = Quota::per_second(rate).allow_burst(size);
            Arc::new(RateLimiter::direct(quota).with_middleware())
        });
        let points = u32::try_from(points).unwrap_or(u32::MAX).clamp(1, size.get());
        let status = |left: u32| ThrottleStatus {
            maximum_available: f64::from(size.get()),
            currently_available: f64::from(left),
            restore_rate: f64::from(rate.get()),
        };
        match bucket.check_n(positive(points)) {
            Ok(Ok(state)) => Taken::Granted(status(state.remaining_burst_capacity())),
            Ok(Err(early)) => {
                let after = early.wait_time_from(DefaultClock::default().now());
                let missing = (after.as_secs_f64() * f64::from(rate.get())).ceil() as u32;
                Taken::Refused { after, status: status(points.saturating_sub(missing)) }
            }
            // Cannot be: the points were clamped to the size.
            Err(_) => Taken::Granted(status(0)),
        }
    }
}

fn positive(number: u32) -> NonZeroU32 {
    NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN)
}

/// Callers without a token of their own share a bucket.
fn token(actor: &Actor) -> i64 {
    match actor {
        Actor::Storefront { token } | Actor::App { token, .. } => *token,
        _ => 0,
    }
}
