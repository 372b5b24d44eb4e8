//! How much one caller may ask: a bucket per access token that fills at the rate of the store's plan. It is one for all processes
//! where they share Redis; without it, or while it is away, each process has its own.

use std::{num::NonZeroU32, sync::Arc, time::Duration};

use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::StateInformationMiddleware,
    state::{InMemoryState, NotKeyed},
};
use mcom_data::{
    Actor, Tenant,
    redis::{self, Redis, RedisKey, Window},
};
use moka::sync::Cache;

use crate::gateway::ThrottleStatus;

type Bucket = RateLimiter<NotKeyed, InMemoryState, DefaultClock, StateInformationMiddleware>;

/// Store, token, refill per second, size: a plan that changes makes a new bucket.
type Key = (i64, i64, u32, u32);

/// The buckets of callers.
pub(super) struct Throttle {
    shared: Option<Arc<Redis>>,
    /// Of those who came lately.
    own: Cache<Key, Arc<Bucket>>,
}

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

impl Throttle {
    /// Full buckets, in Redis if there is one.
    pub(super) fn new(shared: Option<Arc<Redis>>) -> Self {
        let own = Cache::builder().max_capacity(100_000).time_to_idle(Duration::from_secs(600)).build();
        Throttle { shared, own }
    }

    /// Takes `points` from the bucket of `actor`. A request that costs more than a full bucket takes all of it.
    pub(super) async fn take(&self, tenant: &Tenant, actor: &Actor, points: u64) -> Taken {
        let limit = tenant.limit();
        let (rate, size) = (positive(limit.per_second), positive(limit.burst));
        let points = positive(u32::try_from(points).unwrap_or(u32::MAX).min(size.get()));
        let token = token(actor);
        if let Some(redis) = &self.shared {
            let key = RedisKey::of(tenant.id(), "limit", token);
            let window = Window { per_second: rate.get(), size: size.get() };
            if let Some(taken) = redis.take(&key, window, points.get()).await {
                return told(window, taken);
            }
        }
        self.take_own((tenant.id().get(), token, rate.get(), size.get()), points)
    }

    fn take_own(&self, key: Key, points: NonZeroU32) -> Taken {
        let (rate, size) = (positive(key.2), positive(key.3));
        let bucket = self.own.get_with(key, || {
            let quota = Quota::per_second(rate).allow_burst(size);
            Arc::new(RateLimiter::direct(quota).with_middleware())
        });
        let (left, after) = match bucket.check_n(points) {
            Ok(Ok(state)) => (state.remaining_burst_capacity(), None),
            Ok(Err(early)) => {
                let after = early.wait_time_from(DefaultClock::default().now());
                let missing = (after.as_secs_f64() * f64::from(rate.get())).ceil() as u32;
                (points.get().saturating_sub(missing), Some(after))
            }
            // Cannot be: there are no more points than the bucket is large.
            Err(_) => (0, None),
        };
        told(Window { per_second: rate.get(), size: size.get() }, redis::Taken { left, after })
    }
}

fn told(window: Window, taken: redis::Taken) -> Taken {
    let status = ThrottleStatus {
        maximum_available: f64::from(window.size),
        currently_available: f64::from(taken.left),
        restore_rate: f64::from(window.per_second),
    };
    match taken.after {
        None => Taken::Granted(status),
        Some(after) => Taken::Refused { after, status },
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
