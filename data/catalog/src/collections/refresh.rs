//! Filling a collection by its rules: a first part at once, the rest of a large store by a job.

use mcom_data::{Change, Cx, Result, TenantConn, job};
use mcom_schema::id::CollectionId;
use serde::{Deserialize, Serialize};

use super::{query, write};
use crate::store;

/// Products looked at in one transaction.
const PART: i64 = 1_000;

/// The kind of the job that calls [`refresh`].
pub const REFRESH: &str = "refresh_collection";

/// How far a collection has been filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refresh {
    /// Which one.
    pub collection: CollectionId,
    /// The last product that was looked at.
    pub after: i64,
}

/// Looks at all products after the one named, part by part, and makes the collection's members true to its rules.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be written; calling it again with the same input does no harm.
pub async fn refresh(cx: &Cx, todo: Refresh) -> Result<()> {
    let mut after = Some(todo.after);
    while let Some(last) = after {
        after = cx.write_quietly(async |db| part(db, todo.collection.0, last).await).await?;
    }
    cx.write_quietly(async |db| told(cx, db, todo.collection.0).await).await
}

/// Tells those who follow the collection that it is filled, if it is still there.
async fn told(cx: &Cx, db: &mut TenantConn, collection: i64) -> Result<()> {
    if query::rule_set(db, collection).await?.is_some() {
        write::settle(cx, db, collection, "collections/update").await?;
    }
    Ok(())
}

/// Looks at the first part in the caller's transaction and leaves the rest, if there is any, to a job.
pub(super) async fn start(cx: &Cx, db: &mut TenantConn, collection: i64) -> Result<()> {
    if let Some(after) = part(db, collection, 0).await? {
        let payload = Refresh { collection: CollectionId(collection), after };
        let unique_key = Some(collection.to_string());
        job::enqueue(cx, db, job::NewJob { kind: REFRESH, payload: &payload, unique_key, run_at: cx.now() })
            .await?;
    }
    Ok(())
}

/// Looks at the products after `after`; answers with the last one if there may be more. Their rows are locked against changes,
/// so that nobody's older state is written over a newer one.
async fn part(db: &mut TenantConn, collection: i64, after: i64) -> Result<Option<i64>> {
    let Some(rules) = query::rule_set(db, collection).await? else { return Ok(None) };
    let currency = store::currency(db).await?;
    let subjects = query::subjects(db, after, PART).await?;
    let (inside, outside): (Vec<_>, Vec<_>) =
        subjects.iter().partition(|(_, subject)| rules.matches(subject, currency));
    let ids = |part: Vec<&(i64, _)>| part.into_iter().map(|(id, _)| *id).collect::<Vec<i64>>();
    let (inside, outside) = (ids(inside), ids(outside));
    query::remove_members(db, collection, &outside).await?;
    query::add_members(db, collection, &inside).await?;
    db.changed(Change::Collection(collection));
    let full = subjects.len() as i64 == PART;
    Ok(subjects.last().map(|(id, _)| *id).filter(|_| full))
}
