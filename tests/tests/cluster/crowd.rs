//! Shoppers at work, and the record of how they were served.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use futures_util::future::join_all;
use mcom_schema::id::VariantId;
use mcom_tests::Shop;
use tokio::{sync::watch, task::JoinHandle, time::Instant};

use crate::shopper::Shopper;

/// How many shop at a time.
const SHOPPERS: usize = 6;

/// How shoppers connect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lines {
    /// Anew for each request, so that whatever is under way at a process is known.
    Single,
    /// Once, as long as the server keeps the connection.
    Kept,
}

/// A request that was not served.
#[derive(Debug, Clone)]
pub(crate) struct Failure {
    pub(crate) from: Instant,
    pub(crate) to: Instant,
    pub(crate) what: String,
}

/// What became of all requests, and when processes were killed.
#[derive(Default)]
struct Record {
    asked: usize,
    failures: Vec<Failure>,
    blows: Vec<(Instant, Instant)>,
}

/// The record, shared by all who write into it.
#[derive(Clone, Default)]
pub(crate) struct Diary(Arc<Mutex<Record>>);

impl Diary {
    fn open(&self) -> MutexGuard<'_, Record> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A request was served.
    pub(crate) fn served(&self) {
        self.open().asked += 1;
    }

    /// A request was not served.
    pub(crate) fn failed(&self, failure: Failure) {
        let mut record = self.open();
        record.asked += 1;
        record.failures.push(failure);
    }
}

/// All shoppers.
pub(crate) struct Crowd {
    diary: Diary,
    stop: watch::Sender<bool>,
    shoppers: Vec<JoinHandle<Vec<String>>>,
}

impl Crowd {
    /// Shoppers who want mugs, know the shop's address and that of the payment provider's vault, and begin at once.
    pub(crate) async fn gather(
        shop: &Shop,
        mug: VariantId,
        lines: Lines,
        (address, vault): (SocketAddr, SocketAddr),
    ) -> Crowd {
        let diary = Diary::default();
        let (stop, told) = watch::channel(false);
        let shoppers = (0..SHOPPERS).map(|number| {
            let shopper = Shopper::of(shop, mug, lines, (address, vault), diary.clone());
            tokio::spawn(shopper.shop(number, told.clone()))
        });
        Crowd { shoppers: shoppers.collect(), diary, stop }
    }

    /// A process is about to be killed.
    pub(crate) fn before_blow(&self) {
        let now = Instant::now();
        self.diary.open().blows.push((now, now));
    }

    /// It is gone.
    pub(crate) fn after_blow(&self) {
        if let Some((_, to)) = self.diary.open().blows.last_mut() {
            *to = Instant::now();
        }
    }

    /// How many requests there were so far and how many of them failed. Panics if one failed that was not under way at a blow.
    pub(crate) fn check_failures(&self, after: &str) -> (usize, usize) {
        let record = self.diary.open();
        for Failure { from, to, what } in &record.failures {
            let is_excused = record.blows.iter().any(|(before, gone)| from <= gone && to >= before);
            assert!(is_excused, "after {after}: a request failed that no killed process had: {what}");
        }
        (record.asked, record.failures.len())
    }

    /// Lets everybody finish, and answers with the orders that they were told of.
    pub(crate) async fn go_home(self) -> Vec<String> {
        self.stop.send_replace(true);
        let orders = join_all(self.shoppers).await;
        orders.into_iter().flat_map(|orders| orders.expect("a shopper is served")).collect()
    }
}
