//! One load per key at a time: whoever wants what is being loaded already waits for it instead of loading it too.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::sync::watch;

use crate::Cx;

/// A follower that has waited this long loads by itself.
const PATIENCE: Duration = Duration::from_secs(2);

type UnderWay<K, V> = Arc<Mutex<HashMap<K, watch::Receiver<Option<V>>>>>;

/// The loads under way. A key says everything that makes two loads the same, the stamp of what is loaded too: who comes after a
/// change must not be answered by a load that began before it.
pub struct Flights<K, V>(UnderWay<K, V>);

/// Whether one loads or waits.
pub enum Boarding<K: Eq + Hash, V> {
    /// Nobody loads it: the caller does, and lets the others know by [`Flight::land`].
    Lead(Flight<K, V>),
    /// Somebody loads it.
    Follow(Follower<V>),
}

/// A load that others wait for. Dropped without landing, it lets another one begin.
pub struct Flight<K: Eq + Hash, V> {
    under_way: UnderWay<K, V>,
    key: K,
    answer: watch::Sender<Option<V>>,
}

/// Waits for somebody else's load.
pub struct Follower<V>(watch::Receiver<Option<V>>);

/// What became of a load that one waited for.
pub enum Landed<V> {
    /// It found this.
    With(V),
    /// It was given up: begin anew.
    Never,
    /// It takes too long: load without waiting.
    Late,
}

impl<K, V> Default for Flights<K, V> {
    fn default() -> Self {
        Flights(Arc::default())
    }
}

impl<K: Clone + Eq + Hash, V: Clone> Flights<K, V> {
    /// Takes the lead in loading `key`, or a place among those who wait for it.
    pub fn board(&self, key: K) -> Boarding<K, V> {
        let mut under_way = lock(&self.0);
        if let Some(answer) = under_way.get(&key) {
            return Boarding::Follow(Follower(answer.clone()));
        }
        let (answer, following) = watch::channel(None);
        under_way.insert(key.clone(), following);
        drop(under_way);
        Boarding::Lead(Flight { under_way: self.0.clone(), key, answer })
    }

    /// What `load` finds, or what the same load of somebody else finds that is under way. `load` has to put what it found into
    /// the cache itself, so that whoever comes next finds it there.
    pub async fn once(&self, cx: &Cx, key: K, load: impl Future<Output = V>) -> V {
        let mut load = std::pin::pin!(load);
        loop {
            match self.board(key.clone()) {
                Boarding::Lead(flight) => {
                    let found = load.as_mut().await;
                    flight.land(found.clone());
                    return found;
                }
                Boarding::Follow(follower) => match follower.landed(cx).await {
                    Landed::With(found) => return found,
                    Landed::Never => {}
                    Landed::Late => return load.as_mut().await,
                },
            }
        }
    }
}

impl<K: Eq + Hash, V> Flight<K, V> {
    /// Gives the followers what was found. It must be in the cache by now.
    pub fn land(self, found: V) {
        self.answer.send_replace(Some(found));
    }
}

impl<K: Eq + Hash, V> Drop for Flight<K, V> {
    fn drop(&mut self) {
        lock(&self.under_way).remove(&self.key);
    }
}

impl<V: Clone> Follower<V> {
    /// Waits for the load. The context's connection is given back first: the one who loads may be waiting for just that.
    pub async fn landed(mut self, cx: &Cx) -> Landed<V> {
        cx.finish().await;
        match tokio::time::timeout(PATIENCE, self.0.wait_for(Option::is_some)).await {
            Ok(Ok(found)) => found.clone().map_or(Landed::Never, Landed::With),
            Ok(Err(_)) => Landed::Never,
            Err(_) => Landed::Late,
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use futures_util::future::join_all;
    use tokio::sync::Notify;

    use super::{Boarding, Flights};
    use crate::{Actor, Cx};

    #[tokio::test]
    async fn a_hundred_who_want_the_same_load_it_once() {
        let (flights, loads, cx) =
            (Flights::<u8, u32>::default(), AtomicU32::new(0), Cx::offline(Actor::Anonymous));
        let load = || async {
            tokio::task::yield_now().await;
            loads.fetch_add(1, Ordering::Relaxed);
            7
        };
        let found = join_all((0..100).map(|_| flights.once(&cx, 1, load()))).await;
        assert!(found.iter().all(|found| *found == 7));
        assert_eq!(loads.into_inner(), 1);
    }

    #[tokio::test]
    async fn who_waits_for_a_load_that_is_given_up_loads() {
        let (flights, cx, waiting) =
            (Flights::<u8, u32>::default(), Cx::offline(Actor::Anonymous), Notify::new());
        let Boarding::Lead(flight) = flights.board(1) else { panic!("nobody else loads") };
        let follow = async {
            let Boarding::Follow(follower) = flights.board(1) else { panic!("it is being loaded") };
            waiting.notify_one();
            assert!(matches!(follower.landed(&cx).await, super::Landed::Never));
            flights.once(&cx, 1, async { 8 }).await
        };
        let give_up = async {
            waiting.notified().await;
            drop(flight);
        };
        assert_eq!(futures_util::join!(follow, give_up).0, 8);
    }

    #[tokio::test]
    async fn other_keys_do_not_wait() {
        let (flights, cx) = (Flights::<u8, u32>::default(), Cx::offline(Actor::Anonymous));
        let Boarding::Lead(_flight) = flights.board(1) else { panic!("nobody else loads") };
        assert_eq!(flights.once(&cx, 2, async { 9 }).await, 9);
    }
}
