//! What hangs off lists of collections, in batches: how many products each has, and which.

use std::collections::HashMap;

use mcom_data::{Cx, Result, load::Batch};
use mcom_schema::{
    Scope,
    id::{CollectionId, ProductId},
};

use super::query;

/// How many products collections have; those without any are left out.
pub(super) struct MembersCount;

impl Batch for MembersCount {
    type Key = CollectionId;
    type Value = i64;

    async fn load(cx: &Cx, collections: Vec<CollectionId>) -> Result<HashMap<CollectionId, i64>> {
        cx.require(Scope::ReadProducts)?;
        let ids: Vec<i64> = collections.iter().map(|id| id.0).collect();
        let counts = cx.read(async |db| query::members_counts(db, &ids).await).await?;
        Ok(counts.into_iter().map(|(id, count)| (CollectionId(id), count)).collect())
    }
}

/// Which products are in which collections; pairs that do not belong together are left out.
pub(super) struct Membership;

impl Batch for Membership {
    type Key = (CollectionId, ProductId);
    type Value = ();

    async fn load(cx: &Cx, pairs: Vec<Self::Key>) -> Result<HashMap<Self::Key, ()>> {
        cx.require(Scope::ReadProducts)?;
        let (collections, products): (Vec<i64>, Vec<i64>) =
            pairs.iter().map(|(collection, product)| (collection.0, product.0)).unzip();
        let found = cx.read(async |db| query::members_among(db, &collections, &products).await).await?;
        let pair = |(collection, product)| ((CollectionId(collection), ProductId(product)), ());
        Ok(found.into_iter().map(pair).collect())
    }
}
