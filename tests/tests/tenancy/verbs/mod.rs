//! Every public verb of the data rooms, called by one store with the names of another store's things: it finds nothing and changes
//! nothing, and the owner's same call does.
//!
//! The verbs are read from the sources: one without an attempt fails the test.

mod catalog;
mod content;
mod customers;
pub(crate) mod deals;
mod fields;
mod markets;
pub(crate) mod people;
mod plans;
mod sales;
mod shown;
mod sources;
pub(crate) mod stage;
mod stock;
mod store;

use std::{collections::BTreeSet, sync::Arc};

use futures_util::future::BoxFuture;
use mcom_data::{Cx, Error, Result};
use mcom_tests::{Database, till::Scripted, till::Till};

use crate::digest::rows;
use stage::Names;

/// Verbs that are given nothing by which another store's things could be named.
const NAMELESS: &[(&str, &str)] = &[
    (
        "store::notifications::add",
        "it writes in the transaction that it is given, which is bound to one store",
    ),
    (
        "catalog::collections::differs",
        "it compares what it is given, and reads the currency of the store that asks",
    ),
    ("catalog::images::look", "it is given a picture, and reads nothing of any store"),
    (
        "catalog::images::rendition",
        "what it is given comes from `file`, and objects are named by the store that asks: tests/objects tries it",
    ),
    ("store::stores::create", "it makes the store that everything else happens in"),
    ("store::stores::list", "it is for the operator, and sees all stores"),
    (
        "sales::statistics::count_sales",
        "its events are handed to it by the delivery, which is bound to one store",
    ),
];

/// What an attempt is made with.
pub(super) struct Stage {
    /// The store that asks.
    pub(super) cx: Cx,
    /// The names of the owner's things.
    pub(super) of: Arc<Names>,
    /// Who takes the money of both stores.
    pub(super) provider: Arc<Scripted>,
}

/// How an attempt is judged.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// By what it finds: nothing for a stranger, the thing for its owner.
    Finds,
    /// By the owner's rows: the same after a stranger's attempt, others after the owner's.
    Changes,
}

/// A call of one verb.
pub(super) struct Attempt {
    /// Crate, room and function.
    verb: &'static str,
    kind: Kind,
    /// Whether the thing was found.
    how: fn(Stage) -> BoxFuture<'static, Result<bool>>,
}

/// An attempt that is judged by what it finds: the block says whether it was found.
macro_rules! finds {
    ($verb:literal, |$stage:ident| $found:expr) => {
        crate::verbs::Attempt {
            verb: $verb,
            kind: crate::verbs::Kind::Finds,
            how: |$stage| Box::pin(async move { Ok($found) }),
        }
    };
}

/// An attempt that is judged by the owner's rows.
macro_rules! changes {
    ($verb:literal, |$stage:ident| $call:expr) => {
        crate::verbs::Attempt {
            verb: $verb,
            kind: crate::verbs::Kind::Changes,
            how: |$stage| {
                Box::pin(async move {
                    $call?;
                    Ok(true)
                })
            },
        }
    };
}

pub(crate) use content::furnish as write_texts;
pub(crate) use fields::furnish as write_fields;
pub(super) use {changes, finds};

/// In this order: what the owner does to a thing comes before its end.
fn attempts() -> impl Iterator<Item = Attempt> {
    let finding = [
        store::finding(),
        catalog::finding(),
        stock::finding(),
        sales::finding(),
        customers::finding(),
        deals::finding(),
        plans::finding(),
        content::finding(),
        markets::finding(),
        fields::finding(),
        shown::finding(),
    ];
    let changing = [
        markets::changing(),
        shown::changing(),
        fields::changing(),
        content::changing(),
        customers::changing(),
        deals::changing(),
        plans::changing(),
        sales::changing(),
        stock::changing(),
        store::changing(),
        catalog::changing(),
    ];
    finding.into_iter().chain(changing).flatten()
}

/// Carries it out. What is refused was not found; what breaks is a fault.
async fn carry_out(attempt: &Attempt, asks: &Till, of: &Arc<Names>) -> bool {
    let cx = asks.shop.admin();
    let stage = Stage { cx: cx.clone(), of: of.clone(), provider: asks.provider.clone() };
    let outcome = (attempt.how)(stage).await;
    cx.finish().await;
    match outcome {
        Ok(found) => found,
        Err(Error::Broken(cause)) => panic!("{}: {cause:#}", attempt.verb),
        Err(_) => false,
    }
}

#[tokio::test]
async fn no_verb_reaches_into_another_store() {
    let owner = Till::open_in(Database::own().await).await;
    let stranger = owner.beside().await;
    let of = Arc::new(Box::pin(stage::furnish(&owner)).await);
    for attempt in attempts() {
        let verb = attempt.verb;
        let before = rows(&owner.shop).await;
        let found = carry_out(&attempt, &stranger, &of).await;
        assert_eq!(rows(&owner.shop).await, before, "{verb} changes another store");
        match attempt.kind {
            Kind::Finds => {
                assert!(!found, "{verb} finds something of another store");
                assert!(carry_out(&attempt, &owner, &of).await, "{verb}: not even its owner finds it");
            }
            Kind::Changes => {
                carry_out(&attempt, &owner, &of).await;
                assert_ne!(rows(&owner.shop).await, before, "{verb}: not even its owner can do it");
            }
        }
    }
}

#[test]
fn every_verb_is_attempted() {
    let attempted: BTreeSet<String> = attempts().map(|attempt| attempt.verb.to_owned()).collect();
    let nameless: BTreeSet<String> = NAMELESS.iter().map(|(verb, _)| (*verb).to_owned()).collect();
    let known: BTreeSet<String> = attempted.union(&nameless).cloned().collect();
    let there = sources::verbs();
    let missing: Vec<&String> = there.difference(&known).collect();
    assert!(missing.is_empty(), "no attempt to reach another store through {missing:?}");
    let gone: Vec<&String> = known.difference(&there).collect();
    assert!(gone.is_empty(), "there are no such verbs any more: {gone:?}");
    assert!(attempted.is_disjoint(&nameless));
}
