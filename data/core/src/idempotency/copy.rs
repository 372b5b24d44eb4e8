//! Copies of settled answers in Redis.

use std::sync::Arc;

use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD};
use chrono::{DateTime, Duration, Utc};

use super::{Begun, KEPT};
use crate::{
    Cx,
    redis::{Redis, RedisKey},
};

/// A copy ends this many hours before the answer itself, for it was begun before it was settled.
const EARLIER: i64 = 1;

fn redis_key(cx: &Cx, key: &str) -> RedisKey {
    RedisKey::of(cx.tenant().id(), "idempotency", key)
}

/// What the copy says, if there is one that still counts.
pub(super) async fn find(cx: &Cx, key: &str, fingerprint: &[u8]) -> Option<Begun> {
    let redis: Arc<Redis> = cx.services().get()?;
    let value = redis.values(&[redis_key(cx, key)]).await?.pop()??;
    read(&String::from_utf8(value).ok()?, cx.now(), fingerprint)
}

/// Leaves a copy of an answer that the table has.
pub(super) fn keep(cx: &Cx, key: &str, fingerprint: &[u8], answer: &str) {
    let Some(redis) = cx.services().get::<Redis>() else { return };
    let lifetime = Duration::hours(KEPT - EARLIER);
    let value = text(cx.now() + lifetime, fingerprint, answer);
    redis.keep(vec![(redis_key(cx, key), value.into_bytes())], lifetime.to_std().unwrap_or_default());
}

/// Until when it counts, whose request it answers, and the answer.
fn text(until: DateTime<Utc>, fingerprint: &[u8], answer: &str) -> String {
    format!("{}\n{}\n{answer}", until.timestamp(), BASE64_STANDARD_NO_PAD.encode(fingerprint))
}

fn read(text: &str, now: DateTime<Utc>, fingerprint: &[u8]) -> Option<Begun> {
    let mut parts = text.splitn(3, '\n');
    let until: i64 = parts.next()?.parse().ok()?;
    if until <= now.timestamp() {
        return None;
    }
    let asked = BASE64_STANDARD_NO_PAD.decode(parts.next()?).ok()?;
    let answer = parts.next()?;
    Some(if asked == fingerprint { Begun::Answered(answer.to_owned()) } else { Begun::Different })
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Duration};

    use super::{read, text};
    use crate::idempotency::Begun;

    #[test]
    fn a_copy_answers_the_same_request_until_its_time_is_over() {
        let now = DateTime::UNIX_EPOCH;
        let kept = text(now + Duration::hours(1), b"print", "{\"a\":\n1}");
        let found = read(&kept, now, b"print");
        assert!(matches!(found, Some(Begun::Answered(answer)) if answer == "{\"a\":\n1}"));
        assert!(matches!(read(&kept, now, b"other"), Some(Begun::Different)));
        assert!(read(&kept, now + Duration::hours(1), b"print").is_none());
        assert!(read("garbage", now, b"print").is_none());
    }
}
