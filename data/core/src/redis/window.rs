//! Limits over a sliding window that all processes share: in any stretch of time, no more than a full bucket and what flowed in since.

use std::time::Duration;

use bb8_redis::redis::cmd;

use super::{Redis, RedisKey};

/// How much may be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Points that come back per second; at least one.
    pub per_second: u32,
    /// Points that may be taken at once; at least one.
    pub size: u32,
}

/// What became of a request for points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// Points that are left.
    pub left: u32,
    /// `None`: they were taken. Otherwise nothing was taken, and after this time they will be there.
    pub after: Option<Duration>,
}

/// One number per window: the instant (of Redis' clock, in µs) at which all that was taken will have come back. It may lie at most a
/// full window ahead, and slides back by itself; a clock that was set back does not lock anybody out.
const TAKE: &str = "
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local per_point = 1000000 / ARGV[1]
local full = ARGV[2] * per_point
local restored = math.min(math.max(tonumber(redis.call('GET', KEYS[1])) or now, now), now + full)
local taken = restored + ARGV[3] * per_point
local early = math.ceil(taken - full - now)
if early > 0 then
    return {0, math.floor((now + full - restored) / per_point), early}
end
redis.call('SET', KEYS[1], string.format('%.0f', taken), 'PX', math.ceil((taken - now) / 1000) + 1)
return {1, math.floor((now + full - taken) / per_point), 0}";

impl Redis {
    /// Takes `points`, of which there must not be more than fit, from the window under `key`. One round trip.
    pub async fn take(&self, key: &RedisKey, window: Window, points: u32) -> Option<Taken> {
        let mut take = cmd("EVAL");
        take.arg(TAKE).arg(1).arg(&key.0).arg(window.per_second).arg(window.size).arg(points);
        let (granted, left, early): (bool, u32, u64) = self.ask(&take).await?;
        Some(Taken { left, after: (!granted).then(|| Duration::from_micros(early)) })
    }
}
