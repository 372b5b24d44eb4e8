//! Every saga, with a fault at every one of its boundaries: before and after each commit, before and after each call of the provider.
//! Whoever finds the wreck finishes it, twice. The books then read as if nothing had ever gone wrong.
//!
//! The provider hears every call twice, in every run. Lines cut and processes gone take turns from boundary to boundary; those who
//! have time (`MCOM_LONG`) meet both at each.

mod books;
mod saga;

use std::sync::Arc;

use chrono::Duration;
use futures_util::{StreamExt, future::join, stream};
use mcom_tests::{
    Database,
    fault::{Fault, Fuse, Mortal},
    till::Till,
    variable,
};

use books::Books;
use saga::{Act, SAGAS, Saga};

/// Pieces of the thing that is sold.
const STOCK: i64 = 3;

/// Stores of one saga that something happens in at the same time. Each waits for the disk more than for a processor.
const AT_ONCE: usize = 3;

const FAULTS: [Fault; 2] = [Fault::Cut, Fault::Death];

/// Carries out a saga in a process with this fuse, picks up what is left of it, and reads the books.
async fn carry_out(saga: &Saga, database: &Database, fuse: Arc<Fuse>) -> Books {
    let till = Till::open_in(database.again()).await;
    let act = saga.begin(&till).await;
    let mut process = Mortal::start(&till, fuse).await;
    let doing = act.clone();
    process.run(&till, act.actor(), |cx| async move { doing.perform(&cx).await }).await;
    drop(process);
    pick_up(&till).await;
    try_again(&till, &act).await;
    pick_up(&till).await;
    Books::read(&till).await
}

/// A worker finds what is due, until leases and pauses are over.
async fn pick_up(till: &Till) {
    for _ in 0..3 {
        till.shop.pass(Duration::minutes(2));
        till.shop.run_jobs().await;
    }
}

/// Whoever began it does so again, twice at once.
async fn try_again(till: &Till, act: &Act) {
    let (one, other) = (till.shop.cx(act.actor()), till.shop.cx(act.actor()));
    join(act.perform(&one), act.perform(&other)).await;
}

async fn survives(saga: &Saga) {
    let (database, fuse) = (Database::shared().await, Fuse::counting());
    let calm = carry_out(saga, &database, fuse.clone()).await;
    assert_eq!(calm.summary(), saga.end, "{}", saga.name);
    assert!(fuse.passed() >= saga.boundaries, "{}: only {} boundaries", saga.name, fuse.passed());
    let both = variable("MCOM_LONG").is_some();
    let faults = |boundary| if both { &FAULTS[..] } else { &FAULTS[boundary % 2..][..1] };
    let runs = (0..fuse.passed()).flat_map(|at| faults(at).iter().map(move |fault| (at, *fault)));
    let (database, calm, passed) = (&database, &calm, fuse.passed());
    stream::iter(runs)
        .for_each_concurrent(AT_ONCE, async |(boundary, fault)| {
            let books = carry_out(saga, database, Fuse::blowing_at(boundary, fault)).await;
            assert_eq!(books, *calm, "{}: {fault:?} at boundary {boundary} of {passed}", saga.name);
        })
        .await;
}

/// One test for each saga, so that they run side by side.
macro_rules! sagas {
    ($($name:ident),+ $(,)?) => {
        const TESTED: &[&str] = &[$(stringify!($name)),+];
        $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            let saga = SAGAS.iter().find(|saga| saga.name == stringify!($name));
            survives(saga.expect("it is in the list")).await;
        })+
    };
}

sagas! {
    a_purchase,
    a_purchase_without_an_answer,
    a_purchase_that_nobody_heard_of,
    a_declined_purchase,
    a_confirmed_purchase,
    an_unconfirmed_purchase,
    an_abandoned_purchase,
    a_purchase_that_cannot_be_placed,
    a_cancellation,
    a_purchase_with_a_gift_card_and_a_code,
    a_declined_purchase_with_a_gift_card_and_a_code,
    a_cancellation_of_an_order_with_a_gift_card_and_a_code,
}

#[test]
fn every_saga_is_tested() {
    assert_eq!(SAGAS.iter().map(|saga| saga.name).collect::<Vec<_>>(), TESTED);
}
